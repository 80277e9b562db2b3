"""Which bookings are reviewed, and which reviews count. Pure."""

from datetime import datetime

from apps.bookings.models import BookingStatus

REVIEWABLE = (BookingStatus.COMPLETED, BookingStatus.NO_SHOW)


def counts(*, was_paid: bool, ends_at: datetime | None, now: datetime) -> bool:
    """Return whether a review counts in ratings and figures: the booking was paid, and its time is over."""
    return was_paid and ends_at is not None and now >= ends_at
