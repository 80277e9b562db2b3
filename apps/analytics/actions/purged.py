"""Keeping of drafts what the funnel counts, when the drafts go."""

from collections.abc import Sequence

from django.db import connection

from apps.analytics.facts.begun import STEPS_DONE
from apps.analytics.facts.dialect import local_day
from apps.analytics.models import PurgedDrafts


def drafts_keep_figures(booking_ids: Sequence[int], **kwargs: object) -> None:
    """Add up drafts that are about to be deleted. That marks their days, which then count the same anew."""
    kept = ", ".join(["customer_id", "provider_id", "service_id", "city_id", "created_at", "done", "drafts"])
    told_apart = "customer_id, provider_id, service_id, city_id"
    ids = ", ".join(str(int(booking_id)) for booking_id in booking_ids)
    drafts = (
        f"SELECT {told_apart}, b.created_at, {local_day('b.created_at')} AS day, {STEPS_DONE} AS done"
        f" FROM bookings_booking b WHERE b.id IN ({ids})"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {PurgedDrafts._meta.db_table} ({kept})"
            f" SELECT {told_apart}, MIN(created_at), done, COUNT(*) FROM ({drafts}) d"
            f" WHERE done IS NOT NULL GROUP BY {told_apart}, day, done"
        )
