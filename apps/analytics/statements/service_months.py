"""Bookings by service, for lists of those that are booked most."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from apps.analytics.facts.booked import SENT
from apps.analytics.models import ServiceMonth

COUNTS = "COUNT(*), COUNT(CASE WHEN b.status = 'completed' THEN 1 END)"


def months_recount(days: Sequence[date]) -> None:
    """Count the months of these days again."""
    months = sorted({day.replace(day=1) for day in days})
    for month in months:
        ServiceMonth.objects.filter(month=month).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO analytics_servicemonth (month, service_id, provider_id, city_id, bookings, completed)"
                f" SELECT '{month}', b.service_id, b.provider_id, b.city_id, {COUNTS} FROM bookings_booking b"
                f" WHERE b.booking_date >= '{month}' AND b.booking_date < '{following(month)}' AND {SENT}"
                " GROUP BY b.service_id, b.provider_id, b.city_id"
            )


def following(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
