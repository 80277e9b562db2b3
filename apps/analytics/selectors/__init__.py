"""Figures as plain values: for the API, and for the admin's start page. Money in rupees, days local."""

from apps.analytics.scope import ALL_TIME, EVERYBODY, Scope, Span
from apps.analytics.selectors.charts import (
    DayOfBookings,
    DayOfRevenue,
    MethodShare,
    Utilisation,
    bookings_per_day,
    payment_methods_share,
    revenue_per_day,
    utilisation,
    wizard_funnel,
)
from apps.analytics.selectors.funnel import FunnelStep

__all__ = [
    "ALL_TIME",
    "EVERYBODY",
    "DayOfBookings",
    "DayOfRevenue",
    "FunnelStep",
    "MethodShare",
    "Scope",
    "Span",
    "Utilisation",
    "bookings_per_day",
    "payment_methods_share",
    "revenue_per_day",
    "utilisation",
    "wizard_funnel",
]
