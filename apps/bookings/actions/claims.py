"""A booking's claim on a member's time."""

from datetime import datetime, timedelta

from apps.bookings.models import Booking
from apps.common.errors import DomainError
from apps.slots.actions import reservation_release, reservation_take
from apps.slots.models import Reservation
from apps.slots.selectors import Wish

SLOT_COLUMNS = (
    "booking_date",
    "booking_time",
    "reservation",
    "booking_slot",
    "staff",
    "starts_at",
    "ends_at",
    "estimated_duration",
)


def wish_of(booking: Booking) -> Wish:
    """Return which members will do: the one that was asked for, else those of the preferred gender."""
    if booking.is_staff_requested:
        return Wish(staff_id=booking.staff_id)
    return Wish(gender=booking.preferred_provider_gender)


def booking_take_slot(
    *, booking: Booking, expires_at: datetime | None, now: datetime, at_any_notice: bool = False
) -> Reservation:
    """Take the booking's own date and time, or move its claim there. Raises `slot_unavailable`.

    The caller holds the row's lock, and saves `SLOT_COLUMNS`.
    """
    if booking.booking_date is None or booking.booking_time is None:
        raise DomainError("step_out_of_order", "Choose a date and time first.")
    reservation = reservation_take(
        service=booking.service,
        day=booking.booking_date,
        at=booking.booking_time,
        wish=wish_of(booking),
        expires_at=expires_at,
        now=now,
        current=booking.reservation,
        at_any_notice=at_any_notice,
    )
    booking.reservation = reservation
    booking.booking_slot_id = reservation.slot_id
    booking.staff_id = reservation.staff_id
    booking.starts_at = reservation.slot_starts_at
    booking.ends_at = reservation.slot_starts_at + timedelta(minutes=_minutes(reservation))
    booking.estimated_duration = _minutes(reservation)
    return reservation


def _minutes(reservation: Reservation) -> int:
    buffers = reservation.service.buffer_before_minutes + reservation.service.buffer_after_minutes
    return int((reservation.ends_at - reservation.starts_at).total_seconds()) // 60 - buffers


def booking_release_claim(*, booking: Booking) -> None:
    """Give the member's time back."""
    if booking.reservation_id is not None:
        reservation_release(reservation_id=booking.reservation_id)
        booking.reservation = None
