"""Reads: whose messages are whose, and what waits to be sent."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from apps.accounts.models import User
from apps.notifications.kinds import Audience
from apps.notifications.models import Channel, Delivery, DeliveryState, Notification, NotificationPreference
from apps.notifications.people import SEES_PAYMENTS

# With these rendering takes no query.
TOLD_WITH = tuple(f"booking__{part}" for part in ("service", "provider", "customer", "staff", "city"))


def notifications_of(user: User) -> QuerySet[Notification]:
    """Return somebody's messages, newest first."""
    told = readable_by(user).select_related("booking", *TOLD_WITH)
    return told.prefetch_related("snapshots__booking")


def readable_by(user: User) -> QuerySet[Notification]:
    """Return what somebody was told, but of the desk's only what they may still look at."""
    told = Notification.objects.filter(recipient=user)
    return told if user.may(SEES_PAYMENTS) else told.exclude(audience=Audience.ADMIN)


def notification_for(user: User, notification_id: int) -> Notification:
    """Return a message of the user's own. Raises Http404."""
    notification = notifications_of(user).filter(pk=notification_id).first()
    if notification is None:
        raise Http404
    return notification


def unread_count(user: User) -> int:
    return readable_by(user).filter(read_at=None).count()


def preferences_of(user: User) -> NotificationPreference:
    """Return what somebody wants to hear: everything, for who has never chosen. Not saved by this."""
    chosen = NotificationPreference.objects.filter(user=user).first()
    return chosen or NotificationPreference(user=user)


def deliveries_waiting(channel: Channel) -> QuerySet[Delivery]:
    """Return what is to be sent through a channel, in the order in which it is due."""
    waiting = Delivery.objects.filter(channel=channel, state=DeliveryState.PENDING)
    return waiting.order_by("try_again_at", "id")


def deliveries_due(channel: Channel, *, now: datetime) -> QuerySet[Delivery]:
    return deliveries_waiting(channel).filter(try_again_at__lte=now)


def untried_since(started: datetime) -> Q:
    """What a pass that tries everything at once has not tried yet."""
    return Q(tried_at=None) | Q(tried_at__lt=started)


def delivery_to_send(delivery_id: int) -> Delivery:
    """Return a delivery with all that its words need."""
    notification = [f"notification__{part}" for part in ("recipient", "booking", *TOLD_WITH)]
    rows = Delivery.objects.select_related(*notification)
    return rows.prefetch_related("notification__snapshots__booking").get(pk=delivery_id)
