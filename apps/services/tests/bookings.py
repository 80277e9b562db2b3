"""Bookings as this app's tests need them: rows that stand in a deletion's way."""

from datetime import datetime

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.localtime import local
from apps.services.models import Service, StaffMember


def booking_of(
    service: Service, member: StaffMember, customer: User, starts_at: datetime, status: str = "confirmed"
) -> Booking:
    """Return a booking that starts at an instant, and takes no time."""
    return Booking.objects.create(
        reference=f"SB-{Booking.objects.count()}",
        customer=customer,
        service=service,
        provider=service.provider,
        staff=member,
        booking_date=local(starts_at).date(),
        booking_time=local(starts_at).time(),
        starts_at=starts_at,
        ends_at=starts_at,
        status=status,
    )
