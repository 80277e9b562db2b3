"""The five steps, and how far a booking has come. Pure."""

from collections.abc import Callable
from datetime import datetime

from apps.bookings.models import Booking, BookingStep
from apps.common.errors import DomainError

STEPS = (
    BookingStep.SERVICE,
    BookingStep.DATETIME,
    BookingStep.DETAILS,
    BookingStep.PAYMENT,
    BookingStep.CONFIRMATION,
)
PERCENT_A_STEP = 100 // len(STEPS)

_IS_DONE: dict[BookingStep, Callable[[Booking], bool]] = {
    BookingStep.SERVICE: lambda booking: True,
    BookingStep.DATETIME: lambda booking: booking.starts_at is not None,
    BookingStep.DETAILS: lambda booking: bool(booking.address and booking.city_id and booking.phone),
    BookingStep.PAYMENT: lambda booking: bool(booking.payment_method),
    BookingStep.CONFIRMATION: lambda booking: booking.booking_step == BookingStep.COMPLETED,
}


def completed_steps(booking: Booking) -> list[BookingStep]:
    """Return the steps that need nothing more, in order. Going back may leave a gap."""
    return [step for step in STEPS if _IS_DONE[step](booking)]


def next_step(booking: Booking) -> BookingStep | None:
    """Return the first step that is missing, or None at the end."""
    return next((step for step in STEPS if not _IS_DONE[step](booking)), None)


def require_earlier_steps(booking: Booking, step: BookingStep) -> None:
    """Raise `step_out_of_order` where a step before this one is missing."""
    for earlier in STEPS[: STEPS.index(step)]:
        if not _IS_DONE[earlier](booking):
            raise DomainError("step_out_of_order", f"The step {earlier} comes first.")


def require_lifetime(booking: Booking, *, now: datetime) -> None:
    """Raise `invalid_transition` for a draft that only waits for the job that expires it."""
    if booking.expires_at is not None and booking.expires_at <= now:
        raise DomainError("invalid_transition", "This draft has expired. Please begin a new one.")
