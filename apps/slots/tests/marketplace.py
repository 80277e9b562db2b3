"""A small marketplace that lives through random days, and checks itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.test import override_settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.localtime import local
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import ServiceFactory
from apps.slots.actions import reservation_take, slot_override_create, slot_override_remove
from apps.slots.models import BookingSlot, Reservation, TimeOff, WorkingHours
from apps.slots.selectors import Wish, available_slots, rules_of
from apps.slots.tests import strategies
from apps.slots.tests.oracle import MINUTE

Result = TypeVar("Result")


def attempted(action: Callable[[], Result]) -> Result | str:
    """Return what the action returns, or the code of its refusal."""
    try:
        return action()
    except DomainError as refusal:
        return refusal.code


@dataclass
class Marketplace:
    """One provider's services and members on one day, and the reservations that customers remember."""

    day: date
    now: datetime
    services: Sequence[Service]
    members: list[StaffMember]
    reservations: list[Reservation] = field(default_factory=list)

    def shown(self, service: Service, wish: Wish, current: Reservation | None) -> dict[datetime, int]:
        """Return how many seats the page shows by start."""
        without = [current.pk] if current else []
        slots = available_slots(rules_of(service), self.day, wish=wish, now=self.now, without=without)
        return {slot.starts_at: slot.remaining for slot in slots if slot.is_available}

    def take(
        self,
        service: Service,
        start: datetime,
        wish: Wish,
        *,
        minutes: int | None = None,
        current: Reservation | None = None,
    ) -> Reservation | None:
        """Take a start as a customer would; check that it succeeds exactly where it was shown."""
        is_shown = start in self.shown(service, wish, current)
        wall = local(start)
        reservation = attempted(
            lambda: reservation_take(
                service=service,
                day=wall.date(),
                at=wall.time(),
                wish=wish,
                expires_at=self.now + minutes * MINUTE if minutes is not None else None,
                now=self.now,
                current=current,
            )
        )
        if isinstance(reservation, str):
            assert reservation == "slot_unavailable"
            assert not is_shown, f"{wall} was shown, and refused"
            return None
        assert is_shown, f"{wall} was not shown, and taken"
        if current is None:
            self.reservations.append(reservation)
        return reservation

    def depart(self, service: Service, member: StaffMember, start: datetime, **options: Any) -> None:
        """Let a slot depart from the schedule, if it doesn't yet and its bookings leave room."""
        same = BookingSlot.objects.filter(service=service, staff=member, starts_at=start)
        if not same.filter(is_override=True).exists():
            made = attempted(
                lambda: slot_override_create(
                    service=service, staff=member, starts_at=start, now=self.now, **options
                )
            )
            assert made == "in_use" or isinstance(made, BookingSlot)

    def undo_override(self) -> None:
        """Let the schedule rule again somewhere, unless bookings forbid it."""
        slot = BookingSlot.objects.filter(is_override=True).first()
        if slot:
            assert attempted(lambda: slot_override_remove(slot=slot, now=self.now)) in (None, "in_use")

    def check(self) -> None:
        """No member is in two places, and no slot has more people than seats."""
        live = Reservation.objects.live(self.now).select_related("slot__service")
        by_slot: dict[int, int] = {}
        for reservation in live:
            by_slot[reservation.slot_id] = by_slot.get(reservation.slot_id, 0) + 1
            assert by_slot[reservation.slot_id] <= reservation.slot.seats
        for one, other in combinations(live, 2):
            if one.staff_id == other.staff_id and one.slot_id != other.slot_id:
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


@contextmanager
def opened(draw: Any, provider: User) -> Iterator[Marketplace]:
    """Draw a schedule into the database, and undo all of it afterwards."""
    zone, day = draw(strategies.places)
    with override_settings(TIME_ZONE=zone.key), transaction.atomic():
        yield schedule_drawn(draw, provider, zone, day)
        transaction.set_rollback(True)


def schedule_drawn(draw: Any, provider: User, zone: ZoneInfo, day: date) -> Marketplace:
    services = [
        ServiceFactory(
            provider=provider,
            duration_minutes=draw(st.sampled_from([20, 45, 60, 120, 420])),
            buffer_before_minutes=draw(st.sampled_from([0, 0, 15])),
            buffer_after_minutes=draw(st.sampled_from([0, 0, 10, 60])),
            max_bookings=draw(st.integers(1, 3)),
            min_notice_minutes=draw(st.sampled_from([0, 0, 90])),
        )
        for _ in range(2)
    ]
    starts = strategies.moments(zone, day)
    members = []
    for _ in range(draw(st.integers(1, 3))):
        gender = draw(st.sampled_from(["", "male", "female"]))
        member = StaffMember.objects.create(provider=provider, full_name="Member", gender=gender)
        member.services.set(draw(st.sampled_from([services, services, services[:1]])))
        for opens, closes in draw(strategies.hours()):
            WorkingHours.objects.create(
                staff=member, weekday=day.weekday(), start_time=opens, end_time=closes
            )
        members.append(member)
    for start in draw(st.lists(starts, max_size=1)):
        member = draw(st.sampled_from([None, *members]))
        TimeOff.objects.create(provider=provider, staff=member, starts_at=start, ends_at=start + 90 * MINUTE)
    now = draw(starts) - draw(st.integers(0, 1)) * timedelta(days=1)
    return Marketplace(day, now, services, members)
