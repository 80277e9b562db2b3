"""Whether a message is still worth sending, and wanted. Pure."""

from datetime import datetime

from apps.bookings.models import Booking, BookingStatus
from apps.notifications.kinds import REMINDERS, RULES
from apps.notifications.models import Channel, Notification, NotificationPreference
from apps.notifications.snapshots import booking_snapshots


def reason_to_skip(
    notification: Notification, channel: str, preferences: NotificationPreference, *, now: datetime
) -> str:
    """Return why a message is not sent by this channel, or nothing."""
    recipient, rule = notification.recipient, RULES[notification.kind]
    if not recipient.is_active:
        return "the account is closed"
    if channel == Channel.EMAIL and not recipient.email_verified:
        return "the e-mail is not confirmed"
    if channel == Channel.SMS:
        if not preferences.sms:
            return "switched off"
        if not recipient.phone:
            return "no phone"
        if not recipient.phone_verified:
            return "the phone is not confirmed"
    elif not rule.is_essential and not getattr(preferences, f"email_{rule.group}"):
        return "switched off"
    if notification.kind in REMINDERS and not _still_ahead(notification, now=now):
        return "the booking is not ahead any more"
    return ""


def _still_ahead(notification: Notification, *, now: datetime) -> bool:
    """A reminder may wait for its mail server while the booking begins, moves or is cancelled."""
    (snapshot,) = booking_snapshots(notification)
    booking: Booking = snapshot.booking
    is_same = booking.starts_at == snapshot.starts_at and booking.status == BookingStatus.CONFIRMED
    return is_same and snapshot.starts_at > now
