"""The choice of a way to pay, which fixes a draft's price."""

from datetime import datetime, timedelta

from django.conf import settings
from rest_framework.exceptions import ValidationError

from apps.bookings.actions import booking_choose_payment, booking_ensure_hold
from apps.bookings.locked import LockedDraft
from apps.bookings.models import Booking, BookingStep
from apps.bookings.steps import require_earlier_steps, require_lifetime
from apps.payments.models import MethodCode
from apps.payments.pricing import price_for
from apps.payments.selectors import payment_method_offered


def payment_method_choose(*, booking: LockedDraft, method_code: str, now: datetime) -> None:
    """Do the payment step on a draft.

    Raises ValidationError for a method that isn't offered for this amount or, a bank transfer, not this close
    to the booking; `step_out_of_order` before time and place are chosen; `hold_expired` where the hold ran
    out and the time is taken.
    """
    require_lifetime(booking, now=now)
    require_earlier_steps(booking, BookingStep.PAYMENT)
    booking_ensure_hold(booking=booking, now=now)
    method = payment_method_offered(method_code, price_for(booking.service, None).total)
    refuse_late_transfer(booking, method.code, now=now)
    fee = price_for(booking.service, method).fee
    booking_choose_payment(
        booking=booking,
        method_code=method.code,
        paid_when=MethodCode(method.code).paid_when,
        fee=fee,
        now=now,
    )


def refuse_late_transfer(booking: Booking, method_code: str, *, now: datetime) -> None:
    """Raise ValidationError for a bank transfer that could not arrive before the booking."""
    transfer_time = timedelta(hours=settings.BANK_TRANSFER_DEADLINE_HOURS)
    is_transfer = method_code == MethodCode.BANK_TRANSFER
    if is_transfer and booking.starts_at is not None and booking.starts_at - now < transfer_time:
        raise ValidationError({"payment_method": ["The booking is too near for a bank transfer to arrive."]})
