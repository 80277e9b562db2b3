"""A booking's reservation on a member's time."""

from datetime import datetime, timedelta

from django.conf import settings

from apps.bookings.actions.occurrences import has_open_series, occurrences_hold, occurrences_release
from apps.bookings.locked import LockedBooking, LockedDraft
from apps.bookings.models import Booking
from apps.bookings.selectors import live_holds_of, service_on_offer
from apps.common.errors import DomainError
from apps.common.localtime import local
from apps.slots.actions import reservation_release, reservation_take, slot_unavailable
from apps.slots.availability import Rules
from apps.slots.models import Reservation
from apps.slots.selectors import Wish, rules_as_made, rules_at_any_distance, rules_of


def wish_of(booking: Booking) -> Wish:
    """Return which members will do: the one that was asked for, else those of the preferred gender."""
    if booking.is_staff_requested:
        return Wish(staff_id=booking.staff_id)
    return Wish(gender=booking.preferred_provider_gender)


def has_live_hold(booking: Booking, *, now: datetime) -> bool:
    """Return whether the booking's time is its own, and still ahead."""
    reservation = booking.reservation
    if reservation is None or booking.starts_at is None or booking.starts_at <= now:
        return False
    return reservation.expires_at is None or reservation.expires_at > now


def hold_until(now: datetime) -> datetime:
    """Return when a hold that is taken now runs out."""
    return now + timedelta(seconds=settings.BOOKING_HOLD_SECONDS)


def booking_hold_slot(*, booking: LockedDraft, now: datetime) -> None:
    """Hold the booking's own date and time, or move its hold there.

    A live hold of the same start, which only changes the member, runs out when it would have.
    A recurring draft's later bookings are held anew with it, whatever was free before.
    The caller saves the booking. Raises `too_many_bookings`, `slot_unavailable`.
    """
    if live_holds_of(booking.customer, now=now, besides=booking) >= settings.MAX_HOLDS_PER_CUSTOMER:
        raise DomainError("too_many_bookings", "You hold too many times already. Finish or drop one first.")
    if has_open_series(booking):
        # Its own later bookings must not stand in the way of the first one's new time.
        occurrences_release(booking=booking)
    booking_take_slot(booking=booking, expires_at=_end_of_hold(booking, now=now), now=now)
    if has_open_series(booking):
        occurrences_hold(booking=booking, wish=wish_of(booking), now=now)


def _end_of_hold(booking: Booking, *, now: datetime) -> datetime:
    reservation = booking.reservation
    wanted = (booking.booking_date, booking.booking_time)
    if reservation and reservation.expires_at and has_live_hold(booking, now=now):
        held = local(reservation.slot_starts_at)
        if (held.date(), held.time()) == wanted:
            return reservation.expires_at
    return hold_until(now)


def booking_take_slot(
    *, booking: LockedBooking, expires_at: datetime | None, now: datetime, is_paid_late: bool = False
) -> Reservation:
    """Take the booking's own date and time, or move its reservation there. Raises `slot_unavailable`.

    What `is_paid_late` was paid for as it was: it keeps its length, and any start ahead will do.
    The caller saves the booking.
    """
    if booking.booking_date is None or booking.booking_time is None:
        raise DomainError("step_out_of_order", "Choose a date and time first.")
    if service_on_offer(booking.service_id) is None:
        raise slot_unavailable()
    reservation = reservation_take(
        service=booking.service,
        day=booking.booking_date,
        at=booking.booking_time,
        wish=wish_of(booking),
        expires_at=expires_at,
        now=now,
        current=booking.reservation,
        at_any_notice=is_paid_late,
        rules=_rules(booking, is_paid_late=is_paid_late, now=now),
    )
    booking_copy_reservation(booking, reservation)
    return reservation


def _rules(booking: Booking, *, is_paid_late: bool, now: datetime) -> Rules:
    """The horizon binds the first booking of a series only."""
    rules = rules_of(booking.service)
    if booking.series_id is not None and booking.booking_date is not None:
        rules = rules_at_any_distance(rules, booking.booking_date, now=now)
    return rules_as_made(rules, length_of(booking), booking.reservation) if is_paid_late else rules


def length_of(booking: Booking) -> timedelta | None:
    """Return how long the booking takes, whatever the service has become; None where it has no time yet."""
    if booking.starts_at is None or booking.ends_at is None:
        return None
    return booking.ends_at - booking.starts_at


def booking_copy_reservation(booking: Booking, reservation: Reservation) -> None:
    """Let a booking say what its reservation says. The caller saves the booking."""
    booking.reservation = reservation
    booking.booking_slot_id = reservation.slot_id
    booking.staff_id = reservation.staff_id
    booking.starts_at = reservation.slot_starts_at
    booking.ends_at = reservation.slot_ends_at
    length = reservation.slot_ends_at - reservation.slot_starts_at
    booking.estimated_duration = length // timedelta(minutes=1)


def booking_release_reservation(*, booking: LockedBooking) -> None:
    """Give the member's time back, that of a recurring draft's later bookings too."""
    if has_open_series(booking):
        occurrences_release(booking=booking)
    if booking.reservation_id is not None:
        reservation_release(reservation_id=booking.reservation_id)
        booking.reservation = None
