"""Who may object to a no-show, and until when its money waits. Pure."""

from datetime import datetime, timedelta

from apps.bookings.models import BookingStatus

# Until then nobody is owed the money of a no-show, and its customer may say that they were there.
OBJECTION = timedelta(hours=72)


def may_dispute(status: str, no_show_at: datetime | None, *, is_disputed: bool, now: datetime) -> bool:
    """Return whether the customer of a booking may object now: once, for 72 hours."""
    if status != BookingStatus.NO_SHOW or no_show_at is None or is_disputed:
        return False
    return now < no_show_at + OBJECTION
