"""What of a booking is shown, and bookings of a series as the API shows them."""

from datetime import date, time
from typing import Any

from apps.accounts.models import Role, User
from apps.bookings.models import Booking
from apps.bookings.states import REACHABLE


def shows_phone(booking: Booking, viewer: User) -> bool:
    """Return whether who may see a booking reads whom to call: providers once they agreed to come."""
    return viewer.role != Role.PROVIDER or booking.status in REACHABLE


def occurrence_as_dict(day: date, at: time | None, *, is_available: bool) -> dict[str, Any]:
    """Return a booking at a local date and time."""
    return {"date": day.isoformat(), "time": at.isoformat() if at else None, "available": is_available}


def occurrences_shown(booking: Booking) -> list[dict[str, Any]]:
    """Return all bookings that were asked for with a booking, its own first; none where it doesn't recur.

    Once they are bookings of their own they are shown in the order of their days, each where it is by now,
    and what was left out where it was asked for. At most two queries for a booking that recurs, none for any
    other.
    """
    if not booking.is_recurring or booking.booking_date is None:
        return []
    asked_for = list(booking.occurrences.all())
    if not asked_for:
        return []
    if booking.series_id is None:
        had = [(booking.booking_date, booking.booking_time)]
        left_out = asked_for
    else:
        occurrences = Booking.objects.filter(series=booking.series_id)
        had = [(one.booking_date, one.booking_time) for one in occurrences if one.booking_date]
        left_out = [occurrence for occurrence in asked_for if not occurrence.is_available]
    shown = [
        *(occurrence_as_dict(day, at, is_available=True) for day, at in had),
        *(occurrence_as_dict(one.date, one.time, is_available=one.is_available) for one in left_out),
    ]
    return sorted(shown, key=lambda occurrence: (occurrence["date"], occurrence["time"] or ""))
