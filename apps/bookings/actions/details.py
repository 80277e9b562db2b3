"""Where to go and whom to call."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.bookings.models import Booking, BookingStatus
from apps.bookings.selectors import booking_locked, served_city
from apps.common.errors import DomainError


def booking_change_details(*, booking_id: int, changes: dict[str, Any]) -> Booking:
    """Change address, city, phone or instructions of a booking that hasn't begun; the city by its name.

    Raises ValidationError on `city` for one that the service doesn't serve, and `invalid_transition`.
    """
    with transaction.atomic():
        booking = booking_locked(booking_id)
        is_open = booking.status in (BookingStatus.DRAFT, BookingStatus.PENDING, BookingStatus.CONFIRMED)
        if not is_open or (booking.starts_at is not None and timezone.now() >= booking.starts_at):
            raise DomainError("invalid_transition", "This booking can't be changed any more.")
        for name, value in changes.items():
            setattr(booking, name, served_city(booking.service_id, value) if name == "city" else value)
        if {"address", "city"} & changes.keys():
            booking.calendar_sequence += 1
        booking.save(update_fields=[*changes, "calendar_sequence", "updated_at"])
    return booking
