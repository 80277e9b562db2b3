"""What a calendar shows of a booking's state. Pure."""

from collections.abc import Mapping

from apps.bookings.models import Booking, BookingStep
from apps.bookings.models import BookingStatus as Status

TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"

# iCalendar knows three; a booking that nobody was there for is none.
SHOWN_AS: Mapping[Status, str] = {
    Status.DRAFT: TENTATIVE,
    Status.PENDING: TENTATIVE,
    Status.CONFIRMED: CONFIRMED,
    Status.IN_PROGRESS: CONFIRMED,
    Status.COMPLETED: CONFIRMED,
    Status.CANCELLED: CANCELLED,
    Status.REJECTED: CANCELLED,
    Status.NO_SHOW: CANCELLED,
    Status.EXPIRED: CANCELLED,
}


def shown_as(status: str) -> str:
    """Return the `STATUS` of an event."""
    return SHOWN_AS[Status(status)]


def calendars_must_notice(from_status: str, to_status: str) -> bool:
    """Return whether a move changes an event that calendars may have: then its `SEQUENCE` goes up."""
    return from_status != Status.DRAFT and shown_as(from_status) != shown_as(to_status)


def is_appointment(booking: Booking) -> bool:
    """Return whether a booking is in calendars: it has been sent off, so it has a time."""
    return booking.booking_step == BookingStep.COMPLETED and booking.starts_at is not None
