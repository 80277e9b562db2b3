"""What other apps may hear of money. All carry `booking`, and `payment` or `refund`.

Sent with `send()` inside the transaction: a receiver that fails undoes the change. A receiver only writes
rows; what talks to the network runs after the commit.
"""

from django.dispatch import Signal

# A payment counts as its booking's payment. And `confirmed`: it is what confirmed the booking; `is_late`: it
# had been given up before, and `payment_came_late` tells of it too.
payment_settled = Signal()
payment_failed = Signal()  # failed or expired; and `event`, the move in the trail
payment_came_late = Signal()  # and `kept`: it confirmed the booking after all; else it goes back
# And `event` of the trail, by which one doubt is told from the next; `refund`, where one is what is in doubt.
payment_needs_attention = Signal()
# And `is_all`: what came for a booking was given back at the gateway, and by nobody of ours.
payment_taken_back = Signal()
refund_requested = Signal()  # and `actor`, None for the system
refund_completed = Signal()  # and `actor`, who says that it was done by hand
transfer_rejected = Signal()  # and `reason`, `actor`
