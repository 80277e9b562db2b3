"""Visits of a series as the API shows them."""

from datetime import date
from typing import Any

from apps.bookings.models import Booking


def occurrence_as_dict(booking: Booking, day: date, *, is_available: bool) -> dict[str, Any]:
    """Return a visit on a local day, at the booking's own time of day."""
    at = booking.booking_time
    return {"date": day.isoformat(), "time": at.isoformat() if at else None, "available": is_available}


def occurrences_shown(booking: Booking) -> list[dict[str, Any]]:
    """Return all visits that were asked for with a booking, its own first; none where it doesn't recur.

    One query for a booking that recurs, none for any other.
    """
    if not booking.is_recurring or booking.booking_date is None:
        return []
    later = list(booking.occurrences.all())
    if not later:
        return []
    first = occurrence_as_dict(booking, booking.booking_date, is_available=True)
    return [
        first,
        *(occurrence_as_dict(booking, visit.date, is_available=visit.is_available) for visit in later),
    ]
