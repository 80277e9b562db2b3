"""Moves of a booking, written once."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.bookings.models.booking import Booking
from apps.common.model_fields import LineField
from apps.common.models import AppendOnlyModel


class BookingEvent(AppendOnlyModel):
    """One move of a booking. `actor` empty: the system did it."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="events")
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reason = LineField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.from_status or 'new'} to {self.to_status}"
