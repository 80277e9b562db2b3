"""Visits of a series as the API shows them."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from apps.bookings.models import Booking

Visit = tuple[date | None, time | None]


def occurrence_as_dict(day: date, at: time | None, *, is_available: bool) -> dict[str, Any]:
    """Return a visit at a local date and time."""
    return {"date": day.isoformat(), "time": at.isoformat() if at else None, "available": is_available}


def occurrences_shown(booking: Booking) -> list[dict[str, Any]]:
    """Return all visits that were asked for with a booking, its own first; none where it doesn't recur.

    Once they are bookings of their own they are shown in the order of their days, each where it is by now,
    and what was left out where it was asked for. At most two queries for a booking that recurs, none for any
    other.
    """
    if not booking.is_recurring or booking.booking_date is None:
        return []
    asked_for = list(booking.occurrences.all())
    if not asked_for:
        return []
    made: Iterable[Visit] = [(booking.booking_date, booking.booking_time)]
    if booking.series_id is not None:
        made = Booking.objects.filter(series=booking.series_id).values_list("booking_date", "booking_time")
    visits = [(day, at, True) for day, at in made if day is not None]
    visits += [
        (visit.date, visit.time, visit.is_available)
        for visit in asked_for
        if booking.series_id is None or not visit.is_available
    ]
    return [
        occurrence_as_dict(day, at, is_available=is_available) for day, at, is_available in sorted(visits)
    ]
