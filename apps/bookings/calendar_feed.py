"""A user's appointments as one calendar to subscribe to.

Its address travels through other companies' servers, so it says neither where to go nor whom to call.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from apps.accounts.models import Role, User
from apps.bookings.calendar_file import LABELS, appointment_event, calendar_of
from apps.bookings.models import Booking
from apps.common.localtime import today

NAME = "SewaBazaar"
REFRESH, REFRESH_TEXT = timedelta(hours=1), "PT1H"


def feed_file(user: User, appointments: Iterable[Booking], *, now: datetime) -> bytes:
    """Return the file. The same appointments give the same bytes; nothing is read but `appointments`."""
    events = [_event(user, booking) for booking in appointments]
    calendar = calendar_of(events, today(now))
    _describe(calendar)
    return bytes(calendar.to_ical())


def _event(user: User, booking: Booking) -> Event:
    labels = LABELS[user.language]
    event = appointment_event(booking)
    lines = [f"{labels['reference']}: {booking.reference}"]
    if booking.staff:
        lines.append(f"{labels['staff']}: {booking.staff.full_name}")
    if user.role == Role.PROVIDER:
        first_name = booking.customer.full_name.split(" ")[0]
        lines.append(f"{labels['customer']}: {first_name}")
    event.add("DESCRIPTION", "\n".join(lines))
    return event


def _describe(calendar: Calendar) -> None:
    """Name the calendar and say how often to look again: as RFC 7986 does, and as was usual before it."""
    calendar.calendar_name = NAME
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH_TEXT)
