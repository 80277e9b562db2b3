"""Figures for pictures: a statement each, two where something is dirty; utilisation one more.

`scope` says whose: `EVERYBODY`, or `Scope(provider_id=7)`. Days are local, both ends included.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from apps.analytics.facts.dialect import as_date
from apps.analytics.measures import REACHED, STATUSES, STILL_OPEN
from apps.analytics.models import Family
from apps.analytics.rates import rupees, share
from apps.analytics.scope import ALL_TIME, EVERYBODY, Scope, Span
from apps.analytics.selectors.funnel import FunnelStep, funnel_of
from apps.analytics.selectors.revenue import REVENUE, revenue_of
from apps.analytics.selectors.working_time import offered_seconds
from apps.analytics.statements.reading import Reading


@dataclass(frozen=True, slots=True)
class DayOfBookings:
    """Bookings by appointment date: all that were sent off, and by their state now."""

    day: date
    bookings: int
    by_status: dict[str, int]


@dataclass(frozen=True, slots=True)
class DayOfRevenue:
    """Rupees: paid on that day, given back on that day, and providers' share of the difference."""

    day: date
    paid: Decimal
    refunded: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class MethodShare:
    """Bookings paid by a method, in rupees, and their share of all that were paid: 0 to 1."""

    method: str
    paid: int
    amount: Decimal
    share: float | None


@dataclass(frozen=True, slots=True)
class Utilisation:
    """Working time offered and taken, in hours; `share` is 0 to 1, None without hours."""

    offered_hours: float
    booked_hours: float
    share: float | None


def bookings_per_day(first: date, last: date, scope: Scope = EVERYBODY) -> list[DayOfBookings]:
    """Return every day of the span, also those without bookings."""
    rows = {
        as_date(row["day"]): {status: row[status] for status in STATUSES}
        for row in Reading(scope, Span(first, last)).sums_by(["day"], {Family.BOOKED: STATUSES})
    }
    nothing = dict.fromkeys(STATUSES, 0)
    return [
        DayOfBookings(day, sum(rows.get(day, nothing).values()), rows.get(day, nothing))
        for day in days_of(first, last)
    ]


def revenue_per_day(first: date, last: date, scope: Scope = EVERYBODY) -> list[DayOfRevenue]:
    """Return every day of the span, also those without money."""
    rows = {
        as_date(row["day"]): row
        for row in Reading(scope, Span(first, last)).sums_by(["day"], {Family.MONEY: REVENUE})
    }
    nothing = dict.fromkeys(REVENUE, 0)
    days = ((day, revenue_of(rows.get(day, nothing))) for day in days_of(first, last))
    return [DayOfRevenue(day, revenue.gross, revenue.refunded, revenue.net) for day, revenue in days]


def wizard_funnel(
    first: date = ALL_TIME.first, last: date = ALL_TIME.last, scope: Scope = EVERYBODY
) -> list[FunnelStep]:
    """Return the five steps of drafts that were begun in the span."""
    return funnel_of(Reading(scope, Span(first, last)).totals({Family.BEGUN: (*REACHED, *STILL_OPEN)}))


def payment_methods_share(
    first: date = ALL_TIME.first, last: date = ALL_TIME.last, scope: Scope = EVERYBODY
) -> list[MethodShare]:
    """Return the methods by which bookings were paid in the span, most used first."""
    rows = Reading(scope, Span(first, last)).sums_by(["method"], {Family.MONEY: ("settled", "gross")})
    whole = sum(row["settled"] for row in rows)
    used = [row for row in rows if row["settled"]]
    return [
        MethodShare(row["method"], row["settled"], rupees(row["gross"]), share(row["settled"], whole))
        for row in sorted(used, key=lambda row: (-row["settled"], row["method"]))
    ]


def utilisation(first: date, last: date, scope: Scope = EVERYBODY) -> Utilisation:
    """Return how much of the working time is taken by appointments.

    Working time is by the hours and time off that stand now. A seat of a group takes its share of the time.
    """
    booked = Reading(scope, Span(first, last)).totals({Family.BOOKED: ("booked_seconds",)})["booked_seconds"]
    return utilisation_of(booked, offered_seconds(scope, first, last))


def utilisation_of(booked: int, offered: int) -> Utilisation:
    return Utilisation(round(offered / 3600, 2), round(booked / 3600, 2), share(booked, offered))


def days_of(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
