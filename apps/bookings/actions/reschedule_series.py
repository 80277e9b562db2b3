"""Giving a booking of a series and all later ones another time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions.decisions import is_later
from apps.bookings.actions.expiry import series_waits_together
from apps.bookings.actions.reschedule import Moved, booking_move_time, notify_moved
from apps.bookings.actions.reschedule_rules import MOVABLE, NewTime, is_to_move
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking
from apps.bookings.selectors import series_locked
from apps.common.errors import DomainError
from apps.slots.actions import members_lock


def series_reschedule(*, booking_id: int, actor: User, to: NewTime) -> Booking:
    """Move a booking, and each later one of its series by as many days to the same time; return the booking.

    All or nothing: raises what `booking_reschedule` raises, for any of them; `slot_unavailable` names the
    booking that has no room in `occurrences`. Those that were cancelled or have ended stay as they are.
    """
    now = timezone.now()
    with transaction.atomic():
        booking, others = series_locked(booking_id)
        with _named(to):
            is_to_move(booking, to, actor, now=now)
        moves = [(booking, to), *_later_moves(booking, others, to, now=now)]
        reservations = [occurrence.reservation for occurrence, _ in moves if occurrence.reservation]
        members_lock(service=booking.service, reservations=reservations)
        batch = uuid4().hex if len(moves) > 1 else None
        # So that each finds the one that lay in its way moved on already.
        moves.sort(key=lambda move: move[1].starts_at, reverse=_moves_on(booking, to))
        moved: list[Moved] = []
        for occurrence, there in moves:
            with _named(there):
                one = booking_move_time(booking=occurrence, to=there, actor=actor, now=now)
            moved += [one] if one else []
        series_waits_together([booking, *others], now=now)
        # A message of all of them begins with the first.
        for one in sorted(moved, key=lambda one: one.booking.starts_at or now):
            notify_moved(one, actor=actor, batch=batch)
    return booking


def _later_moves(
    booking: LockedBooking, others: list[LockedBooking], to: NewTime, *, now: datetime
) -> list[tuple[LockedBooking, NewTime]]:
    """Return where the later bookings that can still move are to go."""
    if booking.booking_date is None:
        return []
    shift = to.day - booking.booking_date
    return [
        (other, NewTime(day + shift, to.at, to.staff_id))
        for other in others
        if is_later(other, booking) and _can_move(other, now=now) and (day := other.booking_date)
    ]


def _can_move(booking: Booking, *, now: datetime) -> bool:
    return booking.status in MOVABLE and (booking.expires_at is None or booking.expires_at > now)


def _moves_on(booking: Booking, to: NewTime) -> bool:
    return booking.starts_at is not None and to.starts_at > booking.starts_at


@contextmanager
def _named(to: NewTime) -> Iterator[None]:
    """Let a `slot_unavailable` name the booking that has no room."""
    try:
        yield
    except DomainError as error:
        if error.code == "slot_unavailable":
            error.extra["occurrences"] = [
                {"date": to.day.isoformat(), "time": to.at.isoformat(), "available": False}
            ]
        raise
