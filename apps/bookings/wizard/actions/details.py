"""The step that says where to go and whom to call."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import (
    add_alternatives,
    booking_ensure_hold,
    booking_take_slot,
    has_live_hold,
    occurrences_forget,
    occurrences_hold,
    require_room_for_series,
    series_lock,
    wish_of,
)
from apps.bookings.locked import LockedDraft
from apps.bookings.models import Booking, BookingStep
from apps.bookings.recurrence import Recurrence
from apps.bookings.selectors import served_city
from apps.bookings.wizard.actions.draft import draft_for_step, step_done
from apps.bookings.wizard.actions.time import held_member_matches
from apps.common.errors import DomainError
from apps.slots.selectors import Wish


@dataclass(frozen=True, slots=True)
class Details:
    address: str
    city: str
    phone: str
    special_instructions: str = ""
    preferred_provider_gender: str | None = None
    recurrence: Recurrence | None = None


def wizard_enter_details(*, customer: User, booking_id: int, details: Details) -> Booking:
    """Write the details, and return the draft.

    A preference that the held member doesn't meet moves the hold to one who does, at the same time. Where
    nobody is free it raises `slot_unavailable` with `alternatives`. A booking that recurs holds the later
    ones that are free as well; where a series is wanted whole and isn't, the error names the `occurrences`.
    """
    now = timezone.now()
    booking: LockedDraft | None = None
    try:
        with draft_for_step(customer, booking_id, BookingStep.DETAILS, now=now) as booking:
            enter_details(booking, details, now=now)
    except DomainError as error:
        if booking and booking.booking_date and booking.booking_time:
            wish = Wish(gender=booking.preferred_provider_gender)
            add_alternatives(error, booking, booking.booking_date, booking.booking_time, wish=wish, now=now)
        raise
    return booking


def enter_details(booking: LockedDraft, details: Details, *, now: datetime) -> None:
    """Do the step."""
    booking.city = served_city(booking.service_id, details.city)
    was_recurring, booking.is_recurring = booking.is_recurring, False
    if was_recurring or details.recurrence:
        series_lock(booking=booking)
    if details.preferred_provider_gender is not None:
        _prefer(booking, details.preferred_provider_gender, now=now)
    booking_ensure_hold(booking=booking, now=now)
    if details.recurrence:
        _recur(booking, details.recurrence, now=now)
    elif was_recurring:
        booking.recurring_frequency, booking.recurring_count, booking.on_conflict = "", None, ""
        occurrences_forget(booking=booking)
    booking.address = details.address
    booking.phone = details.phone
    booking.special_instructions = details.special_instructions
    step_done(booking, BookingStep.DETAILS, now=now)


def _recur(booking: LockedDraft, recurrence: Recurrence, *, now: datetime) -> None:
    """Hold the later bookings anew, also those held before: the time, the wish or the rule may be another."""
    require_room_for_series(booking=booking, count=recurrence.count, now=now)
    booking.is_recurring = True
    booking.recurring_frequency = recurrence.frequency
    booking.recurring_count = recurrence.count
    booking.on_conflict = recurrence.on_conflict
    occurrences_hold(booking=booking, wish=wish_of(booking), now=now)


def _prefer(booking: LockedDraft, gender: str, *, now: datetime) -> None:
    """Note a preference, and move a live hold to a member who meets it. It runs out when it would have."""
    booking.preferred_provider_gender = gender
    if held_member_matches(booking, None):
        return
    booking.is_staff_requested = False
    if booking.reservation and has_live_hold(booking, now=now):
        booking_take_slot(booking=booking, expires_at=booking.reservation.expires_at, now=now)
