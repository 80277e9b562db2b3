"""How much working time providers offer, by the hours and time off that stand now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from apps.analytics.scope import Scope, Span
from apps.common.localtime import instant, local, marketplace_zone
from apps.slots.models import TimeOff, WorkingHours

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Interval:
    """Working hours of a member, in seconds after midnight."""

    staff_id: int
    provider_id: int
    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period; without a member all of the provider's are off."""

    provider_id: int
    staff_id: int | None
    starts_at: datetime
    ends_at: datetime


def offered_seconds(scope: Scope, first: date, last: date) -> int:
    """Return the working seconds of a provider's active members, or everybody's: two statements.

    Hours and time off are those of now, also for days long past: older ones aren't kept.
    """
    hours = WorkingHours.objects.filter(staff__is_active=True)
    off = TimeOff.objects.filter(starts_at__lt=Span(first, last).ends, ends_at__gt=Span(first, last).begins)
    if scope.provider_id:
        hours, off = hours.filter(staff__provider=scope.provider_id), off.filter(provider=scope.provider_id)
    rows = hours.order_by().values_list("staff_id", "staff__provider_id", "weekday", "start_time", "end_time")
    intervals = [
        Interval(staff, provider, weekday, _seconds(start), _seconds(end) or DAY)
        for staff, provider, weekday, start, end in rows
    ]
    columns = ("provider_id", "staff_id", "starts_at", "ends_at")
    closed = [
        Closed(*row) for row in off.filter(Q(staff=None) | Q(staff__is_active=True)).values_list(*columns)
    ]
    return working_seconds(intervals, closed, first, last)


def working_seconds(intervals: Sequence[Interval], closed: Iterable[Closed], first: date, last: date) -> int:
    """Return the sum of the intervals over the days, both ends included, less what is closed. Pure."""
    a_week = [0] * 7
    for interval in intervals:
        a_week[interval.weekday] += interval.ends - interval.begins
    days = (last - first).days + 1
    weeks, rest = divmod(max(days, 0), 7)
    offered = weeks * sum(a_week) + sum(a_week[(first + timedelta(days=n)).weekday()] for n in range(rest))
    return offered - _closed_seconds(intervals, closed, first, last)


def _closed_seconds(intervals: Sequence[Interval], closed: Iterable[Closed], first: date, last: date) -> int:
    """Return the working time inside closed periods, overlapping ones counted once."""
    off: dict[tuple[int, date], set[tuple[int, int]]] = defaultdict(set)
    by_member: dict[int, list[Interval]] = defaultdict(list)
    members: dict[int, set[int]] = defaultdict(set)
    for interval in intervals:
        by_member[interval.staff_id].append(interval)
        members[interval.provider_id].add(interval.staff_id)
    for period in closed:
        of = members[period.provider_id] if period.staff_id is None else {period.staff_id}
        day = max(local(period.starts_at).date(), first)
        while day <= min(local(period.ends_at).date(), last):
            begins, ends = _within(day, period)
            for staff in of:
                off[staff, day].add((begins, ends))
            day += timedelta(days=1)
    return sum(
        _covered(interval, periods)
        for (staff, day), periods in off.items()
        for interval in by_member[staff]
        if interval.weekday == day.weekday()
    )


def _within(day: date, period: Closed) -> tuple[int, int]:
    zone = marketplace_zone()
    midnight = instant(day, time.min, zone)
    begins = (period.starts_at - midnight).total_seconds()
    ends = (period.ends_at - midnight).total_seconds()
    return max(round(begins), 0), min(round(ends), DAY)


def _covered(interval: Interval, periods: Iterable[tuple[int, int]]) -> int:
    covered, reached = 0, interval.begins
    for begins, ends in sorted(periods):
        begins, ends = max(begins, reached), min(ends, interval.ends)
        if ends > begins:
            covered += ends - begins
            reached = ends
    return covered


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
