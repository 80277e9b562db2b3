"""Reviews that count, by the day on which they were written."""

from apps.analytics.facts.source import SERVICE, Source, count
from apps.analytics.models import Family


def reviews() -> Source:
    return Source(
        family=Family.REVIEWED,
        table="bookings_review v",
        details=f"JOIN bookings_booking b ON b.id = v.booking_id {SERVICE}",
        when="v.created_at",
        condition="v.is_counted",
        columns={"stars": "v.rating"},
        measures={f"stars_{stars}": count(f"f.stars = {stars}") for stars in range(1, 6)},
    )
