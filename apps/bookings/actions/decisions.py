"""Accepting, turning down and cancelling: a booking, or those of a series that belong together."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import states
from apps.bookings.actions.moves import booking_move, leaves_bookings_to_others, require_role
from apps.bookings.actions.series_credit import series_end_credit
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingStatus, PaidWhen, Scope
from apps.bookings.selectors import series_locked
from apps.common.errors import DomainError


def booking_confirm(*, booking_id: int, actor: User) -> Booking:
    """The provider accepts a request, a series in cash as a whole.

    Raises `payment_required` for one that must be paid first.
    """
    now = timezone.now()
    with transaction.atomic():
        booking, others = series_locked(booking_id)
        require_role(actor, BookingStatus.CONFIRMED)
        is_request = booking.status == BookingStatus.PENDING
        if is_request and waits_for_payment(booking):
            raise DomainError("payment_required", "This booking is confirmed by its payment.")
        bookings_move(
            [booking, *_answered_with(booking, others, now=now)],
            to_status=BookingStatus.CONFIRMED,
            actor=actor,
            now=now,
            confirmed_at=now,
        )
    return booking


def waits_for_payment(booking: Booking) -> bool:
    """Return whether its payment confirms a request, and nobody else."""
    return booking.paid_when != PaidWhen.ON_SITE and not booking.is_paid


def booking_reject(*, booking_id: int, actor: User, reason: str) -> Booking:
    """The provider turns a booking down, with a reason; a request for a series in cash as a whole."""
    now = timezone.now()
    with transaction.atomic():
        booking, others = series_locked(booking_id)
        bookings_move(
            [booking, *_answered_with(booking, others, now=now)],
            to_status=BookingStatus.REJECTED,
            actor=actor,
            now=now,
            reason=reason,
            rejection_reason=reason,
        )
    return booking


def _answered_with(
    booking: LockedBooking, others: list[LockedBooking], *, now: datetime
) -> list[LockedBooking]:
    """Return the other requests of a series that one answer is about: all in cash that still wait for it."""
    if not booking.is_request_on_site:
        return []
    return [
        other
        for other in others
        if other.is_request_on_site and (other.expires_at is None or other.expires_at > now)
    ]


def booking_cancel(
    *,
    booking_id: int,
    actor: User,
    reason: str,
    refusal: str = "not_cancellable",
    scope: str = Scope.ONE,
) -> Booking:
    """Cancel a booking, with a reason; by its `scope` also the later ones of its series that still can be.

    Customers until it starts. Raises the `refusal`.
    """
    now = timezone.now()
    with transaction.atomic():
        booking, others = _in_scope(booking_id, scope)
        bookings_move(
            [booking, *(other for other in others if is_cancellable(other, actor, now=now))],
            to_status=BookingStatus.CANCELLED,
            actor=actor,
            now=now,
            reason=reason,
            refusal=refusal,
            cancellation_reason=reason,
        )
        series_end_credit(booking=booking, now=now)
    return booking


def _in_scope(booking_id: int, scope: str) -> tuple[LockedBooking, list[LockedBooking]]:
    """Return a booking, and the later ones of its series that a change is about too."""
    booking, others = series_locked(booking_id)
    if scope != Scope.FOLLOWING:
        return booking, []
    return booking, [other for other in others if is_later(other, booking)]


def is_later(one: Booking, other: Booking) -> bool:
    """Return whether one booking begins after another."""
    return one.starts_at is not None and other.starts_at is not None and one.starts_at > other.starts_at


def is_cancellable(booking: Booking, actor: User, *, now: datetime) -> bool:
    """Return whether the actor may cancel a booking now."""
    if leaves_bookings_to_others(actor):
        return False
    return states.may_move(booking.status, BookingStatus.CANCELLED, actor.role) and states.clock_allows(
        BookingStatus.CANCELLED,
        actor.role,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        expires_at=booking.expires_at,
        now=now,
    )


def bookings_move(bookings: list[LockedBooking], **move: Any) -> None:
    """Move bookings, as `booking_move` does; what is told of several carries the same batch."""
    batch = uuid4().hex if len(bookings) > 1 else None
    for booking in bookings:
        booking_move(booking=booking, told={"batch": batch}, **move)
