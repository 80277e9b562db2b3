"""The wall clock of working hours: when intervals begin and end, also where clocks change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from apps.common.localtime import day_bounds, exists, instant
from apps.slots.schedule import Hours
from apps.slots.timeline import Period

MIDNIGHT = time.min
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A day of the marketplace: it is regular where no clock changes, so that all such days are alike."""

    date: date
    zone: tzinfo
    begins_at: datetime
    ends_at: datetime
    is_regular: bool


def local_day(day: date, zone: tzinfo) -> LocalDay:
    begins_at, ends_at = day_bounds(day, zone)
    offsets = {moment.astimezone(zone).utcoffset() for moment in (begins_at, ends_at)}
    is_regular = len(offsets) == 1 and ends_at - begins_at == A_DAY
    return LocalDay(day, zone, begins_at, ends_at, is_regular)


def closing_instant(day: date, closes: time, zone: tzinfo) -> datetime:
    """Return the UTC instant at which an interval of that day ends; 00:00 is the midnight after it."""
    return _reached(day + A_DAY if closes == MIDNIGHT else day, closes, zone)


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


def since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def starts_by_the_clock(
    day: LocalDay, opens: time, closes: time, *, step: timedelta, length: timedelta
) -> Iterator[datetime]:
    """Yield an interval's starts, in steps from its beginning, as long as a booking ends within it.

    The steps go by the wall clock, so that each start has a local time of its own also when clocks change. A
    time that the clock skips is left out, as is one at which the booking before it is not over yet; one that
    the clock shows twice is the first.
    """
    closes_at = closing_instant(day.date, closes, day.zone)
    wall = datetime.combine(day.date, opens)
    over_at = day.begins_at
    while wall.date() == day.date:
        starts_at = instant(day.date, wall.time(), day.zone)
        if exists(day.date, wall.time(), day.zone) and starts_at >= over_at:
            if starts_at + length > closes_at:
                break
            yield starts_at
            over_at = starts_at + step
        wall += step
