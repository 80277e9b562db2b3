"""The step that fixes how to pay, and with it the price."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.bookings.actions import booking_choose_payment, booking_ensure_hold
from apps.bookings.models import Booking, BookingStep
from apps.bookings.wizard.actions.draft import draft_for_step
from apps.payments.pricing import price_for
from apps.payments.selectors import payment_method_offered


def wizard_choose_payment(*, customer: User, booking_id: int, method_code: str) -> Booking:
    """Choose a way to pay; price and fee are fixed with it. Returns the draft.

    Raises ValidationError for a method that isn't offered for this amount or, a bank transfer, not this close
    to the visit.
    """
    now = timezone.now()
    with draft_for_step(customer, booking_id, BookingStep.PAYMENT) as booking:
        choose_payment(booking, method_code, now=now)
    return booking


def choose_payment(booking: Booking, method_code: str, *, now: datetime) -> None:
    """Do the step on a locked draft."""
    booking_ensure_hold(booking=booking, now=now)
    method = payment_method_offered(method_code, total=price_for(booking.service, None).total)
    transfer_time = timedelta(hours=settings.BANK_TRANSFER_DEADLINE_HOURS)
    if method.code == "bank_transfer" and booking.starts_at and booking.starts_at - now < transfer_time:
        raise ValidationError({"payment_method": ["The visit is too near for a bank transfer to arrive."]})
    fee = price_for(booking.service, method).fee
    booking_choose_payment(booking=booking, method_code=method.code, fee=fee, now=now)
