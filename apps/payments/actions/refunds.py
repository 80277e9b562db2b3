"""Money that has to go back: rows that say how much and why. Sending it is another matter."""

from datetime import datetime
from decimal import Decimal

from django.conf import settings

from apps.accounts.models import Role, User
from apps.bookings.cancellation import cancels_free_until
from apps.bookings.models import Booking
from apps.payments import events
from apps.payments.actions.attempts import booking_show_payment, payment_move
from apps.payments.models import Payment, PaymentStatus, Refund
from apps.payments.refund_policy import refund_after_cancellation
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
    payment = booking.payments.filter(is_settlement=True).select_related("method").first()
    if payment is None:
        return
    due = refund_after_cancellation(
        payment.total_amount,
        fee_percent=booking.service.late_cancellation_fee_percent,
        is_free=_is_free(booking, actor, now=now),
    )
    due = min(due, refundable(payment))
    if due <= 0:
        return
    refund_create(payment=payment, amount=due, reason=reason, requested_by=actor)
    payment_move(payment=payment, to_status=PaymentStatus.REFUND_PENDING, actor=actor, detail=reason)
    booking_show_payment(booking=booking)


def _is_free(booking: Booking, actor: User | None, *, now: datetime) -> bool:
    if actor is None or actor.role != Role.CUSTOMER or booking.starts_at is None:
        return True
    free_until = cancels_free_until(
        booking.starts_at,
        free_hours=settings.CANCELLATION_FREE_HOURS,
        moved_by_provider=booking.moved_by_provider_at is not None,
    )
    return now <= free_until
