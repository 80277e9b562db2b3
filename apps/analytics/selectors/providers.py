"""Everything that a provider's statistics show, and what of it everybody sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.analytics.histograms import RESPONSE
from apps.analytics.measures import ANSWERS, STARS, STATUSES
from apps.analytics.models import Family
from apps.analytics.rates import Rate, percent, rounded_mean
from apps.analytics.scope import ALL_TIME, Scope, Span
from apps.analytics.selectors.charts import Utilisation, utilisation_of
from apps.analytics.selectors.lengths import Lengths, lengths_of
from apps.analytics.selectors.revenue import REVENUE, Revenue, revenue_of
from apps.analytics.selectors.span import Days, days_of_answer
from apps.analytics.selectors.working_time import offered_seconds
from apps.analytics.statements.reading import Reading
from apps.common.database import snapshot
from apps.services.figures import PublicFigures

WORK = ("started", "on_time", "booked_seconds", *ANSWERS)
REQUESTS = "requests that waited for the provider's answer"
STARTED = "bookings that were started"


@dataclass(frozen=True, slots=True)
class ProviderFigures:
    """`stars` are the reviews with one to five."""

    days: Days
    statuses: Mapping[str, int]
    response: Lengths
    acceptance: Rate
    on_time: Rate
    stars: list[int]
    utilisation: Utilisation
    earnings: Revenue

    @property
    def total(self) -> int:
        return sum(self.statuses.values())

    @property
    def completion(self) -> Rate:
        return Rate(self.statuses["completed"], self.total, "total_bookings")

    @property
    def average_rating(self) -> Decimal | None:
        return average_of(self.stars)


@snapshot()
def provider_figures(scope: Scope, span: Span, *, now: datetime) -> ProviderFigures:
    """Return the figures of a provider, or of all of them: three statements, four if dirty."""
    reading = Reading(scope, span)
    rows = reading.sums_by(["day"], {Family.BOOKED: STATUSES, Family.MONEY: REVENUE})
    # All time also begins and ends with reviews.
    sums, reviewed = reading.totals_and_ends({Family.BOOKED: WORK, Family.REVIEWED: STARS}, Family.REVIEWED)
    days = days_of_answer(rows, span, now=now, others=reviewed)
    return ProviderFigures(
        days=days,
        statuses=days.totals(STATUSES),
        response=lengths_of(RESPONSE, sums, "response_seconds"),
        acceptance=acceptance_of(sums),
        on_time=Rate(sums["on_time"], sums["started"], STARTED),
        stars=[sums[stars] for stars in STARS],
        utilisation=utilisation_of(sums["booked_seconds"], offered_seconds(scope, days.first, days.last)),
        earnings=revenue_of(days.totals(REVENUE)),
    )


def public_figures(provider_id: int) -> PublicFigures:
    """Return what everybody sees of a provider's work, over all time: one statement, two if dirty."""
    wanted = (*STATUSES, "started", "on_time", *ANSWERS)
    sums = Reading(Scope(provider_id=provider_id), ALL_TIME).totals({Family.BOOKED: wanted})
    median = lengths_of(RESPONSE, sums, "response_seconds").median
    return PublicFigures(
        completed_bookings=sums["completed"],
        response_minutes_median=None if median is None else round(median / 60),
        acceptance_percent=acceptance_of(sums).percent,
        completion_percent=percent(sums["completed"], sum(sums[status] for status in STATUSES)),
        on_time_percent=percent(sums["on_time"], sums["started"]),
    )


def acceptance_of(sums: Mapping[str, int]) -> Rate:
    """Return how many requests were accepted, of those that were accepted, declined, or not answered."""
    answered = sums["accepted"] + sums["declined"] + sums["unanswered"]
    return Rate(sums["accepted"], answered, REQUESTS)


def average_of(stars: list[int]) -> Decimal | None:
    """Return the mean of reviews with one to five stars, with two places."""
    return rounded_mean(sum(count * number for number, count in enumerate(stars, 1)), sum(stars))
