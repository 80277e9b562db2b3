"""The marketplace's local days and times. UTC in the database, the zone of `TIME_ZONE` at the edges.

Kathmandu is +05:45, so its midnight is 18:15 UTC of the day before.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def marketplace_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def instant(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the UTC instant of a wall-clock time; the first of two when clocks go back."""
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def exists(day: date, at: time, zone: tzinfo) -> bool:
    """Return whether the wall clock shows that time; an hour is missing when clocks go forward."""
    return instant(day, at, zone).astimezone(zone).replace(tzinfo=None) == datetime.combine(day, at)


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the UTC instants at which a local day begins and ends."""
    return instant(day, time.min, zone), instant(day + timedelta(days=1), time.min, zone)


def local(moment: datetime) -> datetime:
    """Return an instant in the marketplace's zone."""
    return timezone.localtime(moment, marketplace_zone())


def local_iso(moment: datetime) -> str:
    """Return an instant as the API writes it: `2026-12-01T10:00:00+05:45`."""
    return local(moment).isoformat()


def today(now: datetime) -> date:
    """Return the local date at an instant."""
    return local(now).date()


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of a day's week; the last of all weeks ends with the calendar."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + min(timedelta(days=6), date.max - monday)
