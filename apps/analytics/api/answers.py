"""Figures as JSON. Money as strings in rupees, rates in percent beside what they are a share of."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from apps.analytics.measures import STATUSES
from apps.analytics.rates import Rate, rupees
from apps.analytics.selectors.bookings import PER_DAY as OF_BOOKINGS
from apps.analytics.selectors.bookings import BookingFigures
from apps.analytics.selectors.lengths import Lengths
from apps.analytics.selectors.payments import PAID_ATTEMPTS, MethodFigures, PaymentFigures
from apps.analytics.selectors.payments import PER_DAY as OF_PAYMENTS
from apps.analytics.selectors.providers import ProviderFigures
from apps.analytics.selectors.revenue import Revenue, revenue_of
from apps.analytics.selectors.span import Days

Answer = dict[str, Any]
MINUTE, HOUR = 60, 3600


def booking_answer(figures: BookingFigures, group_by: str, *, is_customer: bool) -> Answer:
    completion = figures.rate("completed")
    return {
        **span_of(figures.days, group_by),
        **counts_of(figures.statuses),
        "completion_rate": completion.percent,
        "total_revenue": str(figures.revenue.gross),
        "rates": {
            "completion": rate(completion),
            "cancellation": rate(figures.rate("cancelled")),
            "no_show": rate(figures.rate("no_show")),
            "rejection": rate(figures.rate("rejected")),
        },
        "revenue": {
            "paid": str(figures.revenue.gross),
            **revenue(figures.revenue, is_customer=is_customer),
            "outstanding": str(figures.outstanding),
            "outstanding_bookings": figures.unpaid,
        },
        "average_value": money(figures.average_value),
        "lead_time": lengths(figures.lead, "hours", HOUR),
        "repeat": rate(figures.repeated),
        "busiest_hours": busiest("hour", figures.hours),
        "busiest_weekdays": busiest("weekday", figures.weekdays),
        "top_services": figures.services,
        "funnel": [
            {"step": step.step, "reached": step.reached, "left": step.left, "open": step.open}
            for step in figures.funnel
        ],
        "series": booking_series(figures.days, group_by),
    }


def booking_series(days: Days, group_by: str) -> list[Answer]:
    return [_period(first, last, sums) for first, last, sums in days.by_period(group_by, OF_BOOKINGS)]


def _period(first: date, last: date, sums: Mapping[str, int]) -> Answer:
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        **counts_of(sums),
        "paid": str(rupees(sums["gross"])),
        "refunded": str(rupees(sums["refunded"])),
    }


def provider_answer(figures: ProviderFigures, group_by: str, provider_id: int | None) -> Answer:
    stars = figures.stars
    return {
        "provider": provider_id,
        **span_of(figures.days, group_by),
        **counts_of(figures.statuses),
        "completion_rate": figures.completion.percent,
        "total_revenue": str(figures.earnings.gross),
        "response_time": lengths(figures.response, "minutes", MINUTE),
        "rates": {
            "acceptance": rate(figures.acceptance),
            "completion": rate(figures.completion),
            "on_time_start": rate(figures.on_time),
        },
        "ratings": {
            "average": money(figures.average_rating),
            "count": sum(stars),
            "distribution": {str(number): count for number, count in enumerate(stars, 1)},
        },
        "utilisation": {
            "offered_hours": figures.utilisation.offered_hours,
            "booked_hours": figures.utilisation.booked_hours,
            "percent": None
            if figures.utilisation.share is None
            else round(figures.utilisation.share * 100, 2),
        },
        "earnings": revenue(figures.earnings),
        "series": provider_series(figures.days, group_by),
    }


def provider_series(days: Days, group_by: str) -> list[Answer]:
    return [
        {**_period(first, last, sums), "net": str(revenue_of(sums).net)}
        for first, last, sums in days.by_period(group_by, OF_BOOKINGS)
    ]


def payment_answer(figures: PaymentFigures, group_by: str, *, is_customer: bool) -> Answer:
    return {
        **span_of(figures.days, group_by),
        "total_attempts": sum(figures.attempts.values()),
        "attempts": dict(figures.attempts),
        "success_rate": rate(figures.success),
        "methods": [_method(method, is_customer=is_customer) for method in figures.methods],
        "failure_reasons": [
            {"method": method, "reason": reason, "attempts": attempts}
            for method, reason, attempts in figures.reasons
        ],
        "refunds": {
            "count": figures.refunds,
            "amount": str(figures.given_back),
            "rate": rate(figures.refund_rate),
        },
        "revenue": revenue(figures.revenue, is_customer=is_customer),
        "time_to_settle": lengths(figures.settling, "minutes", MINUTE),
        "series": payment_series(figures.days, group_by),
    }


def payment_series(days: Days, group_by: str) -> list[Answer]:
    return [
        {
            "from": first.isoformat(),
            "to": last.isoformat(),
            "attempts": sum(value for name, value in sums.items() if name.startswith("attempts_")),
            "attempts_paid": sum(sums[name] for name in PAID_ATTEMPTS),
            "attempts_failed": sums["attempts_failed"] + sums["attempts_expired"],
            "bookings_paid": sums["settled"],
            "paid": str(rupees(sums["gross"])),
            "refunds": sums["refunds"],
            "refunded": str(rupees(sums["given_back"])),
        }
        for first, last, sums in days.by_period(group_by, OF_PAYMENTS)
    ]


def _method(figures: MethodFigures, *, is_customer: bool) -> Answer:
    return {
        "method": figures.method,
        "attempts": figures.attempts,
        "success_rate": rate(figures.success),
        "preference": rate(figures.preference),
        "revenue": revenue(figures.revenue, is_customer=is_customer),
        "time_to_settle": lengths(figures.settling, "minutes", MINUTE),
    }


def span_of(days: Days, group_by: str) -> Answer:
    return {"from": days.first.isoformat(), "to": days.last.isoformat(), "group_by": group_by}


def counts_of(sums: Mapping[str, int]) -> Answer:
    counts = {f"{status}_bookings": sums[status] for status in STATUSES}
    return {"total_bookings": sum(counts.values()), **counts}


def rate(of: Rate) -> Answer:
    return {"percent": of.percent, "count": of.count, "denominator": of.denominator, "of": of.of}


def revenue(of: Revenue, *, is_customer: bool = False) -> Answer:
    """What the marketplace takes of a provider's share is not the customer's business."""
    return {
        "gross": str(of.gross),
        "refunded": str(of.refunded),
        "fees": str(of.fees),
        "commission": None if is_customer else str(of.commission),
        "net": str(of.gross - of.refunded if is_customer else of.net),
    }


def lengths(of: Lengths, unit: str, seconds: int) -> Answer:
    def in_unit(length: float | None) -> float | None:
        return None if length is None else round(length / seconds, 2)

    return {
        "count": of.count,
        f"mean_{unit}": in_unit(of.mean),
        f"median_{unit}": in_unit(of.median),
        f"p90_{unit}": in_unit(of.p90),
        f"bucket_{unit}": in_unit(of.bucket),
        f"counted_to_{unit}": in_unit(of.counted_to),
    }


def busiest(name: str, counts: list[int]) -> list[Answer]:
    """Return those with bookings, most of them first."""
    ranked = sorted(enumerate(counts), key=lambda found: (-found[1], found[0]))
    return [{name: number, "bookings": count} for number, count in ranked if count]


def money(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
