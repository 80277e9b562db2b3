"""How many messages about bookings reach one person, so that nobody can be buried in them.

What money is about is not held back, nor what admins are told.
"""

from datetime import datetime, timedelta
from typing import Final, Literal

from django.db.models import QuerySet

from apps.notifications.kinds import RULES, Audience, Group, Kind
from apps.notifications.models import Delivery, DeliveryState

WINDOW = timedelta(hours=1)
MOST_OF_A_BOOKING = 5
MOST_TO_A_PERSON = 30
BOUNDED = [kind for kind, rule in RULES.items() if rule.group == Group.BOOKINGS]
MERGED: Final = "merged"


def pause_before(delivery: Delivery, *, now: datetime) -> datetime | Literal["merged"] | None:
    """Return None to send it now, `MERGED` where a newer one that waits tells of it, or when to try again.

    Of several moves of a booking that wait only the last is news; other messages are merged where the window
    is full. Parts of a series are told together, and never merged.
    """
    notification = delivery.notification
    if notification.kind not in BOUNDED or notification.audience == Audience.ADMIN:
        return None
    alike = _alike(delivery)
    newer = alike.filter(state=DeliveryState.PENDING, notification__booking=notification.booking_id)
    newer = newer.filter(pk__gt=delivery.pk)
    is_alone = not notification.snapshots.exists()
    was_moved = notification.kind == Kind.BOOKING_RESCHEDULED
    if is_alone and was_moved and newer.filter(notification__kind=Kind.BOOKING_RESCHEDULED).exists():
        return MERGED
    sent = alike.filter(state=DeliveryState.SENT, sent_at__gt=now - WINDOW).order_by("-sent_at")
    full = _full(sent.filter(notification__booking=notification.booking_id), MOST_OF_A_BOOKING)
    full = full or _full(sent, MOST_TO_A_PERSON)
    if full is None:
        return None
    return MERGED if is_alone and newer.exists() else full + WINDOW


def _alike(delivery: Delivery) -> "QuerySet[Delivery]":
    notification = delivery.notification
    return Delivery.objects.filter(
        channel=delivery.channel,
        notification__recipient=notification.recipient_id,
        notification__kind__in=BOUNDED,
    )


def _full(sent: "QuerySet[Delivery]", most: int) -> datetime | None:
    """Return when the first of the last `most` left, None where fewer did."""
    times = list(sent.values_list("sent_at", flat=True)[:most])
    return times[-1] if len(times) == most else None
