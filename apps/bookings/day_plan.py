"""A provider's day: who goes where and when, what is free in between, and what to collect in cash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from apps.accounts.models import User
from apps.bookings.models import ZERO, Booking, BookingStatus
from apps.bookings.selectors import PAID
from apps.bookings.states import REACHABLE
from apps.services.models import StaffMember

# What takes place, or may: a request counts until its provider has said no.
ON_THE_PLAN = (
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_PROGRESS,
    BookingStatus.COMPLETED,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One booking, and how long its member is free before it."""

    booking: Booking
    to_collect: Decimal
    free_since: datetime | None
    free_for: timedelta

    @property
    def phone(self) -> str:
        """Whom to call, once the provider has agreed to come."""
        return self.booking.phone if self.booking.status in REACHABLE else ""


@dataclass(frozen=True, slots=True)
class MembersDay:
    member: StaffMember
    lines: list[Line]

    @property
    def to_collect(self) -> Decimal:
        return sum((line.to_collect for line in self.lines), ZERO)


def bookings_of_day(provider: User, day: date) -> list[Booking]:
    """Return a provider's bookings of a local day, by member and time. One query."""
    bookings = Booking.objects.filter(provider=provider, booking_date=day, status__in=ON_THE_PLAN)
    return list(
        bookings.exclude(staff=None)
        .select_related("customer", "service", "staff", "city")
        .order_by("staff__full_name", "staff_id", "starts_at", "id")
    )


def day_plan(bookings: Iterable[Booking]) -> list[MembersDay]:
    """Return each member's day, of bookings in that order. Pure."""
    return [
        MembersDay(member, _lines(bookings))
        for member, bookings in groupby(bookings, key=lambda booking: booking.staff)
        if member is not None
    ]


def to_collect(booking: Booking) -> Decimal:
    """Return the rupees that are still to be taken in cash at a booking. Pure."""
    is_due = booking.payment_method == "cash" and booking.payment_status not in PAID
    return booking.total_amount if is_due and booking.status != BookingStatus.COMPLETED else ZERO


def _lines(bookings: Iterable[Booking]) -> list[Line]:
    lines: list[Line] = []
    busy_until: datetime | None = None
    for booking in bookings:
        starts_at, ends_at = booking.starts_at, booking.ends_at
        if starts_at is None or ends_at is None:
            continue
        is_free = busy_until is not None and starts_at > busy_until
        free_for = starts_at - busy_until if is_free and busy_until else timedelta(0)
        lines.append(Line(booking, to_collect(booking), busy_until if is_free else None, free_for))
        busy_until = max(ends_at, busy_until or ends_at)
    return lines
