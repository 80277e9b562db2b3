"""Reads for calendars: whose an address is, and what stands in it."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, F, QuerySet, When

from apps.accounts.backends import may_log_in
from apps.accounts.models import Role, User
from apps.bookings.models import Booking, BookingStep, CalendarFeed
from apps.common.encryption import keyed_hash

# What lies further back only makes the file long.
DAYS_BACK = 90
# The nearest in time, so that no file grows beyond what calendars read.
MOST_APPOINTMENTS = 2_000
# Its ETag follows from these: what is shown beside them could change unseen.
SHOWN_IN_FEED = (
    "reference",
    "status",
    "calendar_sequence",
    "starts_at",
    "ends_at",
    "created_at",
    "updated_at",
    "service__title",
    "staff__full_name",
    "customer__full_name",
)
ROLES_WITH_APPOINTMENTS = (Role.CUSTOMER, Role.PROVIDER)


def calendar_owner(secret: str) -> User | None:
    """Return whose address has this secret, or None. One query by a hash, whatever the secret is."""
    feed = CalendarFeed.objects.filter(secret_hash=keyed_hash(secret)).select_related("user").first()
    if feed is None or not may_log_in(feed.user) or feed.user.role not in ROLES_WITH_APPOINTMENTS:
        return None
    return feed.user


def calendar_feed_of(user: User) -> CalendarFeed | None:
    """Return a user's address without its secret, which nobody knows but they."""
    return CalendarFeed.objects.filter(user=user).first()


def appointments_of(user: User, *, now: datetime) -> QuerySet[Booking]:
    """Return what stands in a user's calendar: their own bookings, or those of their services.

    The coming ones first, soonest first, then the past ones, latest first; `MOST_APPOINTMENTS` in all.
    """
    appointments = Booking.objects.filter(
        booking_step=BookingStep.COMPLETED, starts_at__gte=now - timedelta(days=DAYS_BACK)
    )
    own = {"provider": user} if user.role == Role.PROVIDER else {"customer": user}
    is_past = Case(When(starts_at__lt=now, then=1), default=0)
    if_coming = Case(When(starts_at__gte=now, then=F("starts_at")))
    nearest = appointments.filter(**own).order_by(is_past, if_coming, "-starts_at", "id")
    return nearest.select_related("service", "staff", "customer")[:MOST_APPOINTMENTS]


def facts_of_appointments(appointments: QuerySet[Booking]) -> list[tuple[Any, ...]]:
    """Return all that a feed shows of its appointments, without making a feed of it."""
    return list(appointments.values_list(*SHOWN_IN_FEED))
