"""The clock and clients of bookings."""

from apps.bookings.conftest import client_of, clock, wizard

__all__ = ["client_of", "clock", "wizard"]
