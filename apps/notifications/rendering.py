"""Words for a notification, made when it is read or sent, in the language of who reads it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from apps.bookings.selectors import awaits_own_payment
from apps.common.localtime import instant, marketplace_zone
from apps.notifications.facts import facts_of
from apps.notifications.kinds import RULES, Audience, Kind
from apps.notifications.models import Notification
from apps.notifications.snapshots import BookingSnapshot, booking_snapshots
from apps.notifications.wording import moment_text, money_text, number_text, short_moment_text, to_pay_text

# In cash the provider accepts first; a transfer has words of its own.
PAID_OTHERWISE = ("cash", "bank_transfer")
PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Rendered:
    """`lines` are the bookings of a message that tells of several."""

    subject: str
    paragraphs: list[str]
    facts: list[tuple[str, str]]
    lines: list[str]
    link: str
    language: str

    @property
    def text(self) -> str:
        """All of its own words in one piece, for lists."""
        return " ".join(self.paragraphs)


def rendered(notification: Notification, language: str) -> Rendered:
    """Return the message's words. Loaded with `selectors.TOLD_WITH`, it takes no query."""
    snapshots = booking_snapshots(notification)
    words = _words(notification, snapshots, language)
    body = render_to_string(f"notifications/{language}/{notification.kind}.txt", words)
    subject, *paragraphs = filter(None, (" ".join(part.split()) for part in PARAGRAPHS.split(body)))
    return Rendered(
        subject=subject,
        paragraphs=paragraphs,
        facts=facts_of(notification, snapshots, language),
        lines=_lines(notification, snapshots, language),
        link=_link(notification),
        language=language,
    )


def rendered_sms(notification: Notification, language: str) -> str:
    """Return the short text of a kind that has one."""
    words = _words(notification, booking_snapshots(notification), language)
    name = RULES[notification.kind].sms
    return " ".join(render_to_string(f"notifications/sms/{language}/{name}.txt", words).split())


def _words(notification: Notification, snapshots: Sequence[BookingSnapshot], language: str) -> dict[str, Any]:
    booking, context = notification.booking, notification.context
    words = {
        "for_customer": notification.audience == Audience.CUSTOMER,
        "for_provider": notification.audience == Audience.PROVIDER,
        "for_admin": notification.audience == Audience.ADMIN,
        "by": context.get("by", ""),
        "for_whom": context.get("for_whom", ""),
        "confirmed": context.get("confirmed", False),
        "needs_confirmation": context.get("needs_confirmation", False),
        "is_all": context.get("is_all", False),
        "is_refund": "refund" in context,
        "method": context.get("method", ""),
        "is_series": len(snapshots) > 1,
        "count": number_text(len(snapshots), language),
    }
    if "amount" in context:
        words["amount"] = money_text(Decimal(context["amount"]), language)
    if "until" in context:
        words["until"] = moment_text(datetime.fromisoformat(context["until"]), language)
    if snapshots:
        words["day"] = short_moment_text(snapshots[0].starts_at, language)
        words["is_same_time"] = all(snapshot.starts_at == snapshot.from_starts_at for snapshot in snapshots)
    if booking is not None:
        words |= {
            "service": booking.service.title,
            "provider": booking.provider.full_name,
            "customer": booking.customer.full_name,
            "reference": booking.reference,
            "payment_method": booking.payment_method,
            "is_paid_online": booking.payment_method not in PAID_OTHERWISE,
        }
    return words


def _lines(notification: Notification, snapshots: Sequence[BookingSnapshot], language: str) -> list[str]:
    if notification.kind == Kind.OCCURRENCE_SKIPPED:
        zone = marketplace_zone()
        lost = [
            instant(date.fromisoformat(day), time.fromisoformat(at), zone)
            for day, at in notification.context["occurrences"]
        ]
        return [moment_text(moment, language) for moment in lost]
    if len(snapshots) < 2:
        return []
    says_until = notification.kind == Kind.BOOKING_REQUESTED and notification.audience == Audience.CUSTOMER
    return [_line(snapshot, language, says_until=says_until) for snapshot in snapshots]


def _line(snapshot: BookingSnapshot, language: str, *, says_until: bool) -> str:
    """Return when a booking is, and until when it is to be paid if it still waits for that."""
    booking = snapshot.booking
    line = f"{moment_text(snapshot.starts_at, language, ends_at=snapshot.ends_at)} · {booking.reference}"
    if says_until and booking.expires_at is not None and awaits_own_payment(booking):
        line += f" · {to_pay_text(booking.expires_at, language)}"
    return line


def _link(notification: Notification) -> str:
    if notification.audience == Audience.ADMIN:
        return f"{settings.PUBLIC_URL}/admin/payments/payment/{notification.context['payment']}/change/"
    page = "/review" if notification.kind == Kind.REVIEW_REQUEST else ""
    return f"{settings.FRONTEND_URL}/bookings/{notification.booking_id}{page}"
