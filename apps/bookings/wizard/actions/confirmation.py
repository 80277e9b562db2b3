"""The last step: a request to the provider, or a booking that waits for its payment."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import (
    booking_ensure_hold,
    draft_make_firm,
    has_open_series,
    require_on_offer,
    require_room_for_request,
    response_deadline,
    series_lock,
)
from apps.bookings.locked import LockedDraft
from apps.bookings.models import PAID_LATER, Booking, BookingStatus, BookingStep
from apps.bookings.selectors import draft_locked
from apps.bookings.steps import require_earlier_steps, require_lifetime
from apps.common.errors import DomainError
from apps.payments.actions.choose import refuse_late_transfer
from apps.slots.actions import reservation_make_firm

ENDED = frozenset({BookingStatus.CANCELLED, BookingStatus.REJECTED, BookingStatus.EXPIRED})


def wizard_confirm(*, customer: User, booking_id: int) -> Booking:
    """Send the booking off, and return it; one that is sent off already stays as it is.

    Raises `payment_required` for one that is to be paid online first, `too_many_bookings`,
    `email_not_verified`, `slot_unavailable` where the service was withdrawn, `hold_expired`, and
    ValidationError for a bank transfer where the appointment has come too near.
    Where the hold ran out, the slot is taken again; a changed price then sends the draft back to its payment.
    """
    now = timezone.now()
    with transaction.atomic():
        booking = draft_locked(customer, booking_id)
        if booking.status in ENDED:
            raise DomainError("invalid_transition", f"This booking is {booking.status}.")
        if booking.status == BookingStatus.DRAFT:
            require_lifetime(booking, now=now)
            require_earlier_steps(booking, BookingStep.CONFIRMATION)
            confirm(booking, now=now)
    return booking


def confirm(booking: LockedDraft, *, now: datetime) -> None:
    """Do the step."""
    require_on_offer(booking=booking)
    booking_ensure_hold(booking=booking, now=now)
    if not booking.payment_method:
        return
    if booking.paid_when not in PAID_LATER:
        raise DomainError("payment_required", "Pay first: the payment confirms the booking.")
    refuse_late_transfer(booking, booking.payment_method, now=now)
    require_room_for_request(booking=booking)
    # Before any reservation of it is touched.
    locked = series_lock(booking=booking) if has_open_series(booking) else []
    if not booking.reservation or not reservation_make_firm(reservation=booking.reservation, now=now):
        raise DomainError("hold_expired", "Your hold on this time has just run out. Please try again.")
    booking.reservation.expires_at = None
    draft_make_firm(
        booking=booking,
        to_status=BookingStatus.PENDING,
        actor=booking.customer,
        now=now,
        locked=locked,
        booking_step=BookingStep.COMPLETED,
        expires_at=response_deadline(booking, now=now),
    )
