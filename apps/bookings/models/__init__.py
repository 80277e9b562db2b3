"""The booking, its series and history, reviews of it, and calendars that show it."""

from apps.bookings.models.booking import ZERO, Booking, BookingStatus, BookingStep, GenderPreference
from apps.bookings.models.calendar_feed import CalendarFeed
from apps.bookings.models.dispute import Dispute, DisputeDecision
from apps.bookings.models.history import BookingEvent
from apps.bookings.models.occurrence import Occurrence
from apps.bookings.models.payment import PAID, PAID_LATER, PaidWhen, PaymentStatus, Recorded
from apps.bookings.models.review import Review
from apps.bookings.models.series import BookingSeries, OnConflict, RecurringFrequency, Scope

__all__ = [
    "PAID",
    "PAID_LATER",
    "ZERO",
    "Booking",
    "BookingEvent",
    "BookingSeries",
    "BookingStatus",
    "BookingStep",
    "CalendarFeed",
    "Dispute",
    "DisputeDecision",
    "GenderPreference",
    "Occurrence",
    "OnConflict",
    "PaidWhen",
    "PaymentStatus",
    "Recorded",
    "RecurringFrequency",
    "Review",
    "Scope",
]
