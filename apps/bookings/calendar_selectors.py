"""Reads for calendars: whose an address is, and what stands in it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from apps.accounts.backends import may_log_in
from apps.accounts.models import Role, User
from apps.bookings.models import Booking, BookingStep, CalendarFeed
from apps.common.encryption import keyed_hash

# What lies further back only makes the file long.
DAYS_BACK = 90
ROLES_WITH_APPOINTMENTS = (Role.CUSTOMER, Role.PROVIDER)


def calendar_owner(secret: str) -> User | None:
    """Return whose address has this secret, or None. One query by a hash, whatever the secret is."""
    feed = CalendarFeed.objects.filter(secret_hash=keyed_hash(secret)).select_related("user").first()
    if feed is None or not may_log_in(feed.user) or feed.user.role not in ROLES_WITH_APPOINTMENTS:
        return None
    return feed.user


def calendar_feed_of(user: User) -> CalendarFeed | None:
    """Return a user's address without its secret, which nobody knows but he."""
    return CalendarFeed.objects.filter(user=user).first()


def appointments_of(user: User, *, now: datetime) -> QuerySet[Booking]:
    """Return what stands in a user's calendar, by time: his own visits, or those of his services."""
    appointments = Booking.objects.filter(
        booking_step=BookingStep.COMPLETED, starts_at__gte=now - timedelta(days=DAYS_BACK)
    )
    own = {"provider": user} if user.role == Role.PROVIDER else {"customer": user}
    return (
        appointments.filter(**own).select_related("service", "staff", "customer").order_by("starts_at", "id")
    )
