"""What cancelling a booking gives back and keeps: shown beforehand, and done by the same reckoning."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings

from apps.accounts.models import Role, User
from apps.bookings.actions import is_cancellable
from apps.bookings.cancellation import cancels_free_until
from apps.bookings.models import Booking, Scope
from apps.bookings.selectors import later_in_series
from apps.payments.models import Payment
from apps.payments.refunds.policy import refund_after_cancellation
from apps.payments.selectors import refundable, settlement_of

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Preview:
    """Rupees. `free_until` is None where it is free whenever they do it, or can't be done at all."""

    cancellable: bool
    refund: Decimal
    fee: Decimal
    free_until: datetime | None


def refund_due(booking: Booking, payment: Payment, actor: User | None, *, now: datetime) -> Decimal:
    """Return what goes back of a booking's payment when it is cancelled: all, less a late customer's fee.

    The fee is of all that was paid, and kept whole: what goes back, or went back before, comes off the rest.
    """
    free_until = _free_until(booking, actor)
    due = refund_after_cancellation(
        payment.total_amount,
        fee_percent=booking.service.late_cancellation_fee_percent,
        is_free=free_until is None or now <= free_until,
    )
    given_back = payment.total_amount - refundable(payment)
    return max(due - given_back, ZERO)


def cancellation_preview(booking: Booking, actor: User, *, now: datetime, scope: str = Scope.ONE) -> Preview:
    """Return what cancelling would give back and keep, if the actor did it now.

    By the `scope` of the later ones of its series too: all that they give back and keep, and until when the
    first that costs something is free.
    """
    if not is_cancellable(booking, actor, now=now):
        return Preview(cancellable=False, refund=ZERO, fee=ZERO, free_until=None)
    later = later_in_series(booking) if scope == Scope.FOLLOWING else []
    concerned = [booking, *(other for other in later if is_cancellable(other, actor, now=now))]
    parts = [_given_and_kept(one, actor, now=now) for one in concerned]
    return Preview(
        cancellable=True,
        refund=sum((refund for refund, _ in parts), ZERO),
        fee=sum((fee for _, fee in parts), ZERO),
        free_until=min((end for one in concerned if (end := _free_until(one, actor))), default=None),
    )


def _given_and_kept(booking: Booking, actor: User, *, now: datetime) -> tuple[Decimal, Decimal]:
    payment = settlement_of(booking)
    if payment is None:
        return ZERO, ZERO
    refund = refund_due(booking, payment, actor, now=now)
    return refund, refundable(payment) - refund


def _free_until(booking: Booking, actor: User | None) -> datetime | None:
    """Return until when it costs nothing; None: whenever. Only customers pay for cancelling."""
    if actor is None or actor.role != Role.CUSTOMER or booking.starts_at is None:
        return None
    return cancels_free_until(
        booking.starts_at,
        free_hours=settings.CANCELLATION_FREE_HOURS,
        moved_by_provider=booking.moved_by_provider_at is not None,
    )
