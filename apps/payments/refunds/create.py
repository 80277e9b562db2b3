"""Money that has to go back: rows that say how much and why. Sending it is another matter."""

from datetime import datetime
from decimal import Decimal

from apps.accounts.models import User
from apps.bookings.locked import LockedBooking
from apps.payments import events
from apps.payments.actions.payments import booking_show_payment, payment_move
from apps.payments.locked import LockedPayment
from apps.payments.models import PaymentStatus, Refund
from apps.payments.refunds.cancellation import refund_due
from apps.payments.selectors import refundable, settlement_locked


def refund_everything(*, payment: LockedPayment, reason: str, requested_by: User | None) -> Refund:
    """Note that all of a payment goes back, its processing fee included."""
    return refund_create(
        payment=payment, amount=payment.total_amount, reason=reason, requested_by=requested_by
    )


def refund_create(
    *, payment: LockedPayment, amount: Decimal, reason: str, requested_by: User | None
) -> Refund:
    """Note that an amount goes back, in rupees, and tell of it. The caller has seen that so much is left."""
    refund = Refund.objects.create(payment=payment, amount=amount, reason=reason, requested_by=requested_by)
    events.refund_requested.send(sender=Refund, refund=refund, booking=payment.booking, actor=requested_by)
    return refund


def refund_after_booking_ended(
    *, booking: LockedBooking, actor: User | None, reason: str, now: datetime
) -> None:
    """Note what goes back of a paid booking that won't take place: all, less a late customer's fee."""
    payment = settlement_locked(booking)
    if payment is None:
        return
    _give_back(booking, payment, refund_due(booking, payment, actor, now=now), actor=actor, reason=reason)


def refund_after_dispute(*, booking: LockedBooking, actor: User) -> None:
    """Note that what is left of a no-show's payment goes back: the customer was there."""
    payment = settlement_locked(booking)
    if payment is not None:
        reason = "the customer was there"
        _give_back(booking, payment, refundable(payment), actor=actor, reason=reason)


def _give_back(
    booking: LockedBooking, payment: LockedPayment, due: Decimal, *, actor: User | None, reason: str
) -> None:
    if due <= 0:
        return
    refund_create(payment=payment, amount=due, reason=reason, requested_by=actor)
    payment_move(payment=payment, to_status=PaymentStatus.REFUND_PENDING, actor=actor, detail=reason)
    booking_show_payment(booking=booking)
