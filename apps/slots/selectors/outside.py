"""What a change of the schedule leaves outside it: bookings, and holds of those who are still choosing.

They stay; the provider is told. Slots stand below bookings, so what a booking is called comes by relation
names alone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.db.models import Q, QuerySet

from apps.common.localtime import marketplace_zone
from apps.services.models import StaffMember
from apps.slots.availability import Period, lies_within
from apps.slots.models import Reservation
from apps.slots.selectors.schedules import weekly_hours

COLUMNS = ("booking__id", "booking__reference", "booking__starts_at", "booking__ends_at")


class MadeBooking(TypedDict):
    id: int
    reference: str
    starts_at: datetime
    ends_at: datetime


class LiveHold(TypedDict):
    """A time that somebody holds. Who it is, is nobody's business before there is a booking."""

    starts_at: datetime
    ends_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside, soonest first."""

    bookings: list[MadeBooking]
    holds: list[LiveHold]


def outside_hours(member: StaffMember, *, now: datetime) -> Outside:
    """Return a member's bookings and live holds ahead that lie outside their hours.

    One that was made at a slot opened outside the hours belongs there.
    """
    hours, zone = weekly_hours(member), marketplace_zone()
    opened = Q(slot__is_override=True, slot__is_available=True)
    ahead = Reservation.objects.filter(staff=member, slot_starts_at__gt=now).exclude(opened)
    return _outside(ahead, lambda period: not lies_within(hours, period, zone), now=now)


def within(members: Iterable[int], period: Period, *, now: datetime) -> Outside:
    """Return the members' bookings and live holds ahead that overlap a period."""
    reservations = Reservation.objects.filter(
        staff__in=members, slot_starts_at__gt=now, starts_at__lt=period.ends_at, ends_at__gt=period.starts_at
    )
    # Reservations reach further than bookings by their buffers, which may lie in time off.
    return _outside(reservations, period.overlaps, now=now)


def _outside(
    reservations: QuerySet[Reservation], is_outside: Callable[[Period], bool], *, now: datetime
) -> Outside:
    ordered = reservations.order_by("slot_starts_at", "id")
    firm: Iterable[tuple[Any, ...]] = ordered.filter(expires_at=None, booking__isnull=False).values_list(
        *COLUMNS
    )
    held: Iterable[tuple[Any, ...]] = ordered.filter(expires_at__gt=now).values_list(
        "slot_starts_at", "slot_ends_at", "expires_at"
    )
    return Outside(
        bookings=[
            MadeBooking(id=pk, reference=reference, starts_at=starts_at, ends_at=ends_at)
            for pk, reference, starts_at, ends_at in firm
            if is_outside(Period(starts_at, ends_at))
        ],
        holds=[
            LiveHold(starts_at=starts_at, ends_at=ends_at, expires_at=expires_at)
            for starts_at, ends_at, expires_at in held
            if is_outside(Period(starts_at, ends_at))
        ],
    )
