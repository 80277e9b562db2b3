"""What a message looks like in the list, and what may be switched off."""

from typing import Any

from rest_framework import serializers

from apps.common.localtime import local_iso
from apps.notifications.kinds import Kind
from apps.notifications.models import Notification, NotificationPreference
from apps.notifications.rendering import rendered


class NotificationSerializer(serializers.Serializer):
    """A message, in the language of who reads it."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    booking = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, instance: Notification) -> dict[str, Any]:
        message = rendered(instance, self.context["request"].user.language)
        return {
            "id": instance.pk,
            "kind": instance.kind,
            "title": message.subject,
            "text": message.text,
            "booking": instance.booking_id,
            "created_at": local_iso(instance.created_at),
            "read_at": local_iso(instance.read_at) if instance.read_at else None,
        }


class UnreadCountSerializer(serializers.Serializer):
    unread_count = serializers.IntegerField()


class PreferencesSerializer(serializers.ModelSerializer[NotificationPreference]):
    """What is sent. Of payments, refunds and bookings that won't take place a mail goes all the same."""

    class Meta:
        model = NotificationPreference
        fields = ["email_bookings", "email_payments", "email_reminders", "email_reviews", "sms"]
