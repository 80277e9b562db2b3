"""All sources, by the family that is rolled up together."""

from collections.abc import Callable, Mapping

from apps.analytics import measures
from apps.analytics.facts import begun, booked, money, reviewed
from apps.analytics.facts.source import Source
from apps.analytics.models import BegunDay, BookedDay, Day, Family, MoneyDay, ReviewedDay

TABLES: Mapping[Family, type[Day]] = {
    Family.BOOKED: BookedDay,
    Family.BEGUN: BegunDay,
    Family.MONEY: MoneyDay,
    Family.REVIEWED: ReviewedDay,
}
MEASURES: Mapping[Family, tuple[str, ...]] = {
    Family.BOOKED: measures.BOOKED,
    Family.BEGUN: measures.BEGUN,
    Family.MONEY: measures.MONEY,
    Family.REVIEWED: measures.STARS,
}

SOURCES: Mapping[Family, tuple[Callable[[], Source], ...]] = {
    Family.BOOKED: (booked.appointments, booked.answers),
    Family.BEGUN: (begun.begun, begun.purged),
    Family.MONEY: (money.attempts, money.settled, money.refunds),
    Family.REVIEWED: (reviewed.reviews,),
}


def sources_of(family: Family) -> tuple[Source, ...]:
    """Return a family's sources, in the dialect of the database and the marketplace's zone of now."""
    return tuple(source() for source in SOURCES[family])
