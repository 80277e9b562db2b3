"""Messages for tests, of every kind, and what they are about."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.notifications.kinds import Audience, Kind
from apps.notifications.models import Channel, Delivery, Notification, NotificationSnapshot

# Wednesday, 9 December 2026, 10:00 in Kathmandu: 23 Mangsir 2083.
STARTS_AT = datetime(2026, 12, 9, 4, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
CONTEXT: dict[str, Any] = {
    "starts_at": STARTS_AT.isoformat(),
    "ends_at": (STARTS_AT + HOUR).isoformat(),
    "payment": 7,
    "amount": "123456.00",
    "method": "Khalti",
    "until": (STARTS_AT - HOUR).isoformat(),
    "occurrences": [["2026-12-16", "10:00:00"], ["2026-12-23", "10:00:00"]],
}


def told(
    person: User,
    booking: Booking,
    kind: str = Kind.BOOKING_CONFIRMED,
    *,
    audience: str = Audience.CUSTOMER,
    bookings: int = 0,
    **columns: Any,
) -> Notification:
    """Return a message, with so many bookings of a series."""
    context = {**CONTEXT, **columns.pop("context", {})}
    notification = Notification.objects.create(
        key=uuid4(),
        recipient=person,
        audience=audience,
        kind=kind,
        booking=booking,
        context=context,
        **columns,
    )
    for week in range(bookings):
        starts_at = STARTS_AT + timedelta(weeks=week)
        NotificationSnapshot.objects.create(
            notification=notification,
            booking=booking if week == 0 else _another(booking),
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
        )
    return notification


def _another(booking: Booking) -> Booking:
    """Return a copy of a booking, without its reservation."""
    copy = Booking.objects.get(pk=booking.pk)
    copy.pk, copy.reservation, copy.reference = None, None, f"SB-{uuid4().hex[:10]}"
    copy.save(force_insert=True)
    return copy


def waiting(notification: Notification, channel: str = Channel.EMAIL, **columns: Any) -> Delivery:
    """Return a delivery of a message that waits in the outbox."""
    message_id = f"<{notification.key.hex}@sewabazaar.test>"
    return Delivery.objects.create(
        notification=notification, channel=channel, message_id=message_id, **columns
    )
