"""What PostgreSQL and SQLite say differently. SQL texts of columns that we name ourselves."""

from datetime import UTC, date, datetime

from django.conf import settings

from apps.common.database import is_postgres


def local_day(instant: str) -> str:
    """Return the marketplace's date at an instant."""
    zone = settings.TIME_ZONE
    if is_postgres():
        return f"({instant} AT TIME ZONE '{zone}')::date"
    return f"django_datetime_cast_date({instant}, '{zone}', 'UTC')"


def beginning_of(day: str) -> str:
    """Return the instant at which a local day begins; PostgreSQL only, which finds rows by it."""
    return f"(({day})::timestamp AT TIME ZONE '{settings.TIME_ZONE}')"


def seconds_between(earlier: str, later: str) -> str:
    """Return whole seconds, never below nought."""
    if is_postgres():
        seconds = f"FLOOR(EXTRACT(EPOCH FROM ({later} - {earlier})))::bigint"
    else:
        seconds = f"django_timestamp_diff({later}, {earlier}) / 1000000"
    return f"CASE WHEN {later} > {earlier} THEN {seconds} WHEN {later} <= {earlier} THEN 0 END"


def hour_of(time: str) -> str:
    """Return the hour of a local time."""
    if is_postgres():
        return f"EXTRACT(HOUR FROM {time})::int"
    return f"django_time_extract('hour', {time})"


def literal(moment: date | datetime) -> str:
    """Return a local date or an instant as it stands in a statement."""
    if isinstance(moment, datetime):
        utc = moment.astimezone(UTC)
        return f"'{utc if is_postgres() else utc.replace(tzinfo=None)}'"
    return f"'{moment}'"


def as_date(value: date | str) -> date:
    """Return a date as it came from either database."""
    return date.fromisoformat(value) if isinstance(value, str) else value
