"""A day's starts, and sets of them as numbers with a bit for each start.

So whatever binds somebody's time takes a few operations on numbers, however many starts it covers, and what
is left by a hundred members together is one number too.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import lru_cache

from apps.slots.clock import A_DAY, LocalDay, since_midnight, starts_by_the_clock
from apps.slots.schedule import Intervals

ONE = ord("1")


class Grid:
    """The starts of one or several working days, in order, as time since the day began."""

    def __init__(self, starts_of: dict[Intervals, tuple[timedelta, ...]]) -> None:
        self.starts = sorted(set().union(*starts_of.values()))
        self._places = {start: place for place, start in enumerate(self.starts)}
        self._of_hours = {hours: self._set_of(starts) for hours, starts in starts_of.items()}

    def of_hours(self, hours: Intervals) -> int:
        """Return the starts that these working intervals have."""
        return self._of_hours[hours]

    def at(self, start: timedelta) -> int:
        """Return the set of that start alone; the empty one, which is 0, where nothing starts then."""
        place = self._places.get(start)
        return 0 if place is None else 1 << place

    def between(self, after: timedelta, before: timedelta) -> int:
        """Return the starts later than the one and earlier than the other."""
        first = bisect_right(self.starts, after)
        count = bisect_left(self.starts, before, lo=first) - first
        return ((1 << count) - 1) << first

    def starts_in(self, subset: int) -> Iterator[timedelta]:
        """Yield the starts of a set, in order."""
        bits = reversed(f"{subset:b}")
        return (start for start, bit in zip(self.starts, bits, strict=False) if bit == "1")

    def _set_of(self, starts: tuple[timedelta, ...]) -> int:
        if len(starts) == len(self.starts):
            return (1 << len(starts)) - 1
        digits = bytearray(b"0" * len(self.starts))
        for place in map(self._places.__getitem__, starts):
            digits[place] = ONE
        digits.reverse()
        return int(digits, 2)


def grid_of(hours: Iterable[Intervals], day: LocalDay, *, step: timedelta, length: timedelta) -> Grid:
    """Return a day's grid with the starts of all these hours: steps from each interval's beginning."""
    return Grid({intervals: _starts(intervals, day, step, length) for intervals in hours})


def _starts(intervals: Intervals, day: LocalDay, step: timedelta, length: timedelta) -> tuple[timedelta, ...]:
    if day.is_regular:
        return _regular_starts(intervals, step, length)
    return tuple(
        starts_at - day.begins_at
        for opens, closes in intervals
        for starts_at in starts_by_the_clock(day, opens, closes, step=step, length=length)
    )


@lru_cache(maxsize=256)
def _regular_starts(intervals: Intervals, step: timedelta, length: timedelta) -> tuple[timedelta, ...]:
    """Return what `starts_by_the_clock` gives where no clock changes, without asking one."""
    starts: list[timedelta] = []
    for opens, closes in intervals:
        start = since_midnight(opens)
        last = (since_midnight(closes) or A_DAY) - length
        while start <= last:
            starts.append(start)
            start += step
    return tuple(starts)
