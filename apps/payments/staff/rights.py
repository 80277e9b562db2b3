"""Who decides about money in the admin."""

from django.http import HttpRequest

from apps.accounts.staff import staff_may
from apps.payments.models import PaymentStatus, RefundStatus


class DecidesOnMoney:
    """Pages that move money are an admin's with this very permission, whatever else they may look at."""

    def has_decide_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return staff_may(request, "payments.act_on_payment")


# How the statuses of payments and refunds stand out in lists.
COLOURS = {
    PaymentStatus.COMPLETED: "success",
    PaymentStatus.PENDING: "info",
    PaymentStatus.PROCESSING: "info",
    PaymentStatus.REFUND_PENDING: "warning",
    PaymentStatus.NEEDS_ATTENTION: "danger",
    RefundStatus.FAILED: "danger",
}
