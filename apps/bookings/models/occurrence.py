"""The later bookings of a recurring draft, before they are bookings of their own."""

from django.db import models

from apps.bookings.models.booking import Booking
from apps.slots.models import Reservation


class Occurrence(models.Model):
    """One booking of a series beside the first: asked for with its draft, at the draft's time of day then.

    While the draft is open it holds its reservation, which ends when the draft's does; once the series is
    firm the reservation is that of its booking, and the row stays to say what was asked for and what came of
    it.
    """

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="occurrences")
    date = models.DateField(help_text="Local date.")
    time = models.TimeField(help_text="Local time.")
    is_available = models.BooleanField(help_text="It was free when it was last asked for.")
    reservation = models.OneToOneField(
        Reservation, on_delete=models.SET_NULL, null=True, related_name="occurrence", editable=False
    )

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "date"], name="occurrence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.booking_id} on {self.date}"
