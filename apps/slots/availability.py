"""Which slots a service has on a day, and which can be taken: pure functions of rules, hours and the clock.

The page that shows slots and the action that takes one both call this module, so they can't disagree.
Instants are UTC; `zone` is the marketplace's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from apps.common.localtime import exists, instant

MIDNIGHT = time.min
Hours = Mapping[int, Sequence[tuple[time, time]]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a service says about its slots."""

    service_id: int
    duration: timedelta
    buffer_before: timedelta
    buffer_after: timedelta
    seats: int
    min_notice: timedelta
    max_advance_days: int
    # Of a booking that was made before, and keeps its length whatever has become of the service.
    kept_length: timedelta | None = None

    @property
    def length(self) -> timedelta:
        """How long a visit takes. Starts run in steps of `duration` all the same."""
        return self.duration if self.kept_length is None else self.kept_length


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant up to, but not including, another."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Period") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True)
class Claim:
    """A live reservation: `starts_at` to `ends_at` include the buffers it was made with."""

    service_id: int
    slot_starts_at: datetime
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Departure:
    """A slot that departs from the hours: blocked, opened, or with its own number of seats."""

    starts_at: datetime
    ends_at: datetime
    is_available: bool
    seats: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """One person who can do the service, with everything that binds his time."""

    id: int
    gender: str
    hours: Hours
    time_off: Sequence[Period] = ()
    departures: Sequence[Departure] = ()
    claims: Sequence[Claim] = ()


@dataclass(frozen=True, slots=True)
class MemberSlot:
    """One member's slot. `remaining` says how many seats his time leaves, whatever the clock says."""

    member_id: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    remaining: int
    is_blocked: bool


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


def slots_on(
    rules: Rules, members: Iterable[Member], day: date, *, now: datetime, zone: tzinfo
) -> list[Slot]:
    """Return the day's slots by start, also those that can't be taken any more."""
    by_start: dict[datetime, list[MemberSlot]] = {}
    for member in members:
        for slot in member_slots_on(rules, member, day, zone=zone):
            by_start.setdefault(slot.starts_at, []).append(slot)
    return [_merged(rules, by_start[start], now=now, zone=zone) for start in sorted(by_start)]


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
    day = starts_at.astimezone(zone).date()
    free = [
        (member.id != preferred, slot.taken == 0, _bookings_on(member, day, zone), member.id, slot)
        for member in members
        for slot in member_slots_on(rules, member, day, zone=zone)
        if slot.starts_at == starts_at and slot.remaining > 0
    ]
    return min(free, key=lambda ranked: ranked[:4])[4] if free else None


def is_bookable_at(rules: Rules, starts_at: datetime, *, now: datetime, zone: tzinfo) -> bool:
    """Return whether notice and horizon allow that start."""
    last_day = now.astimezone(zone).date() + timedelta(days=rules.max_advance_days)
    return (
        starts_at > now
        and starts_at - now >= rules.min_notice
        and starts_at.astimezone(zone).date() <= last_day
    )


def member_slots_on(rules: Rules, member: Member, day: date, *, zone: tzinfo) -> Iterator[MemberSlot]:
    """Yield one member's slots of a day, in no particular order."""
    departures = {
        departure.starts_at: departure
        for departure in member.departures
        if departure.starts_at.astimezone(zone).date() == day
    }
    starts = dict(_grid(rules, member, day, zone))
    for start, departure in departures.items():
        if departure.is_available and rules.kept_length is None:
            starts[start] = departure.ends_at
        elif departure.is_available and start + rules.length <= departure.ends_at:
            starts[start] = start + rules.length
    blocked = [departure for departure in departures.values() if not departure.is_available]
    for starts_at, ends_at in starts.items():
        if any(off.starts_at < ends_at and starts_at < off.ends_at for off in member.time_off):
            continue
        departing = departures.get(starts_at)
        seats = departing.seats if departing is not None and departing.seats is not None else rules.seats
        is_blocked = any(block.starts_at < ends_at and starts_at < block.ends_at for block in blocked)
        yield _member_slot(rules, member, starts_at, ends_at, seats, is_blocked)


def _member_slot(
    rules: Rules, member: Member, starts_at: datetime, ends_at: datetime, seats: int, is_blocked: bool
) -> MemberSlot:
    claimed_from, claimed_until = starts_at - rules.buffer_before, ends_at + rules.buffer_after
    taken = 0
    is_free = True
    for claim in member.claims:
        if claim.service_id == rules.service_id and claim.slot_starts_at == starts_at:
            taken += 1
        elif claim.starts_at < claimed_until and claimed_from < claim.ends_at:
            is_free = False
    remaining = max(seats - taken, 0) if is_free and not is_blocked else 0
    return MemberSlot(member.id, starts_at, ends_at, seats, taken, remaining, is_blocked)


def closing_instant(day: date, closes: time, zone: tzinfo) -> datetime:
    """Return the UTC instant at which an interval of that day ends; 00:00 is the midnight after it."""
    return _reached(day + timedelta(days=1) if closes == MIDNIGHT else day, closes, zone)


def _reached(day: date, at: time, zone: tzinfo) -> datetime:
    """Return when the wall clock reaches a time; where it skips that time, when it does so."""
    wall = datetime.combine(day, at)
    while not exists(wall.date(), wall.time(), zone):
        wall = (wall + timedelta(minutes=1)).replace(second=0)
    return instant(wall.date(), wall.time(), zone)


def lies_within(hours: Hours, period: Period, zone: tzinfo) -> bool:
    """Return whether a period lies inside one working interval of its local day."""
    day = period.starts_at.astimezone(zone).date()
    return any(
        _reached(day, opens, zone) <= period.starts_at
        and period.ends_at <= closing_instant(day, closes, zone)
        for opens, closes in hours.get(day.weekday(), ())
    )


def _grid(rules: Rules, member: Member, day: date, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """Yield (start, end) of the schedule's slots: steps of the duration from each interval's beginning.

    The steps go by the wall clock, so that each start has a local time of its own also when clocks change; a
    time that the clock skips is left out, one that it shows twice is the first.
    """
    length = rules.length
    for opens, closes in member.hours.get(day.weekday(), ()):
        closes_at = closing_instant(day, closes, zone)
        wall = datetime.combine(day, opens)
        while wall.date() == day:
            if exists(day, wall.time(), zone):
                starts_at = instant(day, wall.time(), zone)
                ends_at = starts_at + length
                if ends_at > closes_at:
                    break
                yield starts_at, ends_at
            wall += rules.duration


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


def _bookings_on(member: Member, day: date, zone: tzinfo) -> int:
    return sum(claim.slot_starts_at.astimezone(zone).date() == day for claim in member.claims)
