"""Writing down what people are to be told. Inside the transaction of the event: a few inserts, no reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.notifications.kinds import RULES, Audience
from apps.notifications.models import Channel, Delivery, Notification, NotificationSnapshot
from apps.notifications.sms.registry import sms_backend

EVENTS = UUID("6f1a7f0e-3d0b-4d5c-9a57-1c1d3c9a7e52")


@dataclass(frozen=True, slots=True)
class Message:
    """What there is to tell of a booking. `event` names what happened: the same again is not told again.

    `batch` in its place: the bookings of a series that were moved together, told in one message. `acted_by`
    is who did it; they get no SMS of it.
    """

    kind: str
    booking: Booking
    event: str
    context: Mapping[str, Any] = field(default_factory=dict)
    batch: str | None = None
    from_starts_at: datetime | None = None
    acted_by: User | None = None
    by_sms: bool = True


def notification_record(message: Message, people: Mapping[int, Audience]) -> None:
    """Write a message to each of the people, given by id, and what is to be sent of it."""
    if not people:
        return
    event = f"{message.kind}:{message.batch or message.event}"
    keys = {person: uuid5(EVENTS, f"{person}:{event}") for person in people}
    now = timezone.now()
    context = {**_times(message), **message.context}
    Notification.objects.bulk_create(
        [
            Notification(
                key=keys[person],
                recipient_id=person,
                audience=audience,
                kind=message.kind,
                booking=message.booking,
                context=context,
                created_at=now,
            )
            for person, audience in people.items()
        ],
        ignore_conflicts=True,
    )
    if message.batch:
        _record_bookings(message, list(keys.values()))
    Delivery.objects.bulk_create(
        [
            _delivery(key, channel, now=now)
            for person, key in keys.items()
            for channel in _channels(message, person)
        ],
        ignore_conflicts=True,
    )


def _record_bookings(message: Message, keys: list[UUID]) -> None:
    booking = message.booking
    if booking.starts_at is None or booking.ends_at is None:
        return
    NotificationSnapshot.objects.bulk_create(
        [
            NotificationSnapshot(
                notification_id=key,
                booking=booking,
                starts_at=booking.starts_at,
                ends_at=booking.ends_at,
                from_starts_at=message.from_starts_at,
            )
            for key in keys
        ],
        ignore_conflicts=True,
    )


def _times(message: Message) -> dict[str, str]:
    """The booking's time as it is now: it may move again before this is read."""
    booking = message.booking
    times = {
        "starts_at": booking.starts_at,
        "ends_at": booking.ends_at,
        "from_starts_at": message.from_starts_at,
    }
    return {name: moment.isoformat() for name, moment in times.items() if moment is not None}


def _channels(message: Message, person: int) -> list[Channel]:
    acted = message.acted_by is not None and message.acted_by.pk == person
    has_sms = RULES[message.kind].sms and message.by_sms and not acted
    return [Channel.EMAIL, Channel.SMS] if has_sms and sms_backend() else [Channel.EMAIL]


def _delivery(key: UUID, channel: Channel, *, now: datetime) -> Delivery:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    message_id = f"<{key.hex}@{domain}>" if channel == Channel.EMAIL else ""
    return Delivery(
        notification_id=key, channel=channel, message_id=message_id, next_try_at=now, created_at=now
    )
