"""The step that takes a slot and holds it."""

from datetime import date, datetime, time

from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import (
    add_alternatives,
    booking_hold_slot,
    booking_reprice,
    has_live_hold,
    require_member,
)
from apps.bookings.events import booking_left_slot_or_price
from apps.bookings.locked import LockedDraft
from apps.bookings.models import Booking, BookingStep, GenderPreference
from apps.bookings.wizard.actions.draft import draft_for_step, step_done
from apps.common.errors import DomainError
from apps.slots.selectors import Wish


def wizard_choose_time(
    *,
    customer: User,
    booking_id: int,
    booking_date: date,
    booking_time: time,
    staff_id: int | None = None,
    preferred_provider_gender: str | None = None,
) -> Booking:
    """Hold a slot for the customer, and return the draft. The same slot again leaves a live hold as it is.

    Raises `slot_unavailable` with `alternatives`; the old hold stays. Raises `too_many_bookings`.
    """
    now = timezone.now()
    booking: LockedDraft | None = None
    try:
        with draft_for_step(customer, booking_id, BookingStep.DATETIME, now=now) as booking:
            choose_time(
                booking,
                booking_date=booking_date,
                booking_time=booking_time,
                staff_id=staff_id,
                preferred_provider_gender=preferred_provider_gender,
                now=now,
            )
    except DomainError as error:
        if booking is not None:
            wish = wish_in_request(booking, staff_id, preferred_provider_gender)
            add_alternatives(error, booking, booking_date, booking_time, wish=wish, now=now)
        raise
    return booking


def choose_time(
    booking: LockedDraft,
    *,
    booking_date: date,
    booking_time: time,
    staff_id: int | None,
    preferred_provider_gender: str | None,
    now: datetime,
) -> None:
    """Do the step."""
    if staff_id is not None:
        require_member(booking, staff_id, preferred_provider_gender)
    was_at, held = booking.starts_at, has_live_hold(booking, now=now)
    same_slot = held and (booking.booking_date, booking.booking_time) == (booking_date, booking_time)
    booking.booking_date, booking.booking_time = booking_date, booking_time
    booking.is_staff_requested = staff_id is not None
    if preferred_provider_gender is not None:
        booking.preferred_provider_gender = preferred_provider_gender
    if not (same_slot and held_member_matches(booking, staff_id)):
        if staff_id is not None:
            booking.staff_id = staff_id
        booking_hold_slot(booking=booking, now=now)
        if booking.payment_method and was_at != booking.starts_at:
            booking_left_slot_or_price.send(sender=Booking, booking=booking, actor=booking.customer)
        booking_reprice(booking=booking)
    step_done(booking, BookingStep.DATETIME, now=now)


def held_member_matches(booking: Booking, staff_id: int | None) -> bool:
    """Return whether the member whose time is held is one the customer wants."""
    if staff_id is not None:
        return booking.staff_id == staff_id
    wanted = booking.preferred_provider_gender
    return wanted == GenderPreference.ANY or (booking.staff is not None and booking.staff.gender == wanted)


def wish_in_request(booking: Booking, staff_id: int | None, gender: str | None) -> Wish:
    """Return which members would have done; the draft's own preference counts where nobody is named."""
    own = booking.preferred_provider_gender if staff_id is None else ""
    return Wish(staff_id=staff_id, gender=own if gender is None else gender)
