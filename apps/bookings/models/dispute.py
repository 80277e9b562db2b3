"""Objections of customers who are said not to have been there."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.bookings.models.booking import Booking
from apps.common.model_fields import LineField


class DisputeDecision(models.TextChoices):
    """In whose favour: the customer gets all back, or the provider is owed the money."""

    CUSTOMER = "customer"
    PROVIDER = "provider"


class Dispute(models.Model):
    """A customer's objection to a no-show, and what an admin decided of it. One a booking."""

    booking = models.OneToOneField(Booking, on_delete=models.PROTECT, related_name="dispute")
    reason = LineField(max_length=500)
    opened_at = models.DateTimeField(default=timezone.now)
    decision = models.CharField(max_length=8, choices=DisputeDecision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = LineField(max_length=500, blank=True, help_text="Why: customer and provider read it.")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["opened_at"], name="dispute_open", condition=models.Q(decided_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at__isnull=True)
                | models.Q(decision__in=DisputeDecision.values, decided_at__isnull=False),
                name="dispute_decided_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"dispute {self.pk}"
