"""Bookings by service: the months, and which services are booked most."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db import connection

from apps.analytics.facts.booked import SENT
from apps.analytics.models import Family, ServiceMonth
from apps.analytics.periods import MONTH, following
from apps.analytics.scope import Scope, Span
from apps.analytics.statements.reading import Reading, Row
from apps.common.database import fence, is_postgres

COUNTS = "COUNT(*) AS bookings, COUNT(CASE WHEN b.status = 'completed' THEN 1 END) AS completed"
BOOKINGS = "bookings_booking b JOIN services_service s ON s.id = b.service_id"


def months_recount(days: Sequence[date]) -> None:
    """Count the months of these days again."""
    columns = "month, service_id, provider_id, city_id, bookings, completed"
    for month in sorted({day.replace(day=1) for day in days}):
        ServiceMonth.objects.filter(month=month).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO analytics_servicemonth ({columns})"
                f" SELECT '{month}', b.service_id, b.provider_id, b.city_id, {COUNTS} FROM bookings_booking b"
                f" WHERE b.booking_date >= '{month}' AND b.booking_date < '{following(month, MONTH)}'"
                f" AND {SENT} GROUP BY b.service_id, b.provider_id, b.city_id"
            )


def top_services(reading: Reading, *, most: int) -> list[Row]:
    """Return the services with most bookings by appointment date, with their title."""
    scope, span = reading.scope, reading.span

    def select(with_raw: bool) -> str:
        if scope.key is None:
            days = "b.booking_date BETWEEN %(first)s AND %(last)s"
            return _ranked([_raw(f"{BOOKINGS} WHERE {scope.condition} AND {days}")], most)
        return _ranked(list(_month_by_month(scope, span, with_raw=with_raw)), most)

    rows = reading.rows([Family.BOOKED], select)
    return sorted(rows, key=lambda row: (-row["bookings"], row["service"]))


def _ranked(parts: list[str], most: int) -> str:
    ranked = (
        "SELECT service_id, CAST(SUM(bookings) AS bigint) AS bookings,"
        " CAST(SUM(completed) AS bigint) AS completed"
        f" FROM ({' UNION ALL '.join(parts)}) parts GROUP BY service_id"
        f" ORDER BY bookings DESC, service_id LIMIT {most}"
    )
    return (
        f"SELECT r.service_id AS service, s.title, r.bookings, r.completed FROM ({ranked}) r"
        " JOIN services_service s ON s.id = r.service_id"
    )


def _dirty_months() -> str:
    """Return a subquery of months, by provider, that have a dirty day: they are counted anew."""
    if is_postgres():
        month, follows = (
            "date_trunc('month', day)::date",
            "(date_trunc('month', day) + interval '1 month')::date",
        )
    else:
        month = "substr(day, 1, 8) || '01'"
        follows = f"date({month}, '+1 month')"
    return (
        f"(SELECT DISTINCT provider_id, {month} AS month, {follows} AS follows"
        " FROM cells WHERE family = 'booked') m"
    )


def _month_by_month(scope: Scope, span: Span, *, with_raw: bool) -> Iterator[str]:
    """Whole months from their rows, dirty ones and the days around them from the bookings."""
    first, ends = whole_months(span)
    if first >= ends:
        yield _days(scope, span.first, span.last)
        return
    service = "JOIN services_service s ON s.id = b.service_id" if scope.category_id else ""
    months = (
        f"SELECT b.service_id, b.bookings, b.completed FROM analytics_servicemonth b {service}"
        f" WHERE {scope.condition} AND b.month >= '{first}' AND b.month < '{ends}'"
    )
    if with_raw:
        dirty = _dirty_months()
        of_row = "m.provider_id = b.provider_id AND m.month = b.month"
        months += f" AND NOT EXISTS (SELECT 1 FROM {dirty} WHERE {of_row})"
        in_month = (
            "b.provider_id = m.provider_id AND b.booking_date >= m.month AND b.booking_date < m.follows"
        )
        yield _raw(
            f"{_rows_of(dirty, in_month)} JOIN services_service s ON s.id = b.service_id"
            f" WHERE {scope.condition} AND m.month >= '{first}' AND m.month < '{ends}'"
        )
    yield months
    for begins, last in ((span.first, first - timedelta(days=1)), (ends, span.last)):
        if begins <= last:
            yield _days(scope, begins, last)


def _rows_of(months: str, condition: str) -> str:
    """Return bookings joined to months, found by the index: month by month, as `dirty.py` finds days."""
    if is_postgres():
        rows = f"SELECT b.* FROM bookings_booking b WHERE {condition} {fence()}"
        return f"{months} CROSS JOIN LATERAL ({rows}) b"
    return f"{months} JOIN bookings_booking b ON {condition}"


def _days(scope: Scope, first: date, last: date) -> str:
    return _raw(f"{BOOKINGS} WHERE {scope.condition} AND b.booking_date BETWEEN '{first}' AND '{last}'")


def whole_months(span: Span) -> tuple[date, date]:
    """Return the first day of the first whole month, and the day after the last; the same day for none."""
    first = span.first if span.first.day == 1 else following(span.first.replace(day=1), MONTH)
    ends = (span.last + timedelta(days=1)).replace(day=1)
    return first, max(first, ends)


def _raw(rows: str) -> str:
    return f"SELECT b.service_id, {COUNTS} FROM {rows} AND {SENT} GROUP BY b.service_id"
