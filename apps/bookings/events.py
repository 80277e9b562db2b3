"""What other apps may hear of a booking. All carry `booking` and `actor`.

Sent with `send()` inside the transaction: a receiver that fails undoes the change. A receiver only writes
rows; what talks to the network runs after the commit.
"""

from django.dispatch import Signal

booking_confirmed = Signal()
booking_cancelled = Signal()
booking_rejected = Signal()
# and `from_starts_at`; `needs_confirmation`: it went back to the provider; `batch`: of several moved at once
booking_rescheduled = Signal()
booking_completed = Signal()  # and `amount_collected`: rupees in cash, or None
booking_expired = Signal()
booking_left_slot_or_price = Signal()  # a draft changed service, slot or price, or was dropped
