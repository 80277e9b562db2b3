"""Bookings by service: the months, and which services are booked most."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db import connection

from apps.analytics.facts.booked import SENT
from apps.analytics.models import ServiceMonth
from apps.analytics.periods import MONTH, following
from apps.analytics.scope import Scope, Span
from apps.analytics.statements.run import Row, rows_of
from apps.common.database import is_postgres

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


def top_services(scope: Scope, span: Span, *, most: int) -> list[Row]:
    """Return the services with most bookings by appointment date, with their title: one statement."""
    tables = ""
    if scope.key is None or scope.provider_id:
        parts = [
            _raw(f"{BOOKINGS} WHERE {scope.condition} AND b.booking_date BETWEEN %(first)s AND %(last)s")
        ]
    else:
        tables = f", {DIRTY_MONTHS[is_postgres()]}"
        parts = list(_month_by_month(scope, span))
    ranked = (
        "SELECT service_id, CAST(SUM(bookings) AS bigint) AS bookings,"
        " CAST(SUM(completed) AS bigint) AS completed"
        f" FROM ({' UNION ALL '.join(parts)}) parts GROUP BY service_id"
        f" ORDER BY bookings DESC, service_id LIMIT {most}"
    )
    select = (
        f"SELECT r.service_id AS service, s.title, r.bookings, r.completed FROM ({ranked}) r"
        " JOIN services_service s ON s.id = r.service_id ORDER BY r.bookings DESC, r.service_id"
    )
    return rows_of(select, scope, span, more_tables=tables)


# A month of a provider is counted anew where a day of it is dirty.
DIRTY_MONTHS = {
    True: "months AS MATERIALIZED (SELECT DISTINCT provider_id, date_trunc('month', day)::date AS month,"
    " (date_trunc('month', day) + interval '1 month')::date AS follows FROM cells WHERE family = 'booked')",
    False: "months AS MATERIALIZED (SELECT DISTINCT provider_id, substr(day, 1, 8) || '01' AS month,"
    " date(substr(day, 1, 8) || '01', '+1 month') AS follows FROM cells WHERE family = 'booked')",
}


def _month_by_month(scope: Scope, span: Span) -> Iterator[str]:
    """Whole months from their rows, dirty ones and the days around them from the bookings."""
    first, ends = whole_months(span)
    condition = scope.condition
    whole = f"b.month >= '{first}' AND b.month < '{ends}'"
    if first < ends:
        yield (
            "SELECT b.service_id, b.bookings, b.completed FROM analytics_servicemonth b"
            f" JOIN services_service s ON s.id = b.service_id WHERE {condition} AND {whole} AND NOT EXISTS"
            " (SELECT 1 FROM months m WHERE m.provider_id = b.provider_id AND m.month = b.month)"
        )
        yield _raw(
            f"{BOOKINGS} JOIN months m ON m.provider_id = b.provider_id AND b.booking_date >= m.month"
            f" AND b.booking_date < m.follows AND m.month >= '{first}' AND m.month < '{ends}'"
            f" WHERE {condition}"
        )
    has_whole = first < ends
    around = [(span.first, first - timedelta(days=1)), (ends, span.last)]
    for begins, last in around if has_whole else [(span.first, span.last)]:
        if begins <= last:
            yield _raw(f"{BOOKINGS} WHERE {condition} AND b.booking_date BETWEEN '{begins}' AND '{last}'")


def whole_months(span: Span) -> tuple[date, date]:
    """Return the first day of the first whole month, and the day after the last; the same day for none."""
    first = span.first if span.first.day == 1 else following(span.first.replace(day=1), MONTH)
    ends = (span.last + timedelta(days=1)).replace(day=1)
    return first, max(first, ends)


def _raw(rows: str) -> str:
    return f"SELECT b.service_id, {COUNTS} FROM {rows} AND {SENT} GROUP BY b.service_id"
