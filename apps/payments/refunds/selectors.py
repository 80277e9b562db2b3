"""Reads about refunds: what went back, what waits, and for whom."""

from decimal import Decimal

from django.db.models import QuerySet, Sum

from apps.payments.gateways.registry import GATEWAYS, gateway_for
from apps.payments.models import Payment, Refund, RefundStatus

REFUND_OPEN = (RefundStatus.PENDING, RefundStatus.PROCESSING, RefundStatus.NEEDS_ATTENTION)


def refunded(payment: Payment) -> Decimal:
    """Return the rupees of a payment that are with the payer again."""
    done = Refund.objects.filter(payment=payment, status=RefundStatus.COMPLETED)
    return done.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")


def refunds_by_gateway(payment: Payment) -> bool:
    """Return whether the gateway gives this payment's money back when told to; else a person does."""
    gateway = gateway_for(payment.method.code, is_widget_token=payment.is_widget_token)
    return gateway.can_refund and bool(payment.gateway_transaction_id)


def refunds_to_send() -> QuerySet[Refund]:
    """Return the unfinished refunds that a gateway can carry out: first those whose fate is unknown."""
    codes = [code for code, gateway in GATEWAYS.items() if gateway.can_refund]
    return (
        Refund.objects.filter(
            status__in=[RefundStatus.PENDING, RefundStatus.PROCESSING], payment__method__code__in=codes
        )
        .exclude(payment__gateway_transaction_id="")
        .select_related("payment__method")
        .order_by("-status", "id")
    )


def refund_locked(refund_id: int) -> Refund:
    """Return a refund with its row locked. The rows of booking and payment are always locked before."""
    return Refund.objects.select_for_update(no_key=True).get(pk=refund_id)
