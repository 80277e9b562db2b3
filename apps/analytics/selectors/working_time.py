"""How much working time providers offer, by the hours and time off that stand now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.db.models import DateTimeField, Q, TimeField, Value

from apps.analytics.scope import Scope, Span
from apps.common.localtime import instant, local, marketplace_zone
from apps.slots.models import TimeOff, WorkingHours

DAY = 24 * 60 * 60
NO_WEEKDAY = -1


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
    """Return the working seconds of a provider's active members, or everybody's: one statement.

    Hours and time off are those of now, also for days long past: older ones aren't kept.
    """
    span = Span(first, last)
    hours = WorkingHours.objects.filter(staff__is_active=True)
    off = TimeOff.objects.filter(starts_at__lt=span.ends, ends_at__gt=span.begins)
    off = off.filter(Q(staff=None) | Q(staff__is_active=True))
    if scope.provider_id:
        hours, off = hours.filter(staff__provider=scope.provider_id), off.filter(provider=scope.provider_id)
    no_time, no_moment = Value(None, TimeField()), Value(None, DateTimeField())
    intervals, closed = [], []
    of_hours = hours.order_by().values_list(
        "staff__provider_id", "staff_id", "weekday", "start_time", "end_time", no_moment, no_moment
    )
    of_periods = off.order_by().values_list(
        "provider_id", "staff_id", Value(NO_WEEKDAY), no_time, no_time, "starts_at", "ends_at"
    )
    for provider, staff, weekday, start, end, starts_at, ends_at in of_hours.union(of_periods, all=True):
        if weekday == NO_WEEKDAY:
            closed.append(Closed(provider, staff, starts_at, ends_at))
        else:
            intervals.append(Interval(staff, provider, weekday, _seconds(start), _seconds(end) or DAY))
    return working_seconds(intervals, closed, first, last)


def working_seconds(intervals: Sequence[Interval], closed: Sequence[Closed], first: date, last: date) -> int:
    """Return the sum of the intervals over the days, both ends included, less what is closed. Pure."""
    a_week = [0] * 7
    for interval in intervals:
        a_week[interval.weekday] += interval.ends - interval.begins
    days = (last - first).days + 1
    weeks, rest = divmod(max(days, 0), 7)
    offered = weeks * sum(a_week) + sum(a_week[(first + timedelta(days=n)).weekday()] for n in range(rest))
    return offered - _closed_seconds(intervals, closed, first, last)


def _closed_seconds(intervals: Sequence[Interval], closed: Sequence[Closed], first: date, last: date) -> int:
    """Return the working time inside closed periods, overlapping ones counted once."""
    if not closed:
        return 0
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


@cache
def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
