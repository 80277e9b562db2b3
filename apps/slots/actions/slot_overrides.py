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
from apps.slots.limits import provider_locked, refuse_too_many_overrides
from apps.slots.models import BookingSlot, Reservation

TIME = ("starts_at", "ends_at")


def slot_override_create(
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

    Raises `in_use` for fewer seats than are taken, and ValidationError where there is an override already, or
    as many as there may be.
    """
    with transaction.atomic():
        provider_locked(service.provider_id)
        refuse_too_many_overrides(service.provider_id, now=now)
        members_locked(StaffMember.objects.filter(pk=staff.pk))
        slot = BookingSlot.objects.filter(service=service, staff=staff, starts_at=starts_at).first()
        if slot is None:
            slot = BookingSlot(service=service, staff=staff, starts_at=starts_at)
        elif slot.is_override:
            raise _already_there()
        slot.is_override = True
        slot.ends_at, slot.is_available, slot.max_bookings = ends_at, is_available, max_bookings
        _refuse_fewer_seats_than_taken(slot, now=now)
        slot.save()
    return slot


def slot_override_change(*, slot: BookingSlot, now: datetime, **changes: Any) -> BookingSlot:
    """Write columns of an override: `starts_at, ends_at, is_available, max_bookings`; whose it is stays.

    Returns the row that is the override now: another one where bookings or holds left theirs at the new
    start. Raises `in_use` where live reservations hold its time, or more seats than it would have, and
    ValidationError where there is an override already.
    """
    with transaction.atomic():
        provider_locked(slot.service.provider_id)
        slot = _slot_override_locked(slot)
        moves = any(name in changes and getattr(slot, name) != changes[name] for name in TIME)
        if moves:
            refuse_too_many_overrides(slot.service.provider_id, now=now, besides=slot.pk)
            _refuse_reserved(slot, now=now)
            slot = _row_at(changes.get("starts_at", slot.starts_at), slot)
        for name, value in changes.items():
            setattr(slot, name, value)
        if moves or "max_bookings" in changes:
            _refuse_fewer_seats_than_taken(slot, now=now)
        slot.save()
    return slot


def slot_override_remove(*, slot: BookingSlot, now: datetime) -> None:
    """Let the schedule rule again. Raises `in_use` with live reservations.

    The row itself stays, for the bookings that once were made on it.
    """
    with transaction.atomic():
        slot = _slot_override_locked(slot)
        _refuse_reserved(slot, now=now)
        slot.is_override = False
        slot.save(update_fields=["is_override"])


def _slot_override_locked(slot: BookingSlot) -> BookingSlot:
    """Return the override as it is once its member is locked. Raises Http404 where it is gone."""
    members_locked(StaffMember.objects.filter(pk=slot.staff_id))
    overrides = BookingSlot.objects.select_related("service").filter(is_override=True)
    return get_object_or_404(overrides, pk=slot.pk)


def _row_at(starts_at: datetime, slot: BookingSlot) -> BookingSlot:
    """Return the row to write an override to at a start: its own, unless one stands there already.

    That one stays with its bookings and becomes the override in all else; this one stops being one.
    """
    there = BookingSlot.objects.filter(service=slot.service, staff=slot.staff_id, starts_at=starts_at)
    other = there.exclude(pk=slot.pk).select_related("service").first()
    if other is None:
        return slot
    if other.is_override:
        raise _already_there()
    slot.is_override = False
    slot.save(update_fields=["is_override"])
    other.is_override = True
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
