"""The marketplace's zone as iCalendar's VTIMEZONE. Pure.

Not `icalendar.Timezone.from_tzinfo`: version 7.3 begins summer time an hour late: it gives the
onset by the new clock, where RFC 5545 (3.6.5) wants it by the old one.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

Offsets = tuple[timedelta, timedelta, str, bool]
SECOND = timedelta(seconds=1)


@lru_cache(maxsize=16)
def zone_component(zone: ZoneInfo, first_year: int, last_year: int) -> Timezone:
    """Return a zone's offsets in the years from one to another, both included."""
    begin = datetime(first_year, 1, 1, tzinfo=UTC)
    onsets: dict[Offsets, list[datetime]] = defaultdict(list)
    onsets[_offsets(begin, begin, zone)].append(datetime.combine(begin, time.min))
    for moment in _changes(zone, begin, datetime(last_year + 1, 1, 1, tzinfo=UTC)):
        before = moment - SECOND
        onset = (moment + _offset(before, zone)).replace(tzinfo=None)
        onsets[_offsets(before, moment, zone)].append(onset)
    component = Timezone()
    component.add("TZID", zone.key)
    for offsets, local_onsets in onsets.items():
        component.add_component(_observance(offsets, local_onsets))
    return component


def years_around(days: list[date]) -> tuple[int, int]:
    """Return the years that a zone must cover so that every day has its offset, and the one before it."""
    return min(day.year for day in days) - 1, max(day.year for day in days)


def _changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the instants at which the offset changes, to the second. No zone does so twice a day."""
    day = timedelta(days=1)
    while begin < end:
        if _offset(begin, zone) != _offset(begin + day, zone):
            yield _first_with_new_offset(zone, begin, begin + day)
        begin += day


def _first_with_new_offset(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = _offset(before, zone)
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if _offset(middle, zone) == old else (before, middle)
    return after


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _offsets(before: datetime, moment: datetime, zone: ZoneInfo) -> Offsets:
    there = moment.astimezone(zone)
    return _offset(before, zone), _offset(moment, zone), there.tzname() or zone.key, bool(there.dst())


def _observance(offsets: Offsets, onsets: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    offset_from, offset_to, name, is_daylight = offsets
    observance = TimezoneDaylight() if is_daylight else TimezoneStandard()
    observance.add("DTSTART", onsets[0])
    observance.add("TZOFFSETFROM", offset_from)
    observance.add("TZOFFSETTO", offset_to)
    observance.add("TZNAME", name)
    if onsets[1:]:
        observance.add("RDATE", onsets[1:])
    return observance
