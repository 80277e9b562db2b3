"""The later bookings of a recurring draft: held with the first one, and for as long."""

from datetime import date, datetime

from apps.bookings.locked import LockedBooking, LockedDraft
from apps.bookings.models import Booking, Occurrence, OnConflict
from apps.bookings.presentation import occurrence_as_dict
from apps.bookings.recurrence import occurrences
from apps.common.errors import DomainError
from apps.slots.actions import members_lock, reservations_release, reservations_renew, reservations_take
from apps.slots.models import Reservation
from apps.slots.selectors import Wish


def has_open_series(booking: Booking) -> bool:
    """Return whether a booking recurs and its later bookings are no bookings of their own yet."""
    return booking.is_recurring and booking.series_id is None


def series_lock(*, booking: LockedBooking) -> list[int]:
    """Lock the members of all bookings of a recurring draft, before any of its reservations is touched.

    Returns their ids.
    """
    reservations = [*_reservations(booking), *([booking.reservation] if booking.reservation else [])]
    return members_lock(service=booking.service, reservations=reservations)


def occurrences_hold(*, booking: LockedDraft, wish: Wish, now: datetime) -> None:
    """Hold each later booking that is free until the first one's hold ends, in place of those held before.

    The first one's member comes before others who match the wish; the first booking is held. Raises
    `slot_unavailable`, with the `occurrences` that are taken, where the customer wants all or none.
    """
    if booking.booking_date is None or booking.booking_time is None or booking.reservation is None:
        return
    locked = series_lock(booking=booking)
    occurrences_forget(booking=booking)
    days = later_days(booking)
    reservations = reservations_take(
        service=booking.service,
        days=days,
        at=booking.booking_time,
        wish=wish,
        preferred=booking.staff_id,
        expires_at=booking.reservation.expires_at,
        now=now,
        locked=locked,
    )
    asked_for = [
        Occurrence(
            booking=booking,
            date=day,
            time=booking.booking_time,
            reservation=reservation,
            is_available=reservation is not None,
        )
        for day, reservation in zip(days, reservations, strict=True)
    ]
    conflicts = [occurrence for occurrence in asked_for if not occurrence.is_available]
    if conflicts and booking.on_conflict == OnConflict.FAIL:
        raise DomainError(
            "slot_unavailable",
            f"{len(conflicts)} of {len(days) + 1} bookings can't be booked at this time.",
            extra={
                "occurrences": [
                    occurrence_as_dict(taken.date, taken.time, is_available=False) for taken in conflicts
                ]
            },
        )
    Occurrence.objects.bulk_create(asked_for)


def later_days(booking: Booking) -> list[date]:
    """Return the local days of a recurring draft's bookings but the first."""
    if booking.booking_date is None or not booking.recurring_count:
        return []
    return occurrences(booking.booking_date, booking.recurring_frequency, booking.recurring_count)[1:]


def occurrences_renew(*, booking: LockedBooking, expires_at: datetime, now: datetime) -> None:
    """Let the later bookings' holds end with the first one's. The caller has called `series_lock`."""
    ids = [reservation.pk for reservation in _reservations(booking)]
    reservations_renew(reservation_ids=ids, expires_at=expires_at, now=now)


def occurrences_release(*, booking: LockedBooking) -> None:
    """Give the later bookings' time back; what was asked for stays written down."""
    series_lock(booking=booking)
    _give_back(booking)


def occurrences_forget(*, booking: LockedBooking) -> None:
    """Give the later bookings' time back, and ask for none any more. The caller has called `series_lock`."""
    _give_back(booking)
    booking.occurrences.all().delete()


def _give_back(booking: Booking) -> None:
    reservations_release(reservation_ids=[reservation.pk for reservation in _reservations(booking)])


def _reservations(booking: Booking) -> list[Reservation]:
    return list(Reservation.objects.filter(occurrence__booking=booking).order_by("pk"))
