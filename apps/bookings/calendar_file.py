"""One appointment as an iCalendar file."""

from icalendar import Calendar, Event

from apps.accounts.models import Language
from apps.bookings.models import Booking, BookingStatus

GONE = (BookingStatus.CANCELLED, BookingStatus.REJECTED, BookingStatus.EXPIRED)


def appointment_file(booking: Booking, *, language: str = Language.ENGLISH) -> bytes:
    """Return the file of one appointment. Raises ValueError for a booking without a time."""
    if booking.starts_at is None or booking.ends_at is None:
        raise ValueError(f"booking {booking.pk} has no time")
    event = Event()
    event.add("UID", f"{booking.reference}@bookings.sewabazaar")
    event.add("DTSTAMP", booking.updated_at)
    event.add("DTSTART", booking.starts_at)
    event.add("DTEND", booking.ends_at)
    event.add("SUMMARY", booking.service.title)
    event.add("STATUS", "CANCELLED" if booking.status in GONE else "CONFIRMED")
    calendar = Calendar()
    calendar.add("PRODID", "-//SewaBazaar//Bookings//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
