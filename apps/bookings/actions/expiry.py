"""Drafts and requests that run out by themselves."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from apps.bookings.actions.moves import booking_move
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.selectors import PAID

logger = logging.getLogger(__name__)


def response_deadline(booking: Booking, *, now: datetime) -> datetime:
    """Return until when a request waits for the provider, or an unpaid one for a bank transfer's money.

    Never beyond its start.
    """
    hours = (
        settings.BANK_TRANSFER_DEADLINE_HOURS
        if awaits_transfer(booking)
        else settings.PROVIDER_RESPONSE_HOURS
    )
    answer_by = now + timedelta(hours=hours)
    return min(answer_by, booking.starts_at) if booking.starts_at else answer_by


def awaits_transfer(booking: Booking) -> bool:
    """Return whether it is the money of a bank transfer that a request waits for, not the provider."""
    return booking.payment_method == "bank_transfer" and booking.payment_status not in PAID


def overdue_bookings_expire(*, now: datetime) -> int:
    """Expire drafts nobody finished and requests nobody answered; return how many.

    Safe from several machines: each leaves alone what another has locked. One that fails is logged, and the
    others don't wait for it.
    """
    overdue = Booking.objects.filter(
        expires_at__lte=now, status__in=[BookingStatus.DRAFT, BookingStatus.PENDING]
    )
    expired = 0
    for booking_id in overdue.order_by("pk").values_list("pk", flat=True):
        try:
            expired += _expire(overdue, booking_id, now=now)
        except Exception:
            logger.exception("booking %s could not be expired", booking_id)
    return expired


def _expire(overdue: QuerySet[Booking], booking_id: int, *, now: datetime) -> bool:
    """Expire one, unless somebody is at it or has moved it meanwhile; return whether it was expired."""
    with transaction.atomic():
        locked = overdue.select_for_update(skip_locked=True, no_key=True).filter(pk=booking_id).first()
        if locked is None:
            return False
        reason = "not answered in time" if locked.status == BookingStatus.PENDING else "not finished"
        return booking_move(
            booking=locked, to_status=BookingStatus.EXPIRED, actor=None, now=now, reason=reason
        )
