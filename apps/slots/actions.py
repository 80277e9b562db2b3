"""Writes: taking, moving, keeping and giving back a member's time."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from apps.common.errors import DomainError
from apps.common.localtime import exists, instant, marketplace_zone, today
from apps.services.models import Service, StaffMember
from apps.slots.availability import MemberSlot, best_member_slot
from apps.slots.models import BookingSlot, Reservation
from apps.slots.selectors import Wish, members_of, rules_of


def slot_unavailable() -> DomainError:
    return DomainError("slot_unavailable", "This time can't be booked. Please choose another one.")


def reservation_take(
    *,
    service: Service,
    day: date,
    at: time,
    wish: Wish,
    expires_at: datetime | None,
    now: datetime,
    current: Reservation | None = None,
) -> Reservation:
    """Claim a local time of a member who matches, and return the claim; a `current` one is moved there.

    `expires_at` makes it a hold, None makes it firm. Raises `slot_unavailable`, and then changes nothing.
    All members who could do it are locked first, so whoever comes second sees the first one's claim.
    """
    zone = marketplace_zone()
    if not today(now) <= day <= today(now) + timedelta(days=service.max_advance_days) or not exists(
        day, at, zone
    ):
        raise slot_unavailable()
    starts_at = instant(day, at, zone)
    try:
        with transaction.atomic():
            locked = members_locked(service, wish)
            release_run_out(locked, now=now)
            members = members_of(
                service, day, day, wish=wish, now=now, without_reservation=current.pk if current else None
            )
            chosen = best_member_slot(rules_of(service), members, starts_at, now=now, zone=zone)
            if chosen is None:
                raise slot_unavailable()
            return _claim(service, chosen, expires_at=expires_at, current=current)
    except IntegrityError as error:
        # The database had the last word: a constraint on seats or on overlapping time.
        raise slot_unavailable() from error


def members_locked(service: Service, wish: Wish) -> list[int]:
    """Lock the members who match, in id order so that two customers never wait for each other in a circle."""
    members = StaffMember.objects.filter(wish.members(), services=service).order_by("pk")
    return list(members.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))


def release_run_out(member_ids: Iterable[int], *, now: datetime) -> None:
    """Delete the members' holds that ran out, which still occupy a numbered seat."""
    run_out = Reservation.objects.filter(staff__in=member_ids, expires_at__lte=now)
    if ids := list(run_out.values_list("pk", flat=True)):
        Reservation.objects.filter(pk__in=ids, expires_at__lte=now).delete()


def _claim(
    service: Service, chosen: MemberSlot, *, expires_at: datetime | None, current: Reservation | None
) -> Reservation:
    rules = rules_of(service)
    slot = _slot_at(service, chosen)
    keeps_seat = current is not None and current.slot_id == slot.pk
    columns = {
        "slot": slot,
        "seat": current.seat if current and keeps_seat else _free_seat(slot),
        "staff_id": chosen.member_id,
        "service": service,
        "slot_starts_at": chosen.starts_at,
        "starts_at": chosen.starts_at - rules.buffer_before,
        "ends_at": chosen.ends_at + rules.buffer_after,
        "expires_at": expires_at,
    }
    if current and Reservation.objects.filter(pk=current.pk).update(**columns):
        for name, value in columns.items():
            setattr(current, name, value)
        return current
    return Reservation.objects.create(**columns)


def _slot_at(service: Service, chosen: MemberSlot) -> BookingSlot:
    """Return the row that carries this start's bookings; the member's lock keeps it from being made twice."""
    key = {"staff_id": chosen.member_id, "service": service, "starts_at": chosen.starts_at}
    return BookingSlot.objects.filter(**key).first() or BookingSlot.objects.create(
        **key, ends_at=chosen.ends_at
    )


def _free_seat(slot: BookingSlot) -> int:
    taken = set(slot.reservations.values_list("seat", flat=True))
    return next(seat for seat in range(1, len(taken) + 2) if seat not in taken)


def reservation_make_firm(*, reservation: Reservation, now: datetime) -> bool:
    """Turn a live hold into a firm claim; return False where it ran out or is gone."""
    live = Reservation.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), pk=reservation.pk)
    return live.update(expires_at=None) == 1


def reservation_renew(*, reservation: Reservation, expires_at: datetime, now: datetime) -> bool:
    """Extend a live hold, once; return whether it was extended."""
    renewable = Reservation.objects.filter(pk=reservation.pk, expires_at__gt=now, is_renewed=False)
    return renewable.update(expires_at=expires_at, is_renewed=True) == 1


def reservation_release(*, reservation_id: int) -> None:
    """Give a claim back. Freeing needs no lock; one that is gone already is fine."""
    Reservation.objects.filter(pk=reservation_id).delete()


def expired_holds_release(*, now: datetime) -> int:
    """Delete all holds that ran out, and return how many. Availability ignores them anyway."""
    _, deleted = Reservation.objects.filter(expires_at__lte=now).delete()
    return deleted.get("slots.Reservation", 0)
