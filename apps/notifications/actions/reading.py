"""What somebody does with their own messages."""

from datetime import datetime

from apps.accounts.models import User
from apps.notifications.models import Notification, NotificationPreference
from apps.notifications.selectors import preferences_of, readable_by


def notification_read(*, notification: Notification, now: datetime) -> None:
    """Note that it was read; the first time counts."""
    if notification.read_at is None:
        Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=now)
        notification.refresh_from_db(fields=["read_at"])


def notifications_read_all(*, user: User, now: datetime) -> int:
    """Note that all of them were read; return how many were not before."""
    return readable_by(user).filter(read_at=None).update(read_at=now)


def preferences_change(*, user: User, changes: dict[str, bool]) -> NotificationPreference:
    """Keep what somebody wants to hear, and return all of it."""
    if changes:
        NotificationPreference.objects.update_or_create(user=user, defaults=changes)
    return preferences_of(user)
