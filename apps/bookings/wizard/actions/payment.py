"""The step that fixes how to pay, and with it the price."""

from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking, BookingStep
from apps.bookings.wizard.actions.draft import draft_for_step
from apps.payments.actions.choose import payment_method_choose


def wizard_choose_payment(*, customer: User, booking_id: int, method_code: str) -> Booking:
    """Choose a way to pay; price and fee are fixed with it. Returns the draft.

    Raises ValidationError for a method that isn't offered for this amount or, a bank transfer, not this close
    to the booking.
    """
    now = timezone.now()
    with draft_for_step(customer, booking_id, BookingStep.PAYMENT, now=now) as booking:
        payment_method_choose(booking=booking, method_code=method_code, now=now)
    return booking
