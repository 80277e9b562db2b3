"""The kinds of messages, and the rules of each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models


class Kind(models.TextChoices):
    BOOKING_REQUESTED = "booking_requested"
    BOOKING_CONFIRMED = "booking_confirmed"
    BOOKING_REJECTED = "booking_rejected"
    BOOKING_CANCELLED = "booking_cancelled"
    BOOKING_RESCHEDULED = "booking_rescheduled"
    BOOKING_EXPIRED = "booking_expired"
    BOOKING_NO_SHOW = "booking_no_show"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_DECIDED = "dispute_decided"
    OCCURRENCE_SKIPPED = "occurrence_skipped"
    REVIEW_REQUEST = "review_request"
    REMINDER_24H = "reminder_24h"
    REMINDER_2H = "reminder_2h"
    PAYMENT_RECEIVED = "payment_received"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_LATE_KEPT = "payment_late_kept"
    PAYMENT_LATE_RETURNED = "payment_late_returned"
    PAYMENT_NEEDS_ATTENTION = "payment_needs_attention"
    PAYMENT_TAKEN_BACK = "payment_taken_back"
    REFUND_REQUESTED = "refund_requested"
    REFUND_COMPLETED = "refund_completed"
    TRANSFER_REJECTED = "transfer_rejected"


class Audience(models.TextChoices):
    """As what somebody is told: the words differ."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    ADMIN = "admin"


class Group(StrEnum):
    """What a person switches off together."""

    BOOKINGS = "bookings"
    PAYMENTS = "payments"
    REMINDERS = "reminders"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class Rule:
    """`is_essential`: money or a booking that won't take place; it goes by e-mail whatever is switched off.

    `sms` names the short text, empty where there is none; `has_appointment`: the calendar file goes with it.
    """

    group: Group
    is_essential: bool = False
    has_appointment: bool = False
    sms: str = ""


RULES: Mapping[str, Rule] = {
    Kind.BOOKING_REQUESTED: Rule(Group.BOOKINGS, has_appointment=True),
    Kind.BOOKING_CONFIRMED: Rule(Group.BOOKINGS, has_appointment=True, sms="confirmed"),
    Kind.BOOKING_REJECTED: Rule(Group.BOOKINGS, is_essential=True, has_appointment=True),
    Kind.BOOKING_CANCELLED: Rule(Group.BOOKINGS, is_essential=True, has_appointment=True, sms="cancelled"),
    Kind.BOOKING_RESCHEDULED: Rule(Group.BOOKINGS, has_appointment=True, sms="rescheduled"),
    Kind.BOOKING_EXPIRED: Rule(Group.BOOKINGS, is_essential=True, has_appointment=True),
    # Who isn't told can't object in time.
    Kind.BOOKING_NO_SHOW: Rule(Group.BOOKINGS, is_essential=True),
    Kind.DISPUTE_OPENED: Rule(Group.BOOKINGS, is_essential=True),
    Kind.DISPUTE_DECIDED: Rule(Group.BOOKINGS, is_essential=True),
    Kind.OCCURRENCE_SKIPPED: Rule(Group.BOOKINGS, is_essential=True),
    Kind.REVIEW_REQUEST: Rule(Group.REVIEWS),
    Kind.REMINDER_24H: Rule(Group.REMINDERS),
    Kind.REMINDER_2H: Rule(Group.REMINDERS, sms="reminder"),
    Kind.PAYMENT_RECEIVED: Rule(Group.PAYMENTS, is_essential=True, has_appointment=True, sms="confirmed"),
    Kind.PAYMENT_FAILED: Rule(Group.PAYMENTS),
    Kind.PAYMENT_LATE_KEPT: Rule(Group.PAYMENTS, is_essential=True, has_appointment=True, sms="confirmed"),
    Kind.PAYMENT_LATE_RETURNED: Rule(Group.PAYMENTS, is_essential=True),
    Kind.PAYMENT_NEEDS_ATTENTION: Rule(Group.PAYMENTS, is_essential=True),
    Kind.PAYMENT_TAKEN_BACK: Rule(Group.PAYMENTS, is_essential=True),
    Kind.REFUND_REQUESTED: Rule(Group.PAYMENTS, is_essential=True),
    Kind.REFUND_COMPLETED: Rule(Group.PAYMENTS, is_essential=True),
    Kind.TRANSFER_REJECTED: Rule(Group.PAYMENTS, is_essential=True),
}
REMINDERS = (Kind.REMINDER_24H, Kind.REMINDER_2H)
