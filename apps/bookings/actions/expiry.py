"""Drafts and requests that run out by themselves."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from apps.bookings.actions.moves import booking_move
from apps.bookings.models import Booking, BookingStatus


def response_deadline(booking: Booking, *, now: datetime) -> datetime:
    """Return until when an unpaid request waits for the provider, or for a bank transfer's money.

    Never beyond its start.
    """
    is_transfer = booking.payment_method == "bank_transfer"
    hours = settings.BANK_TRANSFER_DEADLINE_HOURS if is_transfer else settings.PROVIDER_RESPONSE_HOURS
    answer_by = now + timedelta(hours=hours)
    return min(answer_by, booking.starts_at) if booking.starts_at else answer_by


def overdue_bookings_expire(*, now: datetime, batch: int = 500) -> int:
    """Expire drafts nobody finished and requests nobody answered; return how many.

    Safe from several machines: each takes the rows that nobody else has locked.
    """
    expired = 0
    overdue = Booking.objects.filter(
        expires_at__lte=now, status__in=[BookingStatus.DRAFT, BookingStatus.PENDING]
    )
    while True:
        with transaction.atomic():
            rows = list(
                overdue.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",))[:batch]
            )
            for booking in rows:
                booking_move(
                    booking=booking,
                    to_status=BookingStatus.EXPIRED,
                    actor=None,
                    now=now,
                    reason="not answered in time"
                    if booking.status == BookingStatus.PENDING
                    else "not finished",
                )
        expired += len(rows)
        if len(rows) < batch:
            return expired
