"""What a series that is paid online owes its first payment."""

from datetime import datetime, timedelta

from django.conf import settings

from apps.bookings.locked import LockedBooking
from apps.bookings.models import PAID_LATER, Booking, BookingStatus
from apps.bookings.selectors import paid_in_series


def series_end_credit(*, booking: LockedBooking, now: datetime) -> None:
    """Let what is unpaid of a series wait a day, as any request, once nothing of it is paid any more.

    Its first payment vouched for the later ones. Whoever takes it back keeps no calendar filled with them.
    The rows of the whole series are locked.
    """
    if booking.series_id is None or booking.paid_when in PAID_LATER:
        return
    if paid_in_series(booking.series_id).exists():
        return
    deadline = now + timedelta(hours=settings.PROVIDER_RESPONSE_HOURS)
    waiting = Booking.objects.filter(series=booking.series_id, status=BookingStatus.PENDING)
    waiting.filter(expires_at__gt=deadline).update(expires_at=deadline, updated_at=now)
