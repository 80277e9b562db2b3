"""Drafts and requests that run out by themselves."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from apps.bookings.actions.decisions import bookings_move
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.selectors import bookings_locked_if_free

logger = logging.getLogger(__name__)

SHORTEST_TIME_TO_PAY = timedelta(hours=24)


def response_deadline(booking: Booking, *, now: datetime) -> datetime:
    """Return until when a request waits for the provider, or an unpaid one for a bank transfer's money.

    Never beyond its start.
    """
    if booking.is_due_before_start and booking.starts_at:
        return series_payment_due(booking.starts_at, now=now)
    hours = (
        settings.BANK_TRANSFER_DEADLINE_HOURS if booking.awaits_transfer else settings.PROVIDER_RESPONSE_HOURS
    )
    answer_by = now + timedelta(hours=hours)
    return min(answer_by, booking.starts_at) if booking.starts_at else answer_by


def series_payment_due(starts_at: datetime, *, now: datetime) -> datetime:
    """Return until when a later booking of a series waits for its money: a day at least."""
    due = starts_at - timedelta(days=settings.SERIES_PAYMENT_DUE_DAYS)
    return min(max(due, now + SHORTEST_TIME_TO_PAY), starts_at)


def series_waits_together(bookings: list[LockedBooking], *, now: datetime) -> None:
    """Give the requests of a series in cash one deadline, the earliest of theirs: they get one answer.

    One that is overdue is not counted.
    """
    waiting = [
        booking for booking in bookings if booking.is_request_on_site and booking.series_id is not None
    ]
    deadlines = [booking.expires_at for booking in waiting if booking.expires_at and booking.expires_at > now]
    if not deadlines:
        return
    deadline = min(deadlines)
    for booking in waiting:
        if booking.expires_at is None or booking.expires_at > deadline:
            booking.expires_at = deadline
            booking.save()


def overdue_bookings_expire(*, now: datetime) -> int:
    """Expire drafts nobody finished and requests nobody answered; return how many.

    Safe from several machines: each leaves alone what another has locked. One that fails is logged, and the
    others don't wait for it.
    """
    overdue = Booking.objects.filter(
        expires_at__lte=now, status__in=[BookingStatus.DRAFT, BookingStatus.PENDING]
    )
    expired = 0
    for booking_ids in _together(overdue):
        try:
            expired += _expire(overdue.filter(pk__in=booking_ids), len(booking_ids), now=now)
        except Exception:
            logger.exception("bookings %s could not be expired", booking_ids)
    return expired


def _together(overdue: QuerySet[Booking]) -> list[list[int]]:
    """Return the ids of what is overdue, those of one series together."""
    groups: dict[tuple[str, int], list[int]] = {}
    for booking_id, series_id in overdue.order_by("pk").values_list("pk", "series"):
        key = ("series", series_id) if series_id else ("booking", booking_id)
        groups.setdefault(key, []).append(booking_id)
    return [*groups.values()]


def _expire(overdue: QuerySet[Booking], number: int, *, now: datetime) -> int:
    """Expire a booking, or all of a series, unless somebody is at one of them; return how many."""
    with transaction.atomic():
        locked = bookings_locked_if_free(overdue)
        if len(locked) < number:
            # A request for a series is answered as a whole, or not at all.
            return 0
        bookings_move(locked, to_status=BookingStatus.EXPIRED, actor=None, now=now, reason=_why(locked[0]))
    return len(locked)


def _why(booking: Booking) -> str:
    if booking.awaits_own_payment:
        return "not paid in time"
    return "not answered in time" if booking.status == BookingStatus.PENDING else "not finished"
