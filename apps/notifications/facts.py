"""The lines of a message below its words: what, when, where, how much."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from apps.bookings.models import Booking
from apps.notifications.kinds import Audience, Kind
from apps.notifications.models import Notification
from apps.notifications.snapshots import BookingSnapshot
from apps.notifications.wording import LABELS, moment_text, money_text

COMING = ("service", "provider", "customer", "when", "where", "staff", "total", "reference")
GONE = ("service", "provider", "customer", "when", "reason", "reference")
MONEY = ("amount", "method", "service", "when", "payment", "refund", "reference")
SHOWN: Mapping[str, Sequence[str]] = {
    Kind.BOOKING_REQUESTED: (*COMING[:-1], "until", "reference"),
    Kind.BOOKING_CONFIRMED: COMING,
    Kind.BOOKING_REJECTED: GONE,
    Kind.BOOKING_CANCELLED: GONE,
    Kind.BOOKING_RESCHEDULED: (
        "service",
        "provider",
        "customer",
        "when",
        "before",
        "where",
        "staff",
        "reference",
    ),
    Kind.BOOKING_EXPIRED: GONE,
    Kind.BOOKING_NO_SHOW: (*GONE[:-1], "until", "reference"),
    Kind.DISPUTE_OPENED: GONE,
    Kind.DISPUTE_DECIDED: GONE,
    Kind.OCCURRENCE_SKIPPED: ("service", "provider", "reference"),
    Kind.REVIEW_REQUEST: ("service", "provider", "when", "reference"),
    Kind.REMINDER_24H: COMING,
    Kind.REMINDER_2H: COMING,
    Kind.PAYMENT_RECEIVED: ("amount", "method", *COMING),
    Kind.PAYMENT_LATE_KEPT: ("amount", "method", *COMING),
    Kind.TRANSFER_REJECTED: ("amount", "reason", "until", "service", "when", "reference"),
}
TO_THEMSELVES = {Audience.CUSTOMER: "customer", Audience.PROVIDER: "provider"}


def facts_of(
    notification: Notification, snapshots: Sequence[BookingSnapshot], language: str
) -> list[tuple[str, str]]:
    """Return (label, text) of what is known. Several bookings have a list for their times."""
    booking = notification.booking
    known = _of_context(notification, language)
    if booking is not None:
        known |= _of_booking(booking, notification, language)
    if len(snapshots) == 1:
        known |= _of_time(snapshots[0], language)
    else:
        known.pop("total", None)
        if booking is not None and booking.payment_method != "cash":
            known.pop("until", None)  # each of them is paid by itself
    known.pop(TO_THEMSELVES.get(Audience(notification.audience), ""), None)
    labels = LABELS[language]
    return [(labels[name], known[name]) for name in SHOWN.get(notification.kind, MONEY) if known.get(name)]


def _of_context(notification: Notification, language: str) -> dict[str, str]:
    context = notification.context
    names = ["method", "reason"]
    if notification.audience == Audience.ADMIN:
        names += ["payment", "refund"]
    known = {name: str(context[name]) for name in names if name in context}
    if "amount" in context:
        known["amount"] = money_text(Decimal(context["amount"]), language)
    if "until" in context:
        known["until"] = moment_text(datetime.fromisoformat(context["until"]), language)
    return known


def _of_booking(booking: Booking, notification: Notification, language: str) -> dict[str, str]:
    staff = booking.staff.full_name if booking.staff else ""
    known = {
        "service": booking.service.title,
        "provider": booking.provider.full_name,
        "customer": booking.customer.full_name,
        "where": ", ".join(filter(None, [booking.address, booking.city.name if booking.city else ""])),
        "staff": "" if staff == booking.provider.full_name else staff,
        "total": money_text(booking.total_amount, language),
        "reference": booking.reference,
    }
    reasons = {
        Kind.BOOKING_CANCELLED: booking.cancellation_reason,
        Kind.BOOKING_REJECTED: booking.rejection_reason,
    }
    if reason := reasons.get(Kind(notification.kind)):
        known["reason"] = reason
    return known


def _of_time(snapshot: BookingSnapshot, language: str) -> dict[str, str]:
    known = {"when": moment_text(snapshot.starts_at, language, ends_at=snapshot.ends_at)}
    if snapshot.from_starts_at and snapshot.from_starts_at != snapshot.starts_at:
        known["before"] = moment_text(snapshot.from_starts_at, language)
    return known
