"""What a booking's moves do to its payments. Rows only: what talks to a gateway runs after the commit."""

from decimal import Decimal
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Dispute, DisputeDecision
from apps.payments.actions.payments import booking_show_payment, payment_move, payments_supersede
from apps.payments.gateways.cash.actions import cash_collect
from apps.payments.models import PaymentStatus
from apps.payments.refunds.create import refund_after_booking_ended, refund_after_dispute
from apps.payments.selectors import payments_locked


@receiver(events.booking_left_slot_or_price)
def close_payments_of_another_price(booking: LockedBooking, actor: User | None, **kwargs: Any) -> None:
    payments_supersede(booking=booking, actor=actor, detail="the booking was changed")
    booking_show_payment(booking=booking)


@receiver(events.booking_cancelled)
@receiver(events.booking_rejected)
def give_the_money_back(booking: LockedBooking, actor: User | None, **kwargs: Any) -> None:
    payments_supersede(booking=booking, actor=actor, detail=f"the booking was {booking.status}")
    refund_after_booking_ended(
        booking=booking, actor=actor, reason=f"the booking was {booking.status}", now=timezone.now()
    )
    booking_show_payment(booking=booking)


@receiver(events.booking_expired)
def close_what_nobody_paid(booking: LockedBooking, actor: User | None, **kwargs: Any) -> None:
    """Payments at a gateway stay open: a link may still be paid, and then decides about the booking."""
    for payment in payments_locked(booking, statuses=[PaymentStatus.PENDING]):
        payment_move(
            payment=payment, to_status=PaymentStatus.EXPIRED, actor=actor, detail="the booking expired"
        )
    refund_after_booking_ended(booking=booking, actor=actor, reason="the booking expired", now=timezone.now())
    booking_show_payment(booking=booking)


@receiver(events.booking_completed)
def settle_cash(
    booking: LockedBooking,
    actor: User | None,
    amount_collected: Decimal | None = None,
    reason: str = "",
    **kwargs: Any,
) -> None:
    cash_collect(
        booking=booking, actor=actor, amount_collected=amount_collected, reason=reason, now=timezone.now()
    )


@receiver(events.dispute_decided)
def give_back_to_who_was_there(booking: LockedBooking, actor: User, dispute: Dispute, **kwargs: Any) -> None:
    if dispute.decision == DisputeDecision.CUSTOMER:
        refund_after_dispute(booking=booking, actor=actor)
