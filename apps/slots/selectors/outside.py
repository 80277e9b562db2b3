"""Bookings that a change of the schedule leaves outside it. They stay; the provider is told.

Slots stand below bookings, so what a booking is called comes by relation names alone.
"""

from collections.abc import Iterable
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


def bookings_outside_hours(member: StaffMember, *, now: datetime) -> list[MadeBooking]:
    """Return a member's bookings ahead that lie outside his hours, soonest first.

    One that was made at a slot opened outside the hours belongs there.
    """
    hours, zone = weekly_hours(member), marketplace_zone()
    opened = Q(slot__is_departure=True, slot__is_available=True)
    ahead = _bookings(Reservation.objects.filter(staff=member, slot_starts_at__gt=now).exclude(opened))
    return [
        booking
        for booking in ahead
        if not lies_within(hours, Period(booking["starts_at"], booking["ends_at"]), zone)
    ]


def bookings_within(members: Iterable[int], period: Period, *, now: datetime) -> list[MadeBooking]:
    """Return the members' bookings ahead that overlap a period, soonest first."""
    claims = Reservation.objects.filter(
        staff__in=members, slot_starts_at__gt=now, starts_at__lt=period.ends_at, ends_at__gt=period.starts_at
    )
    # Claims reach further than bookings by their buffers, which may lie in time off.
    return [
        booking
        for booking in _bookings(claims)
        if period.overlaps(Period(booking["starts_at"], booking["ends_at"]))
    ]


def _bookings(claims: QuerySet[Reservation]) -> list[MadeBooking]:
    firm = claims.filter(expires_at=None, booking__isnull=False).order_by("slot_starts_at", "id")
    rows: Iterable[tuple[Any, ...]] = firm.values_list(*COLUMNS)
    return [
        MadeBooking(id=pk, reference=reference, starts_at=starts_at, ends_at=ends_at)
        for pk, reference, starts_at, ends_at in rows
    ]
