"""Availability once more, minute by minute: slow and plain, to check the real one against."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache, reduce
from operator import or_

from apps.slots.availability import Member, Period, ReservationPeriod, Rules, SlotOverride

MINUTE = timedelta(minutes=1)
A_DAY = 24 * 60
# Before all days of these tests, and near, so that the numbers stay short.
EPOCH = datetime(2027, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=64)
def clock_of(day: date, zone: tzinfo) -> dict[int, datetime]:
    """Return when (UTC) the wall clock first shows a minute of the day; 1440 is the next midnight."""
    shown: dict[int, datetime] = {}
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    for _ in range(54 * 60):
        wall = moment.astimezone(zone)
        minute = wall.hour * 60 + wall.minute + (wall.date() - day).days * A_DAY
        if 0 <= minute <= A_DAY:
            shown.setdefault(minute, moment)
        moment += MINUTE
    return shown


def minutes(starts_at: datetime, ends_at: datetime) -> int:
    """Return a bit for each minute from start to end."""
    length = (ends_at - starts_at) // MINUTE
    return ((1 << length) - 1) << ((starts_at - EPOCH) // MINUTE)


def minutes_of(periods: Iterable[Period | ReservationPeriod | SlotOverride]) -> int:
    return reduce(or_, (minutes(period.starts_at, period.ends_at) for period in periods), 0)


def slots_by_oracle(
    rules: Rules, member: Member, day: date, zone: tzinfo
) -> dict[datetime, tuple[datetime, int, int, int]]:
    """Return (end, seats, taken, remaining) by start."""
    clock = clock_of(day, zone)
    todays = [override for override in member.overrides if clock[0] <= override.starts_at < clock[A_DAY]]
    blocked = minutes_of(override for override in todays if not override.is_available)
    ends = dict(_grid(rules, member, day, clock))
    ends |= {override.starts_at: override.ends_at for override in todays if override.is_available}
    off = minutes_of(member.time_off)
    found = {}
    for start, end in ends.items():
        if minutes(start, end) & off:
            continue
        same = [
            c for c in member.reservations if (c.service_id, c.slot_starts_at) == (rules.service_id, start)
        ]
        others = minutes_of(reservation for reservation in member.reservations if reservation not in same)
        needed = minutes(start - rules.buffer_before, end + rules.buffer_after)
        own = [override.seats for override in todays if override.starts_at == start]
        seats = own[0] if own and own[0] is not None else rules.seats
        is_free = not needed & others and not minutes(start, end) & blocked
        found[start] = (end, seats, len(same), max(seats - len(same), 0) if is_free else 0)
    return found


def _grid(
    rules: Rules, member: Member, day: date, clock: dict[int, datetime]
) -> Iterable[tuple[datetime, datetime]]:
    step = int(rules.duration / MINUTE)
    for opens, closes in member.hours.get(day.weekday(), ()):
        first = opens.hour * 60 + opens.minute
        last = closes.hour * 60 + closes.minute or A_DAY
        closes_at = clock[min(minute for minute in clock if minute >= last)]
        over = 0
        for minute in range(first, A_DAY, step):
            if minute not in clock or clock[minute] + rules.duration > closes_at:
                continue
            needed = minutes(clock[minute], clock[minute] + rules.duration)
            if not needed & over:
                over |= needed
                yield clock[minute], clock[minute] + rules.duration
