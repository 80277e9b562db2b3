"""Money that has to go back: rows that say how much and why. Sending it is another matter."""

from datetime import datetime
from decimal import Decimal

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments import events
from apps.payments.actions.payments import booking_show_payment, payment_move
from apps.payments.models import Payment, PaymentStatus, Refund
from apps.payments.refunds.cancellation import refund_due, settlement_of
from apps.payments.selectors import refundable


def refund_everything(*, payment: Payment, reason: str, requested_by: User | None) -> Refund:
    """Note that all of a payment goes back, its processing fee included."""
    return refund_create(
        payment=payment, amount=payment.total_amount, reason=reason, requested_by=requested_by
    )


def refund_create(*, payment: Payment, amount: Decimal, reason: str, requested_by: User | None) -> Refund:
    """Note that an amount goes back, in rupees, and tell of it. The caller has seen that so much is left."""
    refund = Refund.objects.create(payment=payment, amount=amount, reason=reason, requested_by=requested_by)
    events.refund_requested.send(sender=Refund, refund=refund, booking=payment.booking, actor=requested_by)
    return refund


def refund_after_booking_ended(*, booking: Booking, actor: User | None, reason: str, now: datetime) -> None:
    """Note what goes back of a paid booking that won't take place: all, less a late customer's fee."""
    payment = settlement_of(booking)
    if payment is None:
        return
    _give_back(booking, payment, refund_due(booking, payment, actor, now=now), actor=actor, reason=reason)


def refund_after_dispute(*, booking: Booking, actor: User) -> None:
    """Note that what is left of a no-show's payment goes back: the customer was there."""
    payment = settlement_of(booking)
    if payment is not None:
        reason = "the customer was there"
        _give_back(booking, payment, refundable(payment), actor=actor, reason=reason)


def _give_back(booking: Booking, payment: Payment, due: Decimal, *, actor: User | None, reason: str) -> None:
    if due <= 0:
        return
    refund_create(payment=payment, amount=due, reason=reason, requested_by=actor)
    payment_move(payment=payment, to_status=PaymentStatus.REFUND_PENDING, actor=actor, detail=reason)
    booking_show_payment(booking=booking)
