"""A user's appointments as one calendar to subscribe to.

Its address travels through other companies' servers, so it says neither where to go nor whom to call.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from apps.accounts.models import Role, User
from apps.bookings.calendar_file import LABELS, appointment_event, calendar_of
from apps.bookings.models import Booking
from apps.common.localtime import today
from apps.common.rendering import to_json
from apps.common.text import first_name, printable

NAME = "SewaBazaar"
REFRESH, REFRESH_TEXT = timedelta(hours=1), "PT1H"


def feed_facts(user: User, facts: Sequence[tuple[Any, ...]], *, now: datetime) -> bytes:
    """Return what the file follows from: the same facts give the same file.

    The local day is among them, for the zone's years, and so that another layout is seen within a day.
    """
    return to_json([user.role, user.language, today(now), facts])


def feed_file(user: User, appointments: Iterable[Booking], *, now: datetime) -> bytes:
    """Return the file, by time. The same appointments give the same bytes; nothing else is read."""
    by_time = sorted(appointments, key=lambda booking: (booking.starts_at or now, booking.pk))
    events = [_event(user, booking) for booking in by_time]
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
        lines.append(f"{labels['customer']}: {first_name(booking.customer.full_name)}")
    event.add("DESCRIPTION", printable("\n".join(lines)))
    return event


def _describe(calendar: Calendar) -> None:
    """Name the calendar and say how often to look again: as RFC 7986 does, and as was usual before it."""
    calendar.calendar_name = NAME
    calendar.add("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", REFRESH_TEXT)
