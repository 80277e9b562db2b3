"""What other apps may hear of a booking. Most carry `booking` and `actor`; those of a move also `batch`.

Bookings of one series that are moved in one transaction share a `batch`, a UUID's hex; else it is None.

Sent with `send()` inside the transaction: a receiver that fails undoes the change. A receiver only writes
rows; what talks to the network runs after the commit.
"""

from django.dispatch import Signal

booking_requested = Signal()  # from draft to pending
booking_confirmed = Signal()
booking_cancelled = Signal()
booking_rejected = Signal()
booking_rescheduled = Signal()  # and `from_starts_at`; `needs_confirmation`: back to the provider
booking_started = Signal()
booking_completed = Signal()  # and `amount_collected`: rupees in cash, or None; `reason`
booking_no_show = Signal()
dispute_opened = Signal()  # and `dispute`
dispute_decided = Signal()  # and `dispute`
booking_expired = Signal()
booking_left_slot_or_price = Signal()  # a draft changed service, slot or price, or was dropped
drafts_going = Signal()  # no booking: `booking_ids` of expired drafts, locked, about to be deleted
# Bookings of a series that were lost: `series`, `booking` (the first one), `occurrences`: its (date, time)s.
occurrence_skipped = Signal()
