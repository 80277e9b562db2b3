"""What is counted, by the names of its columns. Amounts in paisa: whole numbers add up exactly."""

from apps.analytics.histograms import LEAD, RESPONSE, SETTLING
from apps.bookings.models import BookingStatus
from apps.payments.models import PaymentStatus

# By appointment date, of bookings that were sent off.
STATUSES = tuple(status.value for status in BookingStatus if status != BookingStatus.DRAFT)
HOURS = tuple(f"hour_{hour:02}" for hour in range(24))
APPOINTMENTS = (
    *STATUSES,
    "repeated",
    "value",
    "unpaid",
    "outstanding",
    "booked_seconds",
    "started",
    "on_time",
)
ANSWERS = ("accepted", "declined", "unanswered", "response_seconds", *RESPONSE.columns)
BOOKED = (*APPOINTMENTS, *HOURS, *ANSWERS)

# By the day on which the draft was begun.
REACHED = ("begun", "reached_time", "reached_details", "reached_payment", "sent")
STILL_OPEN = ("open_at_time", "open_at_details", "open_at_payment", "open_at_confirmation")
BEGUN = (*REACHED, *STILL_OPEN, "lead_seconds", "lead_count", *LEAD.columns)

# By the day of the attempt, of the money, of the refund's end.
ATTEMPTS = tuple(f"attempts_{status.value}" for status in PaymentStatus)
SETTLED = ("settled", "gross", "fees", "commission", "settling_seconds", *SETTLING.columns)
REFUNDED = ("refunds", "given_back", "refunded", "fees_returned", "commission_returned")
MONEY = (*ATTEMPTS, *SETTLED, *REFUNDED)

# By the day of the review.
STARS = tuple(f"stars_{stars}" for stars in range(1, 6))
