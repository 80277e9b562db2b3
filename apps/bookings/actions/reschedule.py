"""Giving a booking that was made another time, or another member."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.bookings import events, states
from apps.bookings.actions.alternatives import add_alternatives_to_move, require_member
from apps.bookings.actions.claims import SLOT_COLUMNS, note_claim, wish_of
from apps.bookings.actions.expiry import awaits_transfer, response_deadline
from apps.bookings.actions.moves import require_desk
from apps.bookings.cancellation import cancels_free_until
from apps.bookings.models import Booking, BookingEvent, BookingStatus
from apps.bookings.selectors import booking_locked, is_due_before_visit
from apps.common.errors import DomainError
from apps.common.localtime import instant, local, marketplace_zone
from apps.slots.actions import reservation_take
from apps.slots.availability import Rules
from apps.slots.selectors import Wish, rules_of, rules_to_move

MOVABLE = (BookingStatus.PENDING, BookingStatus.CONFIRMED)
CHANGED = [
    *SLOT_COLUMNS,
    "is_staff_requested",
    "status",
    "confirmed_at",
    "expires_at",
    "reschedule_count",
    "moved_by_provider_at",
    "calendar_sequence",
    "updated_at",
]


@dataclass(frozen=True, slots=True)
class NewTime:
    """Where a booking is to go: local date and time, and the only member that will do, where one is named."""

    day: date
    at: time
    staff_id: int | None = None

    @property
    def starts_at(self) -> datetime:
        return instant(self.day, self.at, marketplace_zone())


def booking_reschedule(*, booking_id: int, actor: User, to: NewTime) -> Booking:
    """Move a booking to another time, and return it; one that is there already stays as it is.

    Raises `not_reschedulable`, `invalid_transition` for a draft, ValidationError for a member who doesn't
    offer the service or a start before a bank transfer is due, and `slot_unavailable` with `alternatives`.
    """
    now = timezone.now()
    booking: Booking | None = None
    try:
        with transaction.atomic():
            booking = booking_locked(booking_id)
            booking_move_time(booking=booking, to=to, actor=actor, now=now)
    except DomainError as error:
        if booking is not None:
            add_alternatives_to_move(
                error,
                booking,
                to.day,
                to.at,
                rules=_rules(booking, actor, now=now),
                wish=_wish(booking, to),
                now=now,
            )
        raise
    return booking


def booking_move_time(
    *, booking: Booking, to: NewTime, actor: User, now: datetime, batch: str | None = None
) -> bool:
    """Move one booking whose row the caller has locked; return False where it is there already.

    The claim is one row that is updated, so the booking's own time never stands in its way. Price, length and
    buffers stay, and so do open attempts to pay: they pay the same amount for the same booking. `batch` names
    several that are moved at once. Raises what `booking_reschedule` raises, without alternatives.
    """
    if booking.status in MOVABLE and _is_there(booking, to):
        return False
    _require_movable(booking, actor, now=now)
    _require_time_for_transfer(booking, to)
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
        rules=_rules(booking, actor, now=now),
        preferred=booking.staff_id,
    )
    note_claim(booking, reservation)
    booking.booking_date, booking.booking_time = to.day, to.at
    booking.is_staff_requested = is_staff_requested
    _note_who_moved(booking, actor, now=now)
    booking.save(update_fields=CHANGED)
    BookingEvent.objects.create(
        booking=booking,
        from_status=from_status,
        to_status=booking.status,
        actor=actor,
        reason=_told(booking, from_starts_at, from_member.full_name if from_member else ""),
        at=now,
    )
    events.booking_rescheduled.send(
        sender=Booking,
        booking=booking,
        actor=actor,
        from_starts_at=from_starts_at,
        needs_confirmation=booking.status != from_status,
        batch=batch,
    )
    return True


def _is_there(booking: Booking, to: NewTime) -> bool:
    is_same_time = (booking.booking_date, booking.booking_time) == (to.day, to.at)
    return is_same_time and to.staff_id in (None, booking.staff_id)


def _require_movable(booking: Booking, actor: User, *, now: datetime) -> None:
    if booking.status == BookingStatus.DRAFT:
        raise DomainError("invalid_transition", "Choose another time in the wizard: this is a draft.")
    if booking.status not in MOVABLE or booking.starts_at is None:
        raise _not_reschedulable(f"A booking that is {booking.status} has no other time.")
    if booking.expires_at is not None and booking.expires_at <= now:
        raise _not_reschedulable("This request was not answered in time.")
    if actor.role != Role.CUSTOMER:
        require_desk(actor, refusal="not_reschedulable")
        return
    free_until = cancels_free_until(
        booking.starts_at,
        free_hours=settings.CANCELLATION_FREE_HOURS,
        moved_by_provider=booking.moved_by_provider_at is not None,
    )
    if now > free_until or now >= booking.starts_at:
        raise _not_reschedulable("It is too late to move this booking.")
    if booking.reschedule_count >= settings.RESCHEDULE_LIMIT:
        raise _not_reschedulable(f"A booking can be moved {settings.RESCHEDULE_LIMIT} times.")


def _not_reschedulable(detail: str) -> DomainError:
    return DomainError("not_reschedulable", detail)


def _require_time_for_transfer(booking: Booking, to: NewTime) -> None:
    """Money that was given until then may still be on its way: the visit can't come before it."""
    if not awaits_transfer(booking) or is_due_before_visit(booking):
        return
    if booking.expires_at is not None and to.starts_at < booking.expires_at:
        raise ValidationError({"booking_date": ["Your bank transfer might not arrive before this time."]})


def _wish(booking: Booking, to: NewTime) -> Wish:
    return wish_of(booking) if to.staff_id is None else Wish(staff_id=to.staff_id)


def _rules(booking: Booking, actor: User, *, now: datetime) -> Rules:
    """Return the service's rules, whether or not it is on offer: paused, it takes no new bookings, but those
    that were made are still worked off, by members who still offer it."""
    rules = rules_of(booking.service)
    if booking.reservation is None:
        return rules
    return rules_to_move(rules, booking.reservation, is_customer=actor.role == Role.CUSTOMER, now=now)


def _is_member_requested(booking: Booking, to: NewTime, actor: User) -> bool:
    """Return whether the customer asked for the member: whom a provider sends instead, he did not."""
    if to.staff_id is None:
        return booking.is_staff_requested
    is_another = to.staff_id != booking.staff_id
    return actor.role == Role.CUSTOMER or (booking.is_staff_requested and not is_another)


def _note_who_moved(booking: Booking, actor: User, *, now: datetime) -> None:
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
    waits_anew = not awaits_transfer(booking) or is_due_before_visit(booking)
    if booking.status == BookingStatus.PENDING and waits_anew:
        booking.expires_at = response_deadline(booking, now=now)


def _told(booking: Booking, from_starts_at: datetime | None, from_member: str) -> str:
    """Return the line for the history: from when to when, and from whom to whom."""
    times = [f"{local(at):%Y-%m-%d %H:%M}" for at in (from_starts_at, booking.starts_at) if at]
    line = "moved from " + " to ".join(times)
    to_member = booking.staff.full_name if booking.staff else ""
    return line if from_member == to_member else f"{line}, from {from_member} to {to_member}"
