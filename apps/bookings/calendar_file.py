"""One appointment as an iCalendar file (RFC 5545), for its customer, its provider and admins alone."""

from collections.abc import Sequence
from datetime import date, datetime

from icalendar import Calendar, Event

from apps.accounts.models import Language
from apps.bookings.calendar_states import CANCELLED, shown_as
from apps.bookings.calendar_zone import years_around, zone_component
from apps.bookings.models import Booking
from apps.common.localtime import local, marketplace_zone
from apps.common.text import printable

PRODUCT = "-//SewaBazaar//Bookings//EN"
# By the UID a calendar knows an event again, so it must not change with PUBLIC_URL.
UID_DOMAIN = "bookings.sewabazaar"
LABELS: dict[str, dict[str, str]] = {
    Language.ENGLISH: {
        "reference": "Booking",
        "staff": "With",
        "customer": "For",
        "phone": "Phone",
        "total": "Total",
        "notes": "Notes",
    },
    Language.NEPALI: {
        "reference": "बुकिङ",
        "staff": "सेवा दिने",
        "customer": "ग्राहक",
        "phone": "फोन",
        "total": "जम्मा",
        "notes": "टिप्पणी",
    },
}


def appointment_file(
    booking: Booking, *, language: str = Language.ENGLISH, shows_phone: bool = True
) -> bytes:
    """Return the file of one appointment, with its address and phone. Without a query for `SHOWN_WITH`.

    The same `UID` and a higher `SEQUENCE` after every change: a calendar that opens it again replaces its
    event. `PUBLISH` and no organizer: nobody is invited, so no calendar asks for an answer. Raises ValueError
    for a booking without a time.
    """
    event = appointment_event(booking)
    place = ", ".join(filter(None, [booking.address, booking.city.name if booking.city else ""]))
    event.add("LOCATION", printable(place))
    event.add("DESCRIPTION", printable(_description(booking, LABELS[language], shows_phone)))
    calendar = calendar_of([event])
    calendar.add("METHOD", "PUBLISH")
    return bytes(calendar.to_ical())


def appointment_event(booking: Booking) -> Event:
    """Return when, what and in which state; nothing of where, nor whom to call. Raises ValueError."""
    if booking.starts_at is None or booking.ends_at is None:
        raise ValueError(f"booking {booking.pk} has no time")
    status = shown_as(booking.status)
    event = Event()
    event.add("UID", f"{booking.reference}@{UID_DOMAIN}")
    event.add("SEQUENCE", booking.calendar_sequence)
    event.add("STATUS", status)
    event.add("DTSTAMP", booking.updated_at)
    event.add("LAST-MODIFIED", booking.updated_at)
    event.add("CREATED", booking.created_at)
    event.add("DTSTART", _wall_clock(booking.starts_at))
    event.add("DTEND", _wall_clock(booking.ends_at))
    event.add("SUMMARY", printable(booking.service.title))
    # Who sees free and busy must not take a cancelled hour for a busy one.
    event.add("TRANSP", "TRANSPARENT" if status == CANCELLED else "OPAQUE")
    return event


def calendar_of(events: Sequence[Event], *days: date) -> Calendar:
    """Return a calendar with the zone that its events and the named days need."""
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    all_days = [*days, *(local(event.DTSTART).date() for event in events)]
    calendar.add_component(zone_component(marketplace_zone(), *years_around(all_days)))
    for event in events:
        calendar.add_component(event)
    return calendar


def _wall_clock(moment: datetime) -> datetime:
    """Return an instant in the marketplace's zone; in UTC in the hour that clocks show for the second time.

    A file's local time is always the first of two.
    """
    there = local(moment)
    return moment if there.fold else there


def _description(booking: Booking, labels: dict[str, str], shows_phone: bool) -> str:
    lines = {
        "reference": booking.reference,
        "staff": booking.staff.full_name if booking.staff else "",
        "customer": booking.customer.full_name,
        "phone": booking.phone if shows_phone else "",
        "total": f"Rs {booking.total_amount}",
        "notes": booking.special_instructions,
    }
    return "\n".join(f"{labels[name]}: {text}" for name, text in lines.items() if text)
