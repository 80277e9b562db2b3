"""A recurring draft becomes firm: each of its bookings a booking of its own, all in one transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.actions.booking_reservation import booking_copy_reservation, length_of, wish_of
from apps.bookings.actions.expiry import response_deadline, series_payment_due
from apps.bookings.actions.moves import booking_move
from apps.bookings.actions.occurrences import has_open_series
from apps.bookings.locked import LockedBooking
from apps.bookings.models import (
    Booking,
    BookingEvent,
    BookingSeries,
    BookingStatus,
    BookingStep,
    Occurrence,
    PaidWhen,
)
from apps.bookings.references import new_reference
from apps.bookings.selectors import bookings_locked_as_new
from apps.common.localtime import local
from apps.slots.actions import reservation_make_firm, reservations_release, reservations_take
from apps.slots.models import Reservation

# What the first booking gives to the later ones: everything that was asked for and agreed.
SHARED = (
    "customer",
    "service",
    "provider_id",
    "is_staff_requested",
    "series",
    "address",
    "city",
    "phone",
    "special_instructions",
    "preferred_provider_gender",
    "is_recurring",
    "recurring_frequency",
    "recurring_count",
    "on_conflict",
    "price",
    "discount",
    "fee",
    "total_amount",
    "payment_method",
    "paid_when",
)


def draft_make_firm(
    *,
    booking: LockedBooking,
    to_status: str,
    actor: User | None,
    now: datetime,
    locked: Collection[int],
    **move: Any,
) -> bool:
    """Move a draft on, and with a recurring one make each later booking a booking; return whether it moved.

    The draft's own reservation is firm already. The caller has the members of a recurring draft `locked`,
    since before they touched a reservation. A booking whose time is gone is left out, and told by
    `occurrence_skipped`.
    """
    if not has_open_series(booking):
        return booking_move(booking=booking, to_status=to_status, actor=actor, now=now, **move)
    batch = uuid4().hex
    series = BookingSeries.objects.create(
        customer=booking.customer, frequency=booking.recurring_frequency, created_at=now
    )
    moved = booking_move(
        booking=booking,
        to_status=to_status,
        actor=actor,
        now=now,
        told={"batch": batch},
        series=series,
        is_first_of_series=True,
        **move,
    )
    kept = _firm_occurrences(booking, locked, now=now)
    for occurrence in _drafts(booking, kept, now=now):
        booking_move(
            booking=occurrence,
            to_status=BookingStatus.PENDING,
            actor=actor,
            now=now,
            told={"batch": batch},
            booking_step=BookingStep.COMPLETED,
            expires_at=_expires_at(booking, occurrence, now=now),
        )
    return moved


def _expires_at(first: Booking, occurrence: Booking, *, now: datetime) -> datetime | None:
    """In cash the provider answers to all of it at once; else each booking waits for its own money."""
    if occurrence.paid_when == PaidWhen.ON_SITE:
        return first.expires_at or response_deadline(first, now=now)
    return occurrence.starts_at and series_payment_due(occurrence.starts_at, now=now)


def _firm_occurrences(booking: Booking, locked: Collection[int], *, now: datetime) -> list[Reservation]:
    """Make the later bookings' reservations firm, take again what ran out, and tell of what is gone."""
    asked_for = list(booking.occurrences.filter(is_available=True).select_related("reservation"))
    reservations = {occurrence.pk: _made_firm(occurrence.reservation, now=now) for occurrence in asked_for}
    run_out = [occurrence for occurrence in asked_for if not reservations[occurrence.pk]]
    lost = _taken_again(booking, run_out, reservations, locked, now=now)
    booking.occurrences.update(reservation=None)
    if lost:
        booking.occurrences.filter(pk__in=[occurrence.pk for occurrence in lost]).update(is_available=False)
        events.occurrence_skipped.send(
            sender=Booking,
            series=booking.series,
            booking=booking,
            occurrences=[(occurrence.date, booking.booking_time) for occurrence in lost],
        )
    return [reservation for occurrence in asked_for if (reservation := reservations[occurrence.pk])]


def _made_firm(reservation: Reservation | None, *, now: datetime) -> Reservation | None:
    if reservation is None or not reservation_make_firm(reservation=reservation, now=now):
        return None
    reservation.expires_at = None
    return reservation


def _taken_again(
    booking: Booking,
    run_out: list[Occurrence],
    reservations: dict[int, Reservation | None],
    locked: Collection[int],
    *,
    now: datetime,
) -> list[Occurrence]:
    """Take the time of bookings whose hold ran out, and note the reservations; return those that are lost."""
    if not run_out or booking.booking_time is None:
        return run_out
    reservations_release(
        reservation_ids=[occurrence.reservation_id for occurrence in run_out if occurrence.reservation_id]
    )
    taken = reservations_take(
        service=booking.service,
        days=[occurrence.date for occurrence in run_out],
        at=booking.booking_time,
        wish=wish_of(booking),
        preferred=booking.staff_id,
        expires_at=None,
        now=now,
        locked=locked,
        length=length_of(booking),
    )
    reservations |= {
        occurrence.pk: reservation for occurrence, reservation in zip(run_out, taken, strict=True)
    }
    return [occurrence for occurrence in run_out if not reservations[occurrence.pk]]


def _drafts(first: Booking, reservations: list[Reservation], *, now: datetime) -> list[LockedBooking]:
    """Write a draft, with its history, for each reservation of a later booking; return them."""
    occurrences = [_draft(first, reservation, now=now) for reservation in reservations]
    Booking.objects.bulk_create(occurrences)
    BookingEvent.objects.bulk_create(
        BookingEvent(booking=occurrence, to_status=BookingStatus.DRAFT, actor=first.customer, at=now)
        for occurrence in occurrences
    )
    return bookings_locked_as_new(occurrences)


def _draft(first: Booking, reservation: Reservation, *, now: datetime) -> Booking:
    occurrence = Booking(
        reference=new_reference(),
        booking_step=BookingStep.PAYMENT,
        booking_time=first.booking_time,
        created_at=now,
        **{name: getattr(first, name) for name in SHARED},
    )
    booking_copy_reservation(occurrence, reservation)
    occurrence.booking_date = local(reservation.slot_starts_at).date()
    return occurrence
