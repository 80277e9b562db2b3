"""The booking in one call that stood before the wizard: all steps at once, under the same rules."""

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import add_alternatives
from apps.bookings.locked import LockedDraft
from apps.bookings.models import PAID_LATER, Booking
from apps.bookings.selectors import draft_locked
from apps.bookings.wizard.actions.confirmation import confirm
from apps.bookings.wizard.actions.details import Details, enter_details
from apps.bookings.wizard.actions.draft import wizard_start
from apps.bookings.wizard.actions.time import choose_time, wish_in_request
from apps.common.errors import DomainError
from apps.payments.actions.choose import payment_method_choose


@dataclass(frozen=True, slots=True)
class Order:
    """Everything that the five steps ask for."""

    service_id: int
    booking_date: date
    booking_time: time
    details: Details
    staff_id: int | None = None
    payment_method: str = "cash"


def booking_create(*, customer: User, order: Order) -> Booking:
    """Book in one call: paid later it is `pending`, paid online a `draft` at its payment that holds its slot.

    All or nothing. Raises what the steps raise.
    """
    now = timezone.now()
    booking: LockedDraft | None = None
    try:
        with transaction.atomic():
            booking = draft_locked(customer, wizard_start(customer=customer, service_id=order.service_id).pk)
            choose_time(
                booking,
                booking_date=order.booking_date,
                booking_time=order.booking_time,
                staff_id=order.staff_id,
                preferred_provider_gender=order.details.preferred_provider_gender,
                now=now,
            )
            enter_details(booking, order.details, now=now)
            payment_method_choose(booking=booking, method_code=order.payment_method, now=now)
            if booking.paid_when in PAID_LATER:
                confirm(booking, now=now)
    except DomainError as error:
        if booking is not None:
            wish = wish_in_request(booking, order.staff_id, order.details.preferred_provider_gender)
            add_alternatives(error, booking, order.booking_date, order.booking_time, wish=wish, now=now)
        raise
    return booking
