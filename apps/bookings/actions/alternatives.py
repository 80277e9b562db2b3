"""Which member, and which time instead."""

from datetime import date, datetime, time

from rest_framework.exceptions import ValidationError

from apps.bookings.models import Booking, GenderPreference
from apps.bookings.selectors import service_on_offer
from apps.common.errors import DomainError
from apps.slots.actions import slot_unavailable
from apps.slots.availability import Rules
from apps.slots.presentation import slot_as_dict
from apps.slots.selectors import Wish, nearest_slots, rules_of

MOST_ALTERNATIVES = 5


def require_member(booking: Booking, staff_id: int, gender: str | None) -> None:
    """Raise ValidationError for one who doesn't offer the service, `slot_unavailable` for another gender."""
    members = booking.service.staff.filter(pk=staff_id, is_active=True).values_list("gender", flat=True)
    if not members:
        raise ValidationError({"staff": ["This member does not offer the service."]}, code="does_not_exist")
    if gender not in (None, GenderPreference.ANY, members[0]):
        raise slot_unavailable()


def add_alternatives(
    error: DomainError, booking: Booking, booking_date: date, booking_time: time, *, wish: Wish, now: datetime
) -> None:
    """Put the nearest slots that can be booked beside a `slot_unavailable`."""
    if error.code != "slot_unavailable":
        return
    service = service_on_offer(booking.service_id)
    slots = (
        nearest_slots(rules_of(service), booking_date, booking_time, wish=wish, now=now) if service else []
    )
    error.extra["alternatives"] = [slot_as_dict(booking.service_id, slot) for slot in slots]


def add_alternatives_to_move(
    error: DomainError,
    booking: Booking,
    booking_date: date,
    booking_time: time,
    *,
    rules: Rules,
    wish: Wish,
    now: datetime,
) -> None:
    """Put the nearest slots to which a booking can move beside a `slot_unavailable`, but not its own."""
    if error.code != "slot_unavailable":
        return
    slots = nearest_slots(
        rules,
        booking_date,
        booking_time,
        wish=wish,
        now=now,
        count=MOST_ALTERNATIVES + 1,
        without=[booking.reservation_id] if booking.reservation_id else [],
    )
    others = [slot for slot in slots if slot.starts_at != booking.starts_at][:MOST_ALTERNATIVES]
    error.extra["alternatives"] = [slot_as_dict(booking.service_id, slot) for slot in others]
