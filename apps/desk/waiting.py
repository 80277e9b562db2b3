"""What waits for somebody at the desk: how many, and the oldest of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from apps.bookings.models import Booking, BookingStatus, Dispute
from apps.bookings.selectors import waits_for_money
from apps.payments.attention import attention_reason, payments_in_doubt, refunds_in_doubt
from apps.payments.earnings.outstanding import outstanding
from apps.payments.models import BankTransferProof, MethodCode, Payment, PaymentMethod, Refund
from apps.payments.refunds.selectors import REFUND_OPEN
from apps.payments.states import OPEN
from apps.services.models import Service
from apps.services.selectors import NEEDS_REVIEW

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list of work: `count` of it, and the first `rows`, oldest first. Two queries."""

    count: int
    rows: list[Any]


def _waiting(rows: QuerySet[Any], *, oldest_first: tuple[str, ...] = ("created_at", "id")) -> Waiting:
    return Waiting(count=rows.order_by().count(), rows=list(rows.order_by(*oldest_first)[:SHOWN]))


def requests_unanswered() -> Waiting:
    """Requests that wait for their provider, and not for money."""
    unanswered = Booking.objects.filter(~waits_for_money(), status=BookingStatus.PENDING)
    return _waiting(unanswered.select_related("customer", "service", "provider"))


def payments_needing_attention() -> Waiting:
    """Payments that only a person can settle, and at which nobody has looked since."""
    in_doubt = payments_in_doubt(handled=False).annotate(attention_reason=attention_reason())
    return _waiting(in_doubt.select_related("booking", "method"))


def refunds_needing_attention() -> Waiting:
    """Refunds of which only a person can tell what became, and at which nobody has looked since."""
    return _waiting(refunds_in_doubt(handled=False).select_related("payment__method"))


def transfers_to_check() -> Waiting:
    """Bank transfers that wait, and of which the customer says that the money is on its way."""
    methods = list(PaymentMethod.objects.filter(code=MethodCode.BANK_TRANSFER).values_list("pk", flat=True))
    proofs = BankTransferProof.objects.filter(payment=OuterRef("pk"))
    waiting = Payment.objects.filter(Exists(proofs), status__in=OPEN, method__in=methods)
    return _waiting(waiting.select_related("booking"))


def refunds_waiting() -> Waiting:
    """Refunds that are decided and not done, by a gateway or by hand."""
    return _waiting(Refund.objects.filter(status__in=REFUND_OPEN).select_related("payment__booking"))


def bookings_unpaid() -> Waiting:
    """Bookings that are done, and for which the provider was given nothing."""
    unpaid = outstanding().select_related("customer", "provider")
    return _waiting(unpaid, oldest_first=("completed_at", "id"))


def disputes_open() -> Waiting:
    """No-shows to which their customers object: an admin decides, and until then nobody gets the money."""
    rows = Dispute.objects.filter(decided_at=None).select_related("booking__customer", "booking__provider")
    return _waiting(rows, oldest_first=("opened_at", "id"))


def services_to_review() -> Waiting:
    """New services, and those that their providers changed."""
    return _waiting(Service.objects.filter(NEEDS_REVIEW).select_related("provider", "category"))


# What a person may see decides which lists the start page asks for.
LISTS: dict[str, tuple[str, Callable[[], Waiting]]] = {
    "requests": ("bookings.view_booking", requests_unanswered),
    "payments": ("payments.view_payment", payments_needing_attention),
    "refunds_in_doubt": ("payments.view_refund", refunds_needing_attention),
    "transfers": ("payments.view_banktransfer", transfers_to_check),
    "refunds": ("payments.view_refund", refunds_waiting),
    "unpaid": ("payments.view_payment", bookings_unpaid),
    "disputes": ("bookings.view_booking", disputes_open),
    "services": ("services.view_service", services_to_review),
}
