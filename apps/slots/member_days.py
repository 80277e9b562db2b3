"""What binds one member, day by day: which starts there are, and which of them are free."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from apps.slots.calendar import Calendar, hours_on
from apps.slots.clock import LocalDay
from apps.slots.grid import Grid
from apps.slots.schedule import Member, ReservationPeriod, SlotOverride
from apps.slots.timeline import Timeline, merged


@dataclass(frozen=True, slots=True)
class MemberSlot:
    """One member's slot. `remaining` says how many seats their time leaves, whatever the clock says."""

    member_id: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    remaining: int
    is_blocked: bool


@dataclass(slots=True)
class MemberDay:
    """Sets of starts of one day's grid; `apart` from it are slots to which an override gives another end."""

    day: LocalDay
    grid: Grid
    scheduled: int
    busy: int = 0
    blocked: int = 0
    blocks: list[SlotOverride] = field(default_factory=list)
    apart: dict[datetime, MemberSlot] = field(default_factory=dict)

    @property
    def free(self) -> int:
        return self.scheduled & ~(self.busy | self.blocked)


class MemberDays:
    """One member's days of a calendar, from all that binds them."""

    def __init__(self, calendar: Calendar, member: Member) -> None:
        self.calendar = calendar
        self.member = member
        self.taken: Counter[datetime] = Counter()
        self.seats = {one.starts_at: one.seats for one in member.overrides if one.seats is not None}
        self.days = [
            MemberDay(day, grid, grid.of_hours(hours_on(member, day)))
            for day, grid in zip(calendar.days, calendar.grids, strict=True)
        ]
        self._close()
        self._reservation()
        self._fill()
        self._block()
        self._open()

    def slots(self, place: int) -> Iterator[MemberSlot]:
        """Yield a day's slots, in no particular order."""
        day = self.days[place]
        free, blocked = set(day.grid.starts_in(day.free)), set(day.grid.starts_in(day.blocked))
        for start in day.grid.starts_in(day.scheduled):
            yield self._slot(day, start, is_free=start in free, is_blocked=start in blocked)
        yield from day.apart.values()

    def slot_at(self, starts_at: datetime) -> MemberSlot | None:
        """Return the slot that begins at an instant of these days."""
        place = self.calendar.place_of(starts_at)
        if place is None:
            return None
        day = self.days[place]
        start = starts_at - day.day.begins_at
        bit = day.grid.at(start)
        if not day.scheduled & bit:
            return day.apart.get(starts_at)
        return self._slot(day, start, is_free=bool(day.free & bit), is_blocked=bool(day.blocked & bit))

    def _slot(self, day: MemberDay, start: timedelta, *, is_free: bool, is_blocked: bool) -> MemberSlot:
        starts_at = day.day.begins_at + start
        return self._member_slot(
            starts_at, starts_at + self.calendar.rules.length, is_free=is_free, is_blocked=is_blocked
        )

    def _member_slot(
        self, starts_at: datetime, ends_at: datetime, *, is_free: bool, is_blocked: bool
    ) -> MemberSlot:
        seats, taken = self._seats_at(starts_at), self.taken.get(starts_at, 0)
        remaining = max(seats - taken, 0) if is_free else 0
        return MemberSlot(self.member.id, starts_at, ends_at, seats, taken, remaining, is_blocked)

    def _seats_at(self, starts_at: datetime) -> int:
        return self.seats.get(starts_at, self.calendar.rules.seats)

    def _close(self) -> None:
        """Take away what time off reaches into."""
        closures = [self.calendar.starts_closed(self.member.closed)]
        if self.member.time_off:
            closures.append(self.calendar.starts_that_meet(merged(self.member.time_off)))
        for closed in closures:
            for day, starts in zip(self.days, closed, strict=True):
                day.scheduled &= ~starts

    def _reservation(self) -> None:
        """Mark what reservations are in the way of: all starts near them, but those whose seats they take."""
        rules = self.calendar.rules
        before = rules.length + rules.buffer_after
        for reservation in self.member.reservations:
            is_own = reservation.service_id == rules.service_id
            if is_own:
                self.taken[reservation.slot_starts_at] += 1
            near = self.calendar.starts_between(
                reservation.starts_at - before, reservation.ends_at + rules.buffer_before
            )
            for place, starts in near:
                day = self.days[place]
                if is_own:
                    starts &= ~day.grid.at(reservation.slot_starts_at - day.day.begins_at)
                day.busy |= starts

    def _fill(self) -> None:
        """Mark the starts that have no seat left."""
        for starts_at, taken in self.taken.items():
            place = self.calendar.place_of(starts_at)
            if place is not None and taken >= self._seats_at(starts_at):
                day = self.days[place]
                day.busy |= day.grid.at(starts_at - day.day.begins_at)

    def _block(self) -> None:
        """Mark the starts of a blocked slot's day that would reach into it."""
        for block in self.member.overrides:
            place = self.calendar.place_of(block.starts_at)
            if block.is_available or place is None:
                continue
            day = self.days[place]
            starts_at, ends_at = block.starts_at - day.day.begins_at, block.ends_at - day.day.begins_at
            day.blocked |= day.grid.between(starts_at - self.calendar.rules.length, ends_at)
            day.blocks.append(block)

    def _open(self) -> None:
        """Put slots that have an end of their own beside the grid, in place of one at the same start."""
        opened = [one for one in self.member.overrides if one.is_available]
        if not opened:
            return
        rules, reservations = self.calendar.rules, Timeline(self.member.reservations)
        closures = (Timeline(self.member.time_off), self.member.closed)
        for override in opened:
            place = self.calendar.place_of(override.starts_at)
            starts_at, ends_at = override.starts_at, override.ends_at
            if rules.kept_length is not None:
                ends_at = starts_at + rules.kept_length
            if place is None or ends_at > override.ends_at:
                continue
            day = self.days[place]
            day.scheduled &= ~day.grid.at(starts_at - day.day.begins_at)
            if any(True for closed in closures for _ in closed.overlapping(starts_at, ends_at)):
                continue
            is_blocked = any(starts_at < block.ends_at and block.starts_at < ends_at for block in day.blocks)
            near = reservations.overlapping(starts_at - rules.buffer_before, ends_at + rules.buffer_after)
            is_free = not is_blocked and all(self._is_seat_at(reservation, starts_at) for reservation in near)
            day.apart[starts_at] = self._member_slot(
                starts_at, ends_at, is_free=is_free, is_blocked=is_blocked
            )

    def _is_seat_at(self, reservation: ReservationPeriod, starts_at: datetime) -> bool:
        return (
            reservation.service_id == self.calendar.rules.service_id
            and reservation.slot_starts_at == starts_at
        )
