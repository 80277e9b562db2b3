"""Bookings that recur."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class RecurringFrequency(models.TextChoices):
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"


class OnConflict(models.TextChoices):
    """What becomes of a series of which some time is taken."""

    SKIP = "skip"
    FAIL = "fail"


class Scope(models.TextChoices):
    """How much of a series a change is about: one booking, or this and all later ones."""

    ONE = "one"
    FOLLOWING = "following"


class BookingSeries(models.Model):
    """Bookings that were made together as one recurring booking."""

    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="booking_series"
    )
    frequency = models.CharField(max_length=10, choices=RecurringFrequency.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "booking series"

    def __str__(self) -> str:
        return f"series {self.pk}"
