"""Where to go and whom to call."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.bookings.models import Booking, BookingStatus
from apps.bookings.selectors import booking_locked, served_city
from apps.common.errors import DomainError


def booking_change_details(*, booking_id: int, changes: dict[str, Any]) -> Booking:
    """Change address, city, phone or instructions of a booking that hasn't begun; the city by its name.

    What is there already is not written again.
    Raises ValidationError on `city` for one that the service doesn't serve, and `invalid_transition`.
    """
    with transaction.atomic():
        booking = booking_locked(booking_id)
        is_open = booking.status in (BookingStatus.DRAFT, BookingStatus.PENDING, BookingStatus.CONFIRMED)
        if not is_open or (booking.starts_at is not None and timezone.now() >= booking.starts_at):
            raise DomainError("invalid_transition", "This booking can't be changed any more.")
        wanted = {
            name: served_city(booking.service_id, value) if name == "city" else value
            for name, value in changes.items()
        }
        changed = [name for name, value in wanted.items() if getattr(booking, name) != value]
        if changed:
            for name in changed:
                setattr(booking, name, wanted[name])
            # Where to go and whom to call stands in the file of the appointment.
            booking.calendar_sequence += 1
            booking.save()
    return booking
