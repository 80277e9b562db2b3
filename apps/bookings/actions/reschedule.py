"""Giving a booking that was made another time, or another member."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Role, User
from apps.bookings import events, states
from apps.bookings.actions.alternatives import add_alternatives_to_move, require_member
from apps.bookings.actions.booking_reservation import booking_copy_reservation, wish_of
from apps.bookings.actions.expiry import response_deadline, series_waits_together
from apps.bookings.actions.reschedule_rules import (
    NewTime,
    is_to_move,
    moving_rules,
    require_time_for_transfer,
)
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingEvent, BookingStatus
from apps.bookings.selectors import series_locked
from apps.common.errors import DomainError
from apps.common.localtime import local
from apps.slots.actions import reservation_take
from apps.slots.selectors import Wish


def booking_reschedule(*, booking_id: int, actor: User, to: NewTime) -> Booking:
    """Move a booking to another time, and return it; one that is there already stays as it is.

    Raises `not_reschedulable`, `invalid_transition` for a draft, ValidationError for a member who doesn't
    offer the service or a start before a bank transfer is due, and `slot_unavailable` with `alternatives`.
    """
    now = timezone.now()
    booking: LockedBooking | None = None
    try:
        with transaction.atomic():
            booking, others = series_locked(booking_id)
            moved = booking_move_time(booking=booking, to=to, actor=actor, now=now)
            if moved:
                series_waits_together([booking, *others], now=now)
                notify_moved(moved, actor=actor)
    except DomainError as error:
        if booking is not None:
            add_alternatives_to_move(
                error,
                booking,
                to.day,
                to.at,
                rules=moving_rules(booking, actor, now=now),
                wish=_wish(booking, to),
                now=now,
            )
        raise
    return booking


@dataclass(frozen=True, slots=True)
class Moved:
    """A booking at its new time, of which nobody has been told yet."""

    booking: Booking
    from_starts_at: datetime | None
    needs_confirmation: bool


def booking_move_time(*, booking: LockedBooking, to: NewTime, actor: User, now: datetime) -> Moved | None:
    """Move one booking; return None where it is there already.

    The reservation is one row that is updated, so the booking's own time never stands in its way. Price,
    length and buffers stay, and so do open payments: they pay the same amount for the same booking. The
    caller calls `series_waits_together` and `notify_moved`. Raises what `booking_reschedule` raises, without
    alternatives.
    """
    if not is_to_move(booking, to, actor, now=now):
        return None
    require_time_for_transfer(booking, to)
    if to.staff_id is not None:
        by_customer = actor.role == Role.CUSTOMER
        require_member(booking, to.staff_id, None if by_customer else booking.preferred_provider_gender)
    from_status, from_starts_at, from_member = booking.status, booking.starts_at, booking.staff
    is_staff_requested = _is_member_requested(booking, to, actor)
    reservation = reservation_take(
        service=booking.service,
        day=to.day,
        at=to.at,
        wish=_wish(booking, to),
        expires_at=None,
        now=now,
        current=booking.reservation,
        rules=moving_rules(booking, actor, now=now),
        preferred=booking.staff_id,
    )
    booking_copy_reservation(booking, reservation)
    booking.booking_date, booking.booking_time = to.day, to.at
    booking.is_staff_requested = is_staff_requested
    _note_who_moved(booking, actor, now=now)
    booking.save()
    BookingEvent.objects.create(
        booking=booking,
        from_status=from_status,
        to_status=booking.status,
        actor=actor,
        reason=_told(booking, from_starts_at, from_member.full_name if from_member else ""),
        at=now,
    )
    return Moved(booking, from_starts_at, needs_confirmation=booking.status != from_status)


def notify_moved(moved: Moved, *, actor: User, batch: str | None = None) -> None:
    """Tell the other apps. `batch` names several that were moved at once."""
    events.booking_rescheduled.send(
        sender=Booking,
        booking=moved.booking,
        actor=actor,
        from_starts_at=moved.from_starts_at,
        needs_confirmation=moved.needs_confirmation,
        batch=batch,
    )


def _wish(booking: Booking, to: NewTime) -> Wish:
    return wish_of(booking) if to.staff_id is None else Wish(staff_id=to.staff_id)


def _is_member_requested(booking: Booking, to: NewTime, actor: User) -> bool:
    """Return whether the customer asked for the member: not one whom a provider sends instead."""
    if to.staff_id is None:
        return booking.is_staff_requested
    is_another = to.staff_id != booking.staff_id
    return actor.role == Role.CUSTOMER or (booking.is_staff_requested and not is_another)


def _note_who_moved(booking: LockedBooking, actor: User, *, now: datetime) -> None:
    """Set what depends on who it was: the customer's limit, free cancellation, the provider's answer."""
    booking.calendar_sequence += 1
    if actor.role == Role.CUSTOMER:
        booking.reschedule_count += 1
        booking.moved_by_provider_at = None
    else:
        booking.moved_by_provider_at = now
    asks_again = states.may_move(booking.status, BookingStatus.PENDING, actor.role)
    if asks_again and booking.service.reconfirm_after_reschedule:
        booking.status = BookingStatus.PENDING
        booking.confirmed_at = None
    if booking.status == BookingStatus.PENDING:
        booking.expires_at = _waits_until(booking, actor, now=now)


def _waits_until(booking: Booking, actor: User, *, now: datetime) -> datetime:
    """Return the deadline of a request that has moved; a confirmed one that asks again has had none."""
    if booking.expires_at is None or booking.is_due_before_start:
        return response_deadline(booking, now=now)
    if booking.awaits_transfer or booking.starts_at is None:
        return booking.expires_at
    if actor.role == Role.CUSTOMER:
        return response_deadline(booking, now=now)
    # Whoever is to answer doesn't give themselves more time for it.
    return min(booking.expires_at, booking.starts_at)


def _told(booking: Booking, from_starts_at: datetime | None, from_member: str) -> str:
    """Return the line for the history: from when to when, and from whom to whom."""
    times = [f"{local(at):%Y-%m-%d %H:%M}" for at in (from_starts_at, booking.starts_at) if at]
    line = "moved from " + " to ".join(times)
    to_member = booking.staff.full_name if booking.staff else ""
    return line if from_member == to_member else f"{line}, from {from_member} to {to_member}"
