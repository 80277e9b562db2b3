"""Slots that a provider blocks, opens outside the hours, or gives other seats.

Each write holds the member's lock, as taking a slot does, so that a change and a customer never interleave.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError

from apps.common.errors import DomainError
from apps.services.models import Service, StaffMember
from apps.slots.actions.locks import members_locked
from apps.slots.limits import provider_locked, refuse_too_many_departures
from apps.slots.models import BookingSlot, Reservation

TIME = ("starts_at", "ends_at")


def departure_create(
    *,
    service: Service,
    staff: StaffMember,
    starts_at: datetime,
    ends_at: datetime,
    is_available: bool = True,
    max_bookings: int | None = None,
    now: datetime,
) -> BookingSlot:
    """Let a slot depart from the schedule, also one that carries bookings already.

    Raises `in_use` for fewer seats than are taken, and ValidationError where there is a departure already, or
    as many as there may be.
    """
    with transaction.atomic():
        provider_locked(service.provider_id)
        refuse_too_many_departures(service.provider_id, now=now)
        members_locked(StaffMember.objects.filter(pk=staff.pk))
        slot = BookingSlot.objects.filter(service=service, staff=staff, starts_at=starts_at).first()
        if slot is None:
            slot = BookingSlot(service=service, staff=staff, starts_at=starts_at)
        elif slot.is_departure:
            raise _already_there()
        slot.is_departure = True
        slot.ends_at, slot.is_available, slot.max_bookings = ends_at, is_available, max_bookings
        _refuse_fewer_seats_than_taken(slot, now=now)
        slot.save()
    return slot


def departure_change(*, slot: BookingSlot, now: datetime, **changes: Any) -> BookingSlot:
    """Write columns of a departure: `starts_at, ends_at, is_available, max_bookings`; whose it is stays.

    Returns the row that is the departure now: another one where bookings or holds left theirs at the new
    start. Raises `in_use` where live reservations hold its time, or more seats than it would have, and
    ValidationError where there is a departure already.
    """
    with transaction.atomic():
        provider_locked(slot.service.provider_id)
        slot = _departure_locked(slot)
        moves = any(name in changes and getattr(slot, name) != changes[name] for name in TIME)
        if moves:
            refuse_too_many_departures(slot.service.provider_id, now=now, besides=slot.pk)
            _refuse_reserved(slot, now=now)
            slot = _row_at(changes.get("starts_at", slot.starts_at), slot)
        for name, value in changes.items():
            setattr(slot, name, value)
        if moves or "max_bookings" in changes:
            _refuse_fewer_seats_than_taken(slot, now=now)
        slot.save()
    return slot


def departure_remove(*, slot: BookingSlot, now: datetime) -> None:
    """Let the schedule rule again. Raises `in_use` with live reservations.

    The row itself stays, for the bookings that once were made on it.
    """
    with transaction.atomic():
        slot = _departure_locked(slot)
        _refuse_reserved(slot, now=now)
        slot.is_departure = False
        slot.save(update_fields=["is_departure"])


def _departure_locked(slot: BookingSlot) -> BookingSlot:
    """Return the departure as it is once its member is locked. Raises Http404 where it is gone."""
    members_locked(StaffMember.objects.filter(pk=slot.staff_id))
    departures = BookingSlot.objects.select_related("service").filter(is_departure=True)
    return get_object_or_404(departures, pk=slot.pk)


def _row_at(starts_at: datetime, slot: BookingSlot) -> BookingSlot:
    """Return the row to write a departure to at a start: its own, unless one stands there already.

    That one stays with its bookings and becomes the departure in all else; this one stops being one.
    """
    there = BookingSlot.objects.filter(service=slot.service, staff=slot.staff_id, starts_at=starts_at)
    other = there.exclude(pk=slot.pk).select_related("service").first()
    if other is None:
        return slot
    if other.is_departure:
        raise _already_there()
    slot.is_departure = False
    slot.save(update_fields=["is_departure"])
    other.is_departure = True
    other.ends_at, other.is_available, other.max_bookings = slot.ends_at, slot.is_available, slot.max_bookings
    return other


def _live_reservations(slot: BookingSlot, now: datetime) -> int:
    return Reservation.objects.live(now).filter(slot=slot.pk).count()


def _refuse_reserved(slot: BookingSlot, *, now: datetime) -> None:
    if _live_reservations(slot, now):
        raise DomainError("in_use", "This slot carries bookings; block it instead.")


def _refuse_fewer_seats_than_taken(slot: BookingSlot, *, now: datetime) -> None:
    taken = _live_reservations(slot, now) if slot.pk else 0
    if slot.seats < taken:
        raise DomainError("in_use", f"{taken} seats of this slot are taken.", attr="max_bookings")


def _already_there() -> ValidationError:
    return ValidationError({"start_time": ["There is such a slot at this time already."]}, code="unique")
