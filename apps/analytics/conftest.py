"""The clock and clients of bookings, and a week to count."""

from apps.analytics.tests.fixtures import ask, week
from apps.bookings.conftest import client_of, clock, wizard

__all__ = ["ask", "client_of", "clock", "week", "wizard"]
