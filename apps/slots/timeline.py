"""Periods in order, so that those which overlap another are found without looking at all of them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


class Lasting(Protocol):
    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant up to, but not including, another."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Period") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


Some = TypeVar("Some", bound=Lasting)


class Timeline(Generic[Some]):
    def __init__(self, periods: Iterable[Some]) -> None:
        self._periods = sorted(periods, key=_start)
        self._starts = [period.starts_at for period in self._periods]
        self._latest_ends = list(accumulate((period.ends_at for period in self._periods), max))

    def __iter__(self) -> Iterator[Some]:
        return iter(self._periods)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Iterator[Some]:
        """Yield the periods that overlap the one from `starts_at` to `ends_at`, the latest first."""
        place = bisect_left(self._starts, ends_at)
        while place and self._latest_ends[place - 1] > starts_at:
            place -= 1
            if self._periods[place].ends_at > starts_at:
                yield self._periods[place]


def merged(periods: Iterable[Period]) -> list[Period]:
    """Return the same time as periods that neither overlap nor touch, in order."""
    found: list[Period] = []
    for period in sorted(periods, key=_start):
        if found and period.starts_at <= found[-1].ends_at:
            found[-1] = Period(found[-1].starts_at, max(found[-1].ends_at, period.ends_at))
        else:
            found.append(period)
    return found


def _start(period: Lasting) -> datetime:
    return period.starts_at
