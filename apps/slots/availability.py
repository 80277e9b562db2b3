"""Which slots a service has on a day, and which can be taken: pure functions of rules, hours and the clock.

The page that shows slots, the month that counts them and the action that takes one all ask `MemberDays`, so
they can't disagree. Instants are UTC; `zone` is the marketplace's.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from apps.slots.calendar import Calendar
from apps.slots.clock import MIDNIGHT, closing_instant, lies_within
from apps.slots.grid import Grid
from apps.slots.member_days import MemberDays, MemberSlot
from apps.slots.schedule import Hours, Member, ReservationPeriod, Rules, SlotOverride
from apps.slots.timeline import Period

__all__ = [
    "MIDNIGHT",
    "FreeStarts",
    "Hours",
    "Member",
    "MemberSlot",
    "Period",
    "ReservationPeriod",
    "Rules",
    "Slot",
    "SlotOverride",
    "best_member_slot",
    "closing_instant",
    "earliest_start",
    "free_starts",
    "is_bookable_at",
    "lies_within",
    "member_slots_on",
    "slots_at",
    "slots_on",
]
SMALLEST = timedelta.resolution


@dataclass(frozen=True, slots=True)
class Slot:
    """What a customer sees: the slots of all matching members at one start, as one."""

    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    remaining: int
    is_fully_booked: bool

    @property
    def is_available(self) -> bool:
        return self.remaining > 0


@dataclass(frozen=True, slots=True)
class FreeStarts(Collection[datetime]):
    """The starts of a day that can be taken: how many, and which in order."""

    begins_at: datetime
    grid: Grid
    of_grid: int
    apart: frozenset[datetime]

    def __contains__(self, start: object) -> bool:
        return start in list(self)

    def __len__(self) -> int:
        return self.of_grid.bit_count() + len(self.apart)

    def __iter__(self) -> Iterator[datetime]:
        of_grid = (self.begins_at + start for start in self.grid.starts_in(self.of_grid))
        return iter(sorted([*of_grid, *self.apart]))


def slots_on(
    rules: Rules, members: Iterable[Member], day: date, *, now: datetime, zone: tzinfo
) -> list[Slot]:
    """Return the day's slots by start, also those that can't be taken any more."""
    members = list(members)
    calendar = Calendar(rules, members, [day], zone)
    slots = (slot for member in members for slot in MemberDays(calendar, member).slots(0))
    return _by_start(rules, slots, now=now, zone=zone)


def slots_at(
    rules: Rules, members: Sequence[Member], starts: Collection[datetime], *, now: datetime, zone: tzinfo
) -> list[Slot]:
    """Return the slots at these starts alone, as `slots_on` gives them."""
    days = sorted({start.astimezone(zone).date() for start in starts})
    calendar = Calendar(rules, members, days, zone)
    bound = [MemberDays(calendar, member) for member in members]
    slots = (slot for days in bound for start in starts if (slot := days.slot_at(start)) is not None)
    return _by_start(rules, slots, now=now, zone=zone)


def free_starts(
    rules: Rules, members: Sequence[Member], days: Sequence[date], *, now: datetime, zone: tzinfo
) -> dict[date, FreeStarts]:
    """Return for each of these days, which follow one another, the starts that can be taken."""
    calendar = Calendar(rules, members, days, zone)
    of_grid = [0] * len(days)
    apart: list[set[datetime]] = [set() for _ in days]
    for member in members:
        for place, bound in enumerate(MemberDays(calendar, member).days):
            of_grid[place] |= bound.free
            apart[place].update(start for start, slot in bound.apart.items() if slot.remaining > 0)
    earliest, last_day = earliest_start(rules, now), _last_day(rules, now, zone)
    found = {}
    for place, (day, grid) in enumerate(zip(calendar.days, calendar.grids, strict=True)):
        ahead = grid.between(earliest - SMALLEST - day.begins_at, day.ends_at - day.begins_at)
        free = of_grid[place] & ahead if day.date <= last_day else 0
        others = frozenset(
            start
            for start in apart[place]
            if is_bookable_at(rules, start, now=now, zone=zone) and not free & grid.at(start - day.begins_at)
        )
        found[day.date] = FreeStarts(day.begins_at, grid, free, others)
    return found


def best_member_slot(
    rules: Rules,
    members: Sequence[Member],
    starts_at: datetime,
    *,
    now: datetime,
    zone: tzinfo,
    preferred: int | None = None,
) -> MemberSlot | None:
    """Return the slot to take at that start, or None where nobody is free.

    The `preferred` member comes first, then a group that has begun to fill, then the member with the fewest
    bookings that day, then the lowest id.
    """
    if not is_bookable_at(rules, starts_at, now=now, zone=zone):
        return None
    calendar = Calendar(rules, members, [starts_at.astimezone(zone).date()], zone)
    free = [
        (member.id != preferred, slot.taken == 0, _bookings_on(member, calendar), member.id, slot)
        for member in members
        for slot in [MemberDays(calendar, member).slot_at(starts_at)]
        if slot is not None and slot.remaining > 0
    ]
    return min(free, key=lambda ranked: ranked[:4])[4] if free else None


def is_bookable_at(rules: Rules, starts_at: datetime, *, now: datetime, zone: tzinfo) -> bool:
    """Return whether notice and horizon allow that start."""
    return starts_at >= earliest_start(rules, now) and starts_at.astimezone(zone).date() <= _last_day(
        rules, now, zone
    )


def earliest_start(rules: Rules, now: datetime) -> datetime:
    """Return the first instant at which a booking may start: later than now, and after the notice."""
    return now + max(rules.min_notice, SMALLEST)


def _last_day(rules: Rules, now: datetime, zone: tzinfo) -> date:
    return now.astimezone(zone).date() + timedelta(days=rules.max_advance_days)


def member_slots_on(rules: Rules, member: Member, day: date, *, zone: tzinfo) -> Iterator[MemberSlot]:
    """Yield one member's slots of a day, in no particular order."""
    return MemberDays(Calendar(rules, [member], [day], zone), member).slots(0)


def _by_start(rules: Rules, slots: Iterable[MemberSlot], *, now: datetime, zone: tzinfo) -> list[Slot]:
    by_start: dict[datetime, list[MemberSlot]] = {}
    for slot in slots:
        by_start.setdefault(slot.starts_at, []).append(slot)
    return [_merged(rules, by_start[start], now=now, zone=zone) for start in sorted(by_start)]


def _merged(rules: Rules, slots: list[MemberSlot], *, now: datetime, zone: tzinfo) -> Slot:
    first = slots[0]
    left = sum(slot.remaining for slot in slots)
    return Slot(
        starts_at=first.starts_at,
        ends_at=min(slot.ends_at for slot in slots),
        seats=sum(slot.seats for slot in slots),
        taken=sum(slot.taken for slot in slots),
        remaining=left if is_bookable_at(rules, first.starts_at, now=now, zone=zone) else 0,
        is_fully_booked=left == 0 and not all(slot.is_blocked for slot in slots),
    )


def _bookings_on(member: Member, calendar: Calendar) -> int:
    return sum(
        calendar.place_of(reservation.slot_starts_at) is not None for reservation in member.reservations
    )
