"""One module a subject; import from here."""

from apps.notifications.models.delivery import Channel, Delivery, DeliveryState
from apps.notifications.models.notification import Notification, NotificationSnapshot
from apps.notifications.models.preference import NotificationPreference

__all__ = [
    "Channel",
    "Delivery",
    "DeliveryState",
    "Notification",
    "NotificationPreference",
    "NotificationSnapshot",
]
