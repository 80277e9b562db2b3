"""Every move of a booking between its states."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import events, states
from apps.bookings.actions.booking_reservation import booking_release_reservation
from apps.bookings.calendar_states import calendars_must_notice
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep
from apps.bookings.selectors import booking_locked, has_sent_another
from apps.common.errors import DomainError

ACT_ON_BOOKING = "bookings.act_on_booking"
SIGNALS: dict[str, Signal] = {
    BookingStatus.PENDING: events.booking_requested,
    BookingStatus.CONFIRMED: events.booking_confirmed,
    BookingStatus.CANCELLED: events.booking_cancelled,
    BookingStatus.REJECTED: events.booking_rejected,
    BookingStatus.IN_PROGRESS: events.booking_started,
    BookingStatus.COMPLETED: events.booking_completed,
    BookingStatus.NO_SHOW: events.booking_no_show,
    BookingStatus.EXPIRED: events.booking_expired,
}


def booking_move(
    *,
    booking: LockedBooking,
    to_status: str,
    actor: User | None,
    now: datetime,
    reason: str = "",
    refusal: str = "invalid_transition",
    told: dict[str, Any] | None = None,
    **columns: Any,
) -> bool:
    """Move a booking, write its history, tell the other apps; return False where it had moved already.

    A compare-and-set: of two at once one moves it. `columns` are written with it, `told` goes to receivers;
    in it a `batch` for bookings of a series that are moved together.
    Raises the `refusal` where state, role or clock forbid the move.
    """
    role = require_role(actor, to_status, refusal=refusal)
    if booking.status == to_status:
        return False
    allowed = states.may_move(booking.status, to_status, role)
    clock_allows = states.clock_allows(
        to_status,
        role,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        expires_at=booking.expires_at,
        now=now,
    )
    if not allowed or not clock_allows:
        raise DomainError(refusal, f"A booking that is {booking.status} can't become {to_status} now.")
    from_status = booking.status
    columns |= {"status": to_status, "updated_at": now, "expires_at": columns.get("expires_at")}
    if columns.get("booking_step") == BookingStep.COMPLETED:
        columns["is_repeat"] = has_sent_another(booking)
    revision = int(calendars_must_notice(from_status, to_status))
    moved = Booking.objects.filter(pk=booking.pk, status=from_status).update(
        **columns, calendar_sequence=F("calendar_sequence") + revision
    )
    if moved != 1:
        raise DomainError(refusal, "The booking has just changed. Please look again.")
    for name, value in columns.items():
        setattr(booking, name, value)
    booking.calendar_sequence += revision
    BookingEvent.objects.create(
        booking=booking, from_status=from_status, to_status=to_status, actor=actor, reason=reason, at=now
    )
    if to_status in states.FREES_THE_SLOT:
        booking_release_reservation(booking=booking)
    if signal := _signal_of(from_status, to_status):
        signal.send(sender=Booking, booking=booking, actor=actor, **{"batch": None, **(told or {})})
    return True


def _signal_of(from_status: str, to_status: str) -> Signal | None:
    """A booking that waits for its provider once more was requested before."""
    if to_status == BookingStatus.PENDING and from_status != BookingStatus.DRAFT:
        return None
    return SIGNALS.get(to_status)


def require_role(actor: User | None, to_status: str, *, refusal: str = "invalid_transition") -> str:
    """Return the actor's role. Raises the `refusal` where that role never moves a booking there.

    So do admins whose group leaves bookings to others.
    """
    role = actor.role if actor else states.SYSTEM
    require_desk(actor, refusal=refusal)
    if not states.role_can_reach(to_status, role):
        raise DomainError(refusal, "This is not yours to do.")
    return role


def require_desk(actor: User | None, *, refusal: str = "invalid_transition") -> None:
    """Raise the `refusal` for an admin whose group leaves bookings to others."""
    if actor is not None and leaves_bookings_to_others(actor):
        raise DomainError(refusal, "This is not yours to do.")


def leaves_bookings_to_others(actor: User) -> bool:
    """Return whether it is an admin whose group moves no bookings."""
    return actor.is_admin and not actor.may(ACT_ON_BOOKING)


def booking_start(*, booking_id: int, actor: User) -> Booking:
    """Work begins: from an hour before the appointment on."""
    now = timezone.now()
    with transaction.atomic():
        booking = booking_locked(booking_id)
        booking_move(
            booking=booking, to_status=BookingStatus.IN_PROGRESS, actor=actor, now=now, started_at=now
        )
    return booking


def booking_complete(
    *, booking_id: int, actor: User, amount_collected: Decimal | None = None, reason: str = ""
) -> Booking:
    """Work is done; `amount_collected` is what the customer paid in cash, in rupees (the total, if None).

    Raises ValidationError on `reason` where that is less than was due and nobody says why.
    """
    now = timezone.now()
    with transaction.atomic():
        booking = booking_locked(booking_id)
        booking_move(
            booking=booking,
            to_status=BookingStatus.COMPLETED,
            actor=actor,
            now=now,
            reason=reason,
            completed_at=now,
            told={"amount_collected": amount_collected, "reason": reason},
        )
    return booking


def booking_mark_no_show(*, booking_id: int, actor: User) -> Booking:
    """The customer wasn't there: from a quarter of an hour after the appointment's start on."""
    now = timezone.now()
    with transaction.atomic():
        booking = booking_locked(booking_id)
        booking_move(booking=booking, to_status=BookingStatus.NO_SHOW, actor=actor, now=now, no_show_at=now)
    return booking
