"""What a person wants to hear."""

from django.conf import settings
from django.db import models


class NotificationPreference(models.Model):
    """What somebody switched off. Who has no row gets everything; the API lists it all the same."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="notification_preference",
    )
    email_bookings = models.BooleanField(default=True)
    email_payments = models.BooleanField(default=True)
    email_reminders = models.BooleanField(default=True)
    email_reviews = models.BooleanField(default=True)
    sms = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"preferences of user {self.pk}"
