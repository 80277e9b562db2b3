"""Local days in a row, with the grids that a service has on them through its members."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo

from apps.slots.clock import LocalDay, local_day
from apps.slots.grid import Grid, grid_of
from apps.slots.schedule import Intervals, Member, Rules
from apps.slots.timeline import Period, Timeline


class Calendar:
    """Days are told by their place in the row. Days of one weekday on which no clock changes share a grid."""

    def __init__(self, rules: Rules, members: Iterable[Member], days: Sequence[date], zone: tzinfo) -> None:
        self.rules = rules
        self.days = [local_day(day, zone) for day in days]
        self._begins = [day.begins_at for day in self.days]
        self.grids = self._grids(list(members))
        self._closed: dict[Timeline[Period], list[int]] = {}

    def _grids(self, members: list[Member]) -> list[Grid]:
        alike: dict[int | date, Grid] = {}
        grids = []
        for day in self.days:
            kind = day.date.weekday() if day.is_regular else day.date
            if kind not in alike:
                hours = {hours_on(member, day) for member in members}
                alike[kind] = grid_of(hours, day, step=self.rules.duration, length=self.rules.length)
            grids.append(alike[kind])
        return grids

    def place_of(self, moment: datetime) -> int | None:
        """Return which day an instant lies on; None for one outside the row."""
        place = bisect_right(self._begins, moment) - 1
        return place if place >= 0 and moment < self.days[place].ends_at else None

    def starts_between(self, after: datetime, before: datetime) -> Iterator[tuple[int, int]]:
        """Yield days by their place, each with its starts later than the one and earlier than the other."""
        begins = self._begins
        first = bisect_right(begins, after) - 1
        for place in range(max(first, 0), bisect_left(begins, before)):
            begin = begins[place]
            yield place, self.grids[place].between(after - begin, before - begin)

    def starts_closed(self, closed: Timeline[Period]) -> list[int]:
        """Return for each day the starts of bookings that would reach into one of these periods."""
        if closed not in self._closed:
            self._closed[closed] = self.starts_that_meet(closed)
        return self._closed[closed]

    def starts_that_meet(self, periods: Iterable[Period]) -> list[int]:
        met = [0] * len(self.days)
        for period in periods:
            for place, starts in self.starts_between(period.starts_at - self.rules.length, period.ends_at):
                met[place] |= starts
        return met


def hours_on(member: Member, day: LocalDay) -> Intervals:
    """Return a member's working intervals of that day."""
    return tuple(member.hours.get(day.date.weekday(), ()))
