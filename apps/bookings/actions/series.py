"""A recurring draft becomes firm: each of its visits a booking of its own, all in one transaction."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.actions.claims import length_of, note_claim, wish_of
from apps.bookings.actions.expiry import response_deadline, series_payment_due
from apps.bookings.actions.moves import booking_move
from apps.bookings.actions.occurrences import has_open_series
from apps.bookings.models import Booking, BookingEvent, BookingSeries, BookingStatus, BookingStep, Occurrence
from apps.bookings.references import new_reference
from apps.common.localtime import local
from apps.slots.actions import reservation_make_firm, reservations_release, reservations_take
from apps.slots.models import Reservation

# What the first visit gives to the later ones: everything that was asked for and agreed.
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
)


def draft_make_firm(
    *,
    booking: Booking,
    to_status: str,
    actor: User | None,
    now: datetime,
    locked: Collection[int],
    **move: Any,
) -> bool:
    """Move a draft on, and with a recurring one make each later visit a booking; return whether it moved.

    The draft's own claim is firm already. The caller has the members of a recurring draft `locked`, since
    before he touched a claim. A visit whose time is gone is left out, and told by `occurrence_skipped`.
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
    kept = _firm_visits(booking, locked, now=now)
    for visit in _drafts(booking, kept, now=now):
        booking_move(
            booking=visit,
            to_status=BookingStatus.PENDING,
            actor=actor,
            now=now,
            told={"batch": batch},
            booking_step=BookingStep.COMPLETED,
            expires_at=_expires_at(booking, visit, now=now),
        )
    return moved


def _expires_at(first: Booking, visit: Booking, *, now: datetime) -> datetime | None:
    """In cash the provider answers to all of it at once; else each visit waits for its own money."""
    if visit.payment_method == "cash":
        return first.expires_at or response_deadline(first, now=now)
    return visit.starts_at and series_payment_due(visit.starts_at, now=now)


def _firm_visits(booking: Booking, locked: Collection[int], *, now: datetime) -> list[Reservation]:
    """Make the later visits' claims firm, take again what ran out, and tell of what is gone."""
    asked_for = list(booking.occurrences.filter(is_available=True).select_related("reservation"))
    claims = {visit.pk: _made_firm(visit.reservation, now=now) for visit in asked_for}
    run_out = [visit for visit in asked_for if not claims[visit.pk]]
    lost = _taken_again(booking, run_out, claims, locked, now=now)
    booking.occurrences.update(reservation=None)
    if lost:
        booking.occurrences.filter(pk__in=[visit.pk for visit in lost]).update(is_available=False)
        events.occurrence_skipped.send(
            sender=Booking,
            series=booking.series,
            booking=booking,
            occurrences=[(visit.date, booking.booking_time) for visit in lost],
        )
    return [claim for visit in asked_for if (claim := claims[visit.pk])]


def _made_firm(claim: Reservation | None, *, now: datetime) -> Reservation | None:
    if claim is None or not reservation_make_firm(reservation=claim, now=now):
        return None
    claim.expires_at = None
    return claim


def _taken_again(
    booking: Booking,
    run_out: list[Occurrence],
    claims: dict[int, Reservation | None],
    locked: Collection[int],
    *,
    now: datetime,
) -> list[Occurrence]:
    """Take the time of visits whose hold ran out, and note the claims; return those that are lost."""
    if not run_out or booking.booking_time is None:
        return run_out
    reservations_release(reservation_ids=[visit.reservation_id for visit in run_out if visit.reservation_id])
    taken = reservations_take(
        service=booking.service,
        days=[visit.date for visit in run_out],
        at=booking.booking_time,
        wish=wish_of(booking),
        preferred=booking.staff_id,
        expires_at=None,
        now=now,
        locked=locked,
        length=length_of(booking),
    )
    claims |= {visit.pk: claim for visit, claim in zip(run_out, taken, strict=True)}
    return [visit for visit in run_out if not claims[visit.pk]]


def _drafts(first: Booking, claims: list[Reservation], *, now: datetime) -> list[Booking]:
    """Return a draft for each claim of a later visit, as the first one's was: written, and in the history."""
    visits = [_draft(first, claim, now=now) for claim in claims]
    Booking.objects.bulk_create(visits)
    BookingEvent.objects.bulk_create(
        BookingEvent(booking=visit, to_status=BookingStatus.DRAFT, actor=first.customer, at=now)
        for visit in visits
    )
    return visits


def _draft(first: Booking, claim: Reservation, *, now: datetime) -> Booking:
    visit = Booking(
        reference=new_reference(),
        booking_step=BookingStep.PAYMENT,
        booking_time=first.booking_time,
        created_at=now,
        **{name: getattr(first, name) for name in SHARED},
    )
    note_claim(visit, claim)
    visit.booking_date = local(claim.slot_starts_at).date()
    return visit
