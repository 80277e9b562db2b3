"""The bookings that a message tells of, as they were when it was written."""

from dataclasses import dataclass
from datetime import datetime

from apps.bookings.models import Booking
from apps.notifications.models import Notification


@dataclass(frozen=True, slots=True)
class BookingSnapshot:
    booking: Booking
    starts_at: datetime
    ends_at: datetime
    from_starts_at: datetime | None = None


def booking_snapshots(notification: Notification) -> list[BookingSnapshot]:
    """Return them by time: those of a series that were moved together, else the booking's one, if any."""
    together = [
        BookingSnapshot(row.booking, row.starts_at, row.ends_at, row.from_starts_at)
        for row in notification.snapshots.all()
    ]
    if together:
        return together
    booking, context = notification.booking, notification.context
    if booking is None or "starts_at" not in context:
        return []
    moved_from = context.get("from_starts_at")
    return [
        BookingSnapshot(
            booking,
            datetime.fromisoformat(context["starts_at"]),
            datetime.fromisoformat(context["ends_at"]),
            datetime.fromisoformat(moved_from) if moved_from else None,
        )
    ]
