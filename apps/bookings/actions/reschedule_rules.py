"""Whether a booking may move, and how far: asked before anybody reckons with the day that a client sends."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.bookings.actions.expiry import awaits_transfer
from apps.bookings.actions.moves import require_desk
from apps.bookings.cancellation import cancels_free_until
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.selectors import is_due_before_start
from apps.common.errors import DomainError
from apps.common.localtime import instant, marketplace_zone, today
from apps.slots.actions import slot_unavailable
from apps.slots.availability import Rules
from apps.slots.selectors import rules_of, rules_to_move

MOVABLE = (BookingStatus.PENDING, BookingStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class NewTime:
    """Where a booking is to go: local date and time, and the only member that will do, where one is named."""

    day: date
    at: time
    staff_id: int | None = None

    @property
    def starts_at(self) -> datetime:
        """Raises OverflowError where the calendar ends: ask `is_to_move` before."""
        return instant(self.day, self.at, marketplace_zone())


def is_to_move(booking: Booking, to: NewTime, actor: User, *, now: datetime) -> bool:
    """Return whether a booking is to move; False where it is there already.

    Raises `not_reschedulable`, `invalid_transition` for a draft, and `slot_unavailable` for a day that is
    past or out of reach.
    """
    if booking.status in MOVABLE and _is_there(booking, to):
        return False
    require_movable(booking, actor, now=now)
    first_day = today(now)
    horizon = timedelta(days=moving_rules(booking, actor, now=now).max_advance_days)
    if not first_day <= to.day <= first_day + horizon:
        raise slot_unavailable()
    return True


def _is_there(booking: Booking, to: NewTime) -> bool:
    is_same_time = (booking.booking_date, booking.booking_time) == (to.day, to.at)
    return is_same_time and to.staff_id in (None, booking.staff_id)


def require_movable(booking: Booking, actor: User, *, now: datetime) -> None:
    """Raise `not_reschedulable` where it can't move by the actor now, for a draft `invalid_transition`."""
    if booking.status == BookingStatus.DRAFT:
        raise DomainError("invalid_transition", "Choose another time in the wizard: this is a draft.")
    if booking.status not in MOVABLE or booking.starts_at is None:
        raise _not_reschedulable(f"A booking that is {booking.status} has no other time.")
    if booking.expires_at is not None and booking.expires_at <= now:
        raise _not_reschedulable("This request was not answered in time.")
    if actor.role != Role.CUSTOMER:
        require_desk(actor, refusal="not_reschedulable")
        return
    free_until = cancels_free_until(
        booking.starts_at,
        free_hours=settings.CANCELLATION_FREE_HOURS,
        moved_by_provider=booking.moved_by_provider_at is not None,
    )
    if now > free_until or now >= booking.starts_at:
        raise _not_reschedulable("It is too late to move this booking.")
    if booking.reschedule_count >= settings.RESCHEDULE_LIMIT:
        raise _not_reschedulable(f"A booking can be moved {settings.RESCHEDULE_LIMIT} times.")


def _not_reschedulable(detail: str) -> DomainError:
    return DomainError("not_reschedulable", detail)


def require_time_for_transfer(booking: Booking, to: NewTime) -> None:
    """Raise ValidationError where the money of a bank transfer may still be on its way at that time."""
    if not awaits_transfer(booking) or is_due_before_start(booking):
        return
    if booking.expires_at is not None and to.starts_at < booking.expires_at:
        raise ValidationError({"booking_date": ["Your bank transfer might not arrive before this time."]})


def moving_rules(booking: Booking, actor: User, *, now: datetime) -> Rules:
    """Return the service's rules, whether or not it is on offer: paused, it takes no new bookings, but those
    that were made are still worked off, by members who still offer it."""
    rules = rules_of(booking.service)
    if booking.reservation is None:
        return rules
    return rules_to_move(rules, booking.reservation, is_customer=actor.role == Role.CUSTOMER, now=now)
