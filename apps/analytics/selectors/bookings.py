"""Everything that booking analytics show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import itemgetter

from apps.analytics.histograms import LEAD
from apps.analytics.measures import BEGUN, HOURS, STATUSES
from apps.analytics.models import Family
from apps.analytics.rates import Rate, mean_rupees, rupees
from apps.analytics.scope import Scope, Span
from apps.analytics.selectors.funnel import FunnelStep, funnel_of
from apps.analytics.selectors.lengths import Lengths, lengths_of
from apps.analytics.selectors.revenue import REVENUE, Revenue, revenue_of
from apps.analytics.selectors.span import Days, days_of_answer
from apps.analytics.statements.reading import Reading, Row
from apps.analytics.statements.service_months import top_services
from apps.common.database import snapshot

MOST_SERVICES = 10
PER_DAY = (*STATUSES, *REVENUE)
ALL_BOOKINGS = "total_bookings"


@dataclass(frozen=True, slots=True)
class BookingFigures:
    """`days` carry states and money by day; the rest is over all of them."""

    days: Days
    statuses: Mapping[str, int]
    revenue: Revenue
    outstanding: Decimal
    unpaid: int
    average_value: Decimal | None
    repeated: Rate
    lead: Lengths
    hours: list[int]
    weekdays: list[int]
    funnel: list[FunnelStep]
    services: list[Row]

    @property
    def total(self) -> int:
        return sum(self.statuses.values())

    def rate(self, status: str) -> Rate:
        """Return the share of all bookings that are in a state."""
        return Rate(self.statuses[status], self.total, ALL_BOOKINGS)


@snapshot()
def booking_figures(scope: Scope, span: Span, *, now: datetime) -> BookingFigures:
    """Return the figures of a scope: three statements, four where something is dirty."""
    reading = Reading(scope, span)
    rows = reading.sums_by(["day"], {Family.BOOKED: STATUSES, Family.MONEY: REVENUE})
    extra = ("repeated", "value", "unpaid", "outstanding", *HOURS)
    # All time also begins and ends with drafts.
    sums, begun = reading.totals_and_ends({Family.BOOKED: extra, Family.BEGUN: BEGUN}, Family.BEGUN)
    days = days_of_answer(rows, span, now=now, others=begun)
    statuses, money = days.totals(STATUSES), days.totals(REVENUE)
    return BookingFigures(
        days=days,
        statuses=statuses,
        revenue=revenue_of(money),
        outstanding=rupees(sums["outstanding"]),
        unpaid=sums["unpaid"],
        average_value=mean_rupees(sums["value"], statuses["completed"]),
        repeated=Rate(sums["repeated"], sum(statuses.values()), ALL_BOOKINGS),
        lead=lengths_of(LEAD, sums, "lead_seconds"),
        hours=[sums[hour] for hour in HOURS],
        weekdays=_weekdays(days),
        funnel=funnel_of(sums),
        services=top_services(reading, most=MOST_SERVICES),
    )


def _weekdays(days: Days) -> list[int]:
    """Return the bookings of each weekday, Monday first."""
    counts = [0] * 7
    statuses = itemgetter(*STATUSES)
    for day, row in days.rows.items():
        counts[day.weekday()] += sum(statuses(row))
    return counts
