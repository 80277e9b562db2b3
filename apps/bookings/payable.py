"""Whether a booking may be paid as it stands. Pure."""

from datetime import datetime

from apps.accounts.models import User
from apps.bookings.models import Booking, BookingStatus, PaidWhen
from apps.bookings.steps import STEPS, completed_steps
from apps.services.models import Service, ServiceStatus

AT_THE_DOOR = (
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_PROGRESS,
    BookingStatus.COMPLETED,
)


def is_draft_payable(booking: Booking, *, now: datetime) -> bool:
    """Return whether a draft has come to its payment; somebody may still have taken its time meanwhile."""
    has_lifetime = booking.expires_at is None or booking.expires_at > now
    is_offered = not was_withdrawn(booking.service, booking.provider)
    return has_lifetime and is_offered and {*STEPS[:-1]} <= {*completed_steps(booking)}


def was_withdrawn(service: Service, provider: User) -> bool:
    """Return whether a service was rejected, or its provider closed. A pause is no withdrawal."""
    return service.status == ServiceStatus.REJECTED or not provider.is_active


def refusal_to_pay(booking: Booking, *, now: datetime) -> str:
    """Return why a booking that was sent off can't be paid now, or nothing.

    To be paid on site, it may be paid by wallet at the door; a later booking of a series until
    it is due; one that waits for a transfer is told again where to.
    """
    if booking.awaits_own_payment:
        is_over = booking.expires_at is not None and booking.expires_at <= now
        return "The time to pay for this booking is over." if is_over else ""
    if booking.status == BookingStatus.PENDING and booking.paid_when == PaidWhen.TRANSFER:
        return ""
    if booking.paid_when == PaidWhen.ON_SITE and booking.status in AT_THE_DOOR:
        return ""
    return "This booking can't be paid now."
