"""What a person is told."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from apps.bookings.models import Booking
from apps.notifications.kinds import Audience, Kind


class Notification(models.Model):
    """One message to one person about one event. The words are made when it is read or sent.

    `key` follows from recipient, kind and event, so that an event that is told again makes no second row, and
    what belongs to a row can be written with it, unread. `context` holds times, amounts in rupees and ids:
    nothing secret, no address, no phone.
    """

    key = models.UUIDField(unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    audience = models.CharField(max_length=8, choices=Audience.choices)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    context = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_of_recipient"),
            models.Index(
                fields=["recipient"], name="notification_unread", condition=models.Q(read_at__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="notification_kind_known"),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="notification_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NotificationSnapshot(models.Model):
    """One of several bookings of a series that one message tells of."""

    notification = models.ForeignKey(
        Notification, to_field="key", on_delete=models.CASCADE, related_name="snapshots"
    )
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    from_starts_at = models.DateTimeField(null=True, help_text="Of one that was moved.")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["notification", "booking"], name="notification_snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"booking {self.pk}"
