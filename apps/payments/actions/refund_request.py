"""An admin gives money back."""

from decimal import Decimal

from django.db import transaction
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.bookings.selectors import booking_locked
from apps.common.errors import DomainError
from apps.payments.actions.refund_send import in_progress, refund_send
from apps.payments.actions.refund_settle import payment_follow_refunds
from apps.payments.actions.refunds import refund_create
from apps.payments.models import Payment, Refund, RefundStatus
from apps.payments.refund_selectors import refunds_by_gateway
from apps.payments.selectors import payment_locked, refundable
from apps.payments.states import PAID


def payment_refund(*, payment: Payment, actor: User, reason: str, amount: Decimal | None = None) -> Refund:
    """Give an amount back, in rupees (None: all that is left), and return the refund.

    Where a gateway can do it, it is asked now; otherwise the refund waits until a person has done it.
    One of the same amount that waits for its gateway is gone on with: asking again after a 503 pays nothing
    twice.

    Raises ValidationError on `amount`, `invalid_transition` for a payment that wasn't paid, and what
    `refund_send` raises.
    """
    with transaction.atomic(durable=True):
        booking = booking_locked(payment.booking_id)
        payment = payment_locked(payment.pk)
        if payment.status not in PAID:
            raise DomainError("invalid_transition", "Only money that was paid can go back.")
        refund = _waiting(payment, amount)
        if refund is None:
            refund = _new(payment, actor, reason, amount)
            payment_follow_refunds(booking=booking, payment=payment, actor=actor, detail="by an admin")
    if refunds_by_gateway(payment):
        return refund_send(refund=refund, actor=actor)
    return refund


def _waiting(payment: Payment, amount: Decimal | None) -> Refund | None:
    """Return the refund that a repeated request means."""
    if not refunds_by_gateway(payment):
        return None
    statuses = [RefundStatus.PENDING, RefundStatus.PROCESSING]
    waiting = payment.refunds.filter(status__in=statuses).order_by("-status", "id")
    if amount is not None:
        return waiting.filter(amount=amount).first()
    return waiting.first() if refundable(payment) <= 0 else None


def _new(payment: Payment, actor: User, reason: str, amount: Decimal | None) -> Refund:
    left = refundable(payment)
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise ValidationError({"amount": [f"Rs {left} of this payment are left."]})
    in_doubt = payment.refunds.filter(status=RefundStatus.PROCESSING)
    if refunds_by_gateway(payment) and in_doubt.exists():
        raise in_progress()
    if refunds_by_gateway(payment) and payment.refunds.filter(status=RefundStatus.NEEDS_ATTENTION).exists():
        raise DomainError("invalid_transition", "Somebody has to look at an earlier refund first.")
    return refund_create(payment=payment, amount=amount, reason=reason, requested_by=actor)
