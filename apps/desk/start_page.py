"""The admin's start page: what waits for somebody, and how the last thirty days went."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.staff import staff_may
from apps.analytics import selectors
from apps.common.database import planned_for_values
from apps.common.localtime import day_bounds, marketplace_zone, today
from apps.common.money import rupees_text
from apps.desk.charts import Chart, Column, bar_chart
from apps.desk.odd import odd_patterns
from apps.desk.waiting import LISTS

DAYS = 30
# States that a person reads as one: it took place, it is still to come, it won't take place.
GROUPS = {
    "done": ("completed",),
    "open": ("pending", "confirmed", "in_progress"),
    "lost": ("cancelled", "rejected", "no_show", "expired"),
}


@planned_for_values()
def start_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return the page's context: as many queries for a million bookings as for one.

    Somebody sees what their permissions let them open; figures of money are of those who may see payments.
    """
    last = today(timezone.now())
    first = last - timedelta(days=DAYS - 1)
    context |= {"first": first, "last": last, "days": DAYS}
    context |= {
        name: waiting() for name, (permission, waiting) in LISTS.items() if staff_may(request, permission)
    }
    if staff_may(request, "bookings.view_booking"):
        context |= _bookings(first, last)
        context["odd"] = odd_patterns(day_bounds(first, marketplace_zone())[0])
    if staff_may(request, "payments.view_payment"):
        context |= _money(first, last)
    context["has_nothing"] = not LISTS.keys() & context.keys()
    in_doubt = [context[name] for name in ("payments", "refunds_in_doubt") if name in context]
    if in_doubt:
        context["in_doubt_total"] = sum(waiting.count for waiting in in_doubt)
    return context


def _bookings(first: date, last: date) -> dict[str, Any]:
    days = selectors.bookings_per_day(first, last)
    steps = selectors.wizard_funnel(first, last)
    begun = steps[0].reached
    return {
        "bookings_chart": _bookings_chart(days),
        "bookings_total": sum(day.bookings for day in days),
        "bookings_today": days[-1].bookings,
        "lost_total": sum(_of_group(day, "lost") for day in days),
        "funnel": [(step, 100 * step.reached / begun if begun else 0) for step in steps],
        "utilisation": selectors.utilisation(first, last),
    }


def _money(first: date, last: date) -> dict[str, Any]:
    days = selectors.revenue_per_day(first, last)
    return {
        "revenue_chart": _revenue_chart(days),
        "paid_total": sum((day.paid for day in days), Decimal(0)),
        "paid_today": days[-1].paid,
        "refunded_total": sum((day.refunded for day in days), Decimal(0)),
        "methods": selectors.payment_methods_share(first, last),
    }


def _of_group(day: selectors.DayOfBookings, group: str) -> int:
    return sum(day.by_status[status] for status in GROUPS[group])


def _bookings_chart(days: list[selectors.DayOfBookings]) -> Chart:
    return bar_chart(
        [
            Column(
                label=f"{day.day:%-d %b}",
                title=f"{day.day:%a, %-d %B}: {day.bookings} bookings, {_of_group(day, 'done')} completed,"
                f" {_of_group(day, 'open')} open, {_of_group(day, 'lost')} lost",
                values=[(group, _of_group(day, group)) for group in GROUPS],
            )
            for day in days
        ],
        measure="bookings",
    )


def _revenue_chart(days: list[selectors.DayOfRevenue]) -> Chart:
    return bar_chart(
        [
            Column(
                label=f"{day.day:%-d %b}",
                title=f"{day.day:%a, %-d %B}: Rs {rupees_text(day.paid)} paid,"
                f" Rs {rupees_text(day.refunded)} given back",
                values=[("paid", day.paid)],
            )
            for day in days
        ],
        measure="Rs",
    )
