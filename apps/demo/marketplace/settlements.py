"""How past bookings were paid, and what went back."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.conf import settings

from apps.accounts.models import User
from apps.bookings.cancellation import cancels_free_until
from apps.bookings.models import Booking, BookingStatus
from apps.demo.marketplace.payments import PastPayment
from apps.demo.marketplace.references import gateway_id, transaction_id
from apps.demo.marketplace.stories import ONLINE, Move
from apps.payments.gateways.base import Outcome
from apps.payments.models import AttentionReason, PaymentMethod, PaymentStatus, Refund, RefundStatus
from apps.payments.refunds.policy import refund_after_cancellation

LINK_LIFETIME = timedelta(minutes=60)
REFUND_TAKES = timedelta(hours=5)
# Of the drafts that ran out: how their only payment ended.
UNPAID = (
    PaymentStatus.EXPIRED,
    PaymentStatus.FAILED,
    PaymentStatus.EXPIRED,
    PaymentStatus.NEEDS_ATTENTION,
)
WHY_UNPAID = {
    PaymentStatus.EXPIRED: ("Expired", Outcome.EXPIRED, "The payment link has expired."),
    PaymentStatus.FAILED: ("User canceled", Outcome.FAILED, "The payment was cancelled or failed."),
    PaymentStatus.NEEDS_ATTENTION: ("Completed", Outcome.PAID, ""),
}


def settlements_create(
    booking: Booking, moves: Sequence[Move], *, method: PaymentMethod, number: int, random: Random
) -> PaymentStatus | None:
    """Write the payments of a booking, and return the status that it shows; None without any.

    `number` counts the bookings that ended alike, so that every kind of payment occurs.
    """
    ended, at = moves[-1].to_status, {move.to_status: move.at for move in moves}
    if method.code == "cash":
        return _cash(booking, method, at.get(BookingStatus.COMPLETED), random)
    if BookingStatus.CONFIRMED not in at:
        return _unpaid(booking, method, moves, number, random)
    paid_at = at[BookingStatus.CONFIRMED]
    if number % 6 == 0 and method.code in ONLINE:
        _abandoned(booking, method, at[BookingStatus.DRAFT], random)
    past = _payment(booking, method, at=moves[1].at - timedelta(minutes=2), random=random)
    if method.code in ONLINE:
        past.asked("lookup", "Completed", at=paid_at, outcome=Outcome.PAID)
    past.moved(
        PaymentStatus.COMPLETED,
        at=paid_at,
        actor=None,
        detail="Completed" if method.code in ONLINE else "received",
        is_settlement=True,
        paid_at=paid_at,
        gateway_transaction_id=gateway_id(random) if method.code in ONLINE else "",
    )
    if ended in (BookingStatus.CANCELLED, BookingStatus.REJECTED):
        _paid_back(past, booking, moves[-1], number)
    else:
        past.write()
    return PaymentStatus(past.payment.status)


def _payment(booking: Booking, method: PaymentMethod, *, at: datetime, random: Random) -> PastPayment:
    past = PastPayment(booking, method, at=at, transaction_id=transaction_id(random))
    is_wallet = method.code in ONLINE
    past.moved(
        PaymentStatus.PROCESSING if is_wallet else PaymentStatus.PENDING,
        at=at,
        actor=booking.customer,
        detail=method.code,
    )
    if is_wallet:
        past.asked("initiate", "link", at=at)
        past.payment.link_expires_at = at + LINK_LIFETIME
    return past


def _cash(
    booking: Booking, method: PaymentMethod, collected_at: datetime | None, random: Random
) -> PaymentStatus | None:
    if collected_at is None:
        return None
    past = _payment(booking, method, at=collected_at, random=random)
    past.moved(
        PaymentStatus.COMPLETED,
        at=collected_at,
        actor=booking.provider,
        detail="collected in cash",
        is_settlement=True,
        paid_at=collected_at,
        amount_collected=booking.total_amount,
    )
    return PaymentStatus(past.write().status)


def _abandoned(booking: Booking, method: PaymentMethod, begun_at: datetime, random: Random) -> None:
    """A first try that the customer gave up for a second one."""
    past = _payment(booking, method, at=begun_at + timedelta(minutes=1), random=random)
    detail = "a new payment was made"
    superseded_at = begun_at + timedelta(minutes=1, seconds=40)
    past.moved(PaymentStatus.SUPERSEDED, at=superseded_at, actor=booking.customer, detail=detail)
    past.write()


def _unpaid(
    booking: Booking, method: PaymentMethod, moves: Sequence[Move], number: int, random: Random
) -> PaymentStatus:
    end = moves[-1]
    past = _payment(booking, method, at=moves[-2].at + timedelta(minutes=5), random=random)
    if end.to_status != BookingStatus.EXPIRED:
        past.moved(PaymentStatus.SUPERSEDED, at=end.at, actor=None, detail=f"the booking was {end.to_status}")
        return PaymentStatus(past.write().status)
    if method.code not in ONLINE:
        past.moved(PaymentStatus.EXPIRED, at=end.at, actor=None, detail="the booking expired")
        return PaymentStatus(past.write().status)
    to_status = UNPAID[number % len(UNPAID)]
    word, outcome, failure_reason = WHY_UNPAID[to_status]
    asked_at = past.payment.created_at + LINK_LIFETIME
    is_mismatch = to_status == PaymentStatus.NEEDS_ATTENTION
    past.asked("lookup", word, at=asked_at, outcome=outcome)
    past.moved(
        to_status,
        at=asked_at,
        actor=None,
        detail=f"the gateway says {booking.total_amount - 1:.2f}" if is_mismatch else word,
        reason=AttentionReason.AMOUNT_DIFFERS if is_mismatch else None,
        failure_reason=failure_reason,
    )
    return PaymentStatus(past.write().status)


def _paid_back(past: PastPayment, booking: Booking, end: Move, number: int) -> None:
    actor: User | None = booking.customer if end.actor == "customer" else booking.provider
    reason = f"the booking was {end.to_status}"
    payment = past.payment
    assert booking.starts_at is not None  # noqa: S101
    is_free = end.actor != "customer" or end.at <= cancels_free_until(
        booking.starts_at, free_hours=settings.CANCELLATION_FREE_HOURS
    )
    due = refund_after_cancellation(
        payment.total_amount, fee_percent=booking.service.late_cancellation_fee_percent, is_free=is_free
    )
    refund: dict[str, Any] = {"amount": due, "reason": reason, "requested_by": actor, "created_at": end.at}
    past.moved(PaymentStatus.REFUND_PENDING, at=end.at, actor=actor, detail=reason)
    done_at = end.at + REFUND_TAKES
    # Khalti gives back by itself; the others wait for an admin, who is a little behind.
    is_done = payment.method.code == "khalti" or number % 2 == 0
    if is_done:
        is_full = due == payment.total_amount
        status = PaymentStatus.REFUNDED if is_full else PaymentStatus.PARTIALLY_REFUNDED
        past.moved(status, at=done_at, actor=None, detail=f"{due:.2f} went back")
        refund |= {"status": RefundStatus.COMPLETED, "completed_at": done_at}
    Refund.objects.create(payment=past.write(), **refund)
