"""Bookings whose rows this transaction has locked. What writes to a booking asks for one.

`apps.bookings.selectors` alone makes them; at run time they are the bookings themselves.
"""

from typing import NewType

from apps.bookings.models import Booking

LockedBooking = NewType("LockedBooking", Booking)
# With its customer's row, so that the customer's limits hold in a race.
LockedDraft = NewType("LockedDraft", LockedBooking)
