"""Schedules and reservations for tests."""

from datetime import date, datetime, time
from typing import Any

import factory
from django.utils import timezone

from apps.common.localtime import instant, marketplace_zone
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import ServiceFactory, StaffFactory
from apps.slots.actions import reservation_take, slot_override_create
from apps.slots.models import BookingSlot, Reservation, TimeOff, WorkingHours
from apps.slots.selectors import Wish

EVERY_DAY = range(7)
ANYBODY = Wish()


def works(
    member: StaffMember, opens: str = "10:00", closes: str = "17:00", weekdays: Any = EVERY_DAY
) -> StaffMember:
    """Give a member working hours, and return them."""
    WorkingHours.objects.bulk_create(
        WorkingHours(
            staff=member,
            weekday=weekday,
            start_time=time.fromisoformat(opens),
            end_time=time.fromisoformat(closes),
        )
        for weekday in weekdays
    )
    return member


class BookableServiceFactory(ServiceFactory):
    """A one-hour service with `members` people (one unless told), who work 10 to 17 every day."""

    @factory.post_generation
    def members(self: Service, create: bool, extracted: Any, **kwargs: Any) -> None:
        for _ in range(1 if extracted is None else extracted):
            works(StaffFactory(provider=self.provider)).services.add(self)


def at(moment: str) -> datetime:
    """Return the instant of a local `2026-12-02 10:00`."""
    day, clock = moment.split()
    return instant(date.fromisoformat(day), time.fromisoformat(clock), marketplace_zone())


def taken(
    service: Service,
    moment: str,
    *,
    wish: Wish = ANYBODY,
    until: datetime | None = None,
    now: datetime | None = None,
    current: Reservation | None = None,
    at_any_notice: bool = False,
) -> Reservation:
    """Take a local `2026-12-02 10:00`, firmly or until an instant."""
    day, clock = moment.split()
    return reservation_take(
        service=service,
        day=date.fromisoformat(day),
        at=time.fromisoformat(clock),
        wish=wish,
        expires_at=until,
        now=now or timezone.now(),
        current=current,
        at_any_notice=at_any_notice,
    )


def departs(
    service: Service,
    staff: StaffMember,
    start: str,
    end: str,
    *,
    is_available: bool = True,
    seats: Any = None,
) -> BookingSlot:
    """Let a slot from a local start to a local end depart from the schedule."""
    return slot_override_create(
        service=service,
        staff=staff,
        starts_at=at(start),
        ends_at=at(end),
        is_available=is_available,
        max_bookings=seats,
        now=timezone.now(),
    )


def off(member: StaffMember, start: str, end: str, *, everybody: bool = False) -> TimeOff:
    """Close a local period of a member, or of all their provider's."""
    return TimeOff.objects.create(
        provider=member.provider,
        staff=None if everybody else member,
        starts_at=at(start),
        ends_at=at(end),
    )
