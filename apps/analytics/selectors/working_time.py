"""How much working time providers offer, by the hours and time off that stand now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, DateTimeField, F, IntegerField, Q, QuerySet, Value

from apps.analytics.scope import Scope, Span
from apps.common.localtime import local
from apps.slots.models import WorkingHours

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Interval:
    """Working hours that so many members have, in seconds after midnight."""

    weekday: int
    begins: int
    ends: int
    members: int


@dataclass(frozen=True, slots=True)
class Closed:
    """One member's working hours, and a time at which they, or all of their provider's, are off."""

    staff_id: int
    weekday: int
    begins: int
    ends: int
    off_from: datetime
    off_until: datetime


def offered_seconds(scope: Scope, first: date, last: date) -> int:
    """Return the working seconds of a provider's active members, or everybody's: one statement.

    Hours and time off are those of now, also for days long past: older ones aren't kept.
    """
    hours = WorkingHours.objects.filter(staff__is_active=True).order_by()
    if scope.provider_id:
        hours = hours.filter(staff__provider=scope.provider_id)
    nobody, never = Value(None, IntegerField()), Value(None, DateTimeField())
    times = ("weekday", "start_time", "end_time")
    grouped = hours.values(*times).annotate(members=Count("pk"))
    grouped_rows = grouped.values_list(*times, "members", nobody, never, never)
    rows = grouped_rows.union(_closed_hours(hours, Span(first, last)), all=True)
    intervals, closed = [], []
    for weekday, start, end, members, staff_id, off_from, off_until in rows:
        begins, ends = _seconds(start), _seconds(end) or DAY
        if staff_id is None:
            intervals.append(Interval(weekday, begins, ends, members))
        else:
            closed.append(Closed(staff_id, weekday, begins, ends, off_from, off_until))
    return working_seconds(intervals, closed, first, last)


def _closed_hours(hours: QuerySet[WorkingHours], span: Span) -> QuerySet[WorkingHours, tuple[object, ...]]:
    """Return each working interval with each time off of its member that the span has."""
    off = "staff__provider__time_off__"
    touched = hours.filter(
        Q(**{f"{off}staff": None}) | Q(**{f"{off}staff": F("staff")}),
        **{f"{off}starts_at__lt": span.ends, f"{off}ends_at__gt": span.begins},
    )
    times = (f"{off}starts_at", f"{off}ends_at")
    return touched.values_list("weekday", "start_time", "end_time", Value(1), "staff_id", *times)


def working_seconds(intervals: Iterable[Interval], closed: Iterable[Closed], first: date, last: date) -> int:
    """Return the sum of the intervals over the days, both ends included, less what is closed. Pure."""
    a_week = [0] * 7
    for interval in intervals:
        a_week[interval.weekday] += (interval.ends - interval.begins) * interval.members
    weeks, rest = divmod(max((last - first).days + 1, 0), 7)
    offered = weeks * sum(a_week) + sum(a_week[(first + timedelta(days=n)).weekday()] for n in range(rest))
    return offered - _closed_seconds(closed, first, last)


def _closed_seconds(closed: Iterable[Closed], first: date, last: date) -> int:
    """Return the working time that is closed; where times off overlap it counts once."""
    off: dict[tuple[int, int, int, int], list[tuple[datetime, datetime]]] = defaultdict(list)
    for period in closed:
        hours = (period.staff_id, period.weekday, period.begins, period.ends)
        off[hours].append((local(period.off_from), local(period.off_until)))
    return sum(
        _within(weekday, begins, ends, off_from, off_until, Span(first, last))
        for (_, weekday, begins, ends), periods in off.items()
        for off_from, off_until in _joined(periods)
    )


def _joined(periods: Sequence[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Return the times off as periods that don't overlap, in order."""
    joined: list[tuple[datetime, datetime]] = []
    for off_from, off_until in sorted(periods):
        if joined and off_from <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], off_until))
        else:
            joined.append((off_from, off_until))
    return joined


def _within(weekday: int, begins: int, ends: int, off_from: datetime, off_until: datetime, span: Span) -> int:
    """Return the seconds of a weekday's working hours that one time off covers."""
    first, last = max(off_from.date(), span.first), min(off_until.date(), span.last)
    days = _count_of(weekday, first, last)
    covered = days * (ends - begins)
    # Whole days but for its first and its last.
    if days and off_from.date() == first and first.weekday() == weekday:
        covered -= min(max(_clock(off_from) - begins, 0), ends - begins)
    if days and off_until.date() == last and last.weekday() == weekday:
        covered -= min(max(ends - _clock(off_until), 0), ends - begins)
    return covered


def _count_of(weekday: int, first: date, last: date) -> int:
    """Return how many of a span's days are this weekday."""
    soonest = first + timedelta(days=(weekday - first.weekday()) % 7)
    return max((last - soonest).days // 7 + 1, 0)


def _clock(moment: datetime) -> int:
    return _seconds(moment.time())


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
