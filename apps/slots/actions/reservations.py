"""Taking, moving, keeping and giving back a member's time."""

import logging
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from apps.common.errors import DomainError
from apps.common.localtime import exists, instant, marketplace_zone, today
from apps.services.models import Service, StaffMember
from apps.slots.actions.locks import members_locked
from apps.slots.availability import MemberSlot, Rules, best_member_slot
from apps.slots.models import BookingSlot, Reservation
from apps.slots.selectors import Wish, members_of, rules_of

logger = logging.getLogger(__name__)


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
    at_any_notice: bool = False,
    locked: Collection[int] | None = None,
    rules: Rules | None = None,
    preferred: int | None = None,
) -> Reservation:
    """Reserve a local time of a member who matches, and return it; a `current` reservation is moved there.

    `expires_at` makes it a hold, None makes it firm. Raises `slot_unavailable`, and then changes nothing.
    `at_any_notice` is for a booking that was paid in time but late to arrive: any start ahead will do.
    `rules` are the service's unless told (`selectors.rules_to_move`); `preferred` is the member to take if
    they is free. All members who could do it are locked first, so whoever comes second sees the first one's
    reservation; with them the one whose time a `current` reservation leaves. Who takes several locks them
    themselves (see `several`), and names them as `locked`.
    """
    zone = marketplace_zone()
    rules = rules or rules_of(service)
    last_day = today(now) + timedelta(days=rules.max_advance_days)
    if not today(now) <= day <= last_day or not exists(day, at, zone):
        raise slot_unavailable()
    noticed = replace(rules, min_notice=timedelta(0)) if at_any_notice else rules
    try:
        with transaction.atomic():
            if locked is None:
                locked = members_locked(_concerned(service, wish, current))
                run_out_lose_their_seats(locked, now=now)
            own = [current.pk] if current else []
            members = members_of(rules, day, day, wish=wish, now=now, without=own)
            # Somebody who joined since is not locked, and so not ours to take.
            members = [member for member in members if member.id in locked]
            chosen = best_member_slot(
                noticed, members, instant(day, at, zone), now=now, zone=zone, preferred=preferred
            )
            logger.debug(
                "service %s on %s at %s: members %s asked for, %s there, member %s chosen",
                service.pk,
                day,
                at,
                locked,
                [member.id for member in members],
                chosen and chosen.member_id,
            )
            if chosen is None:
                raise slot_unavailable()
            return _reservation(service, rules, chosen, expires_at=expires_at, current=current)
    except IntegrityError as error:
        # The database had the last word: a constraint on seats or on overlapping time.
        raise slot_unavailable() from error


def _concerned(service: Service, wish: Wish, current: Reservation | None) -> QuerySet[StaffMember]:
    """Return the members whose reservations a taking writes.

    The one that `current` leaves is among them: their reservations may be losing their seats to somebody who
    in turn wants to leave a member that is locked here.
    """
    candidates = StaffMember.objects.filter(wish.members(), services=service)
    if current is None:
        return candidates
    left = StaffMember.objects.filter(pk=current.staff_id)
    both = candidates.order_by().values("pk").union(left.order_by().values("pk"))
    return StaffMember.objects.filter(pk__in=both)


def run_out_lose_their_seats(member_ids: Collection[int], *, now: datetime) -> None:
    """Free the numbered seats of holds that ran out.

    One UPDATE that looks at each row again once it has it, so a hold made firm meanwhile stays. Deleting
    would also write to the bookings that point here, whose locks come before a member's, never after.
    """
    Reservation.objects.run_out(now).filter(staff__in=member_ids, seat__isnull=False).update(seat=None)


def _reservation(
    service: Service,
    rules: Rules,
    chosen: MemberSlot,
    *,
    expires_at: datetime | None,
    current: Reservation | None,
) -> Reservation:
    slot = _slot_at(service, chosen)
    columns = {
        "slot": slot,
        "seat": _seat(slot, chosen.seats, current),
        "staff_id": chosen.member_id,
        "service": service,
        "slot_starts_at": chosen.starts_at,
        "slot_ends_at": chosen.ends_at,
        "starts_at": chosen.starts_at - rules.buffer_before,
        "ends_at": chosen.ends_at + rules.buffer_after,
        "expires_at": expires_at,
    }
    if current and current.expires_at != expires_at:
        # Another hold, to be renewed once itself. One that only moves has no more time to gain.
        columns["is_renewed"] = False
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


def _seat(slot: BookingSlot, seats: int, current: Reservation | None) -> int:
    """Return the seat that the reservation has in this slot already, else the lowest free number.

    No number beyond the last seat is given out, so that the constraint on it says no where the lock did not.
    """
    numbers = dict(slot.reservations.values_list("pk", "seat"))
    own = numbers.get(current.pk) if current else None
    free = (number for number in range(1, seats + 1) if number not in numbers.values())
    seat = own or next(free, None)
    if seat is None:
        raise slot_unavailable()
    return seat


def reservation_make_firm(*, reservation: Reservation, now: datetime) -> bool:
    """Turn a live hold into a firm reservation; return False where it ran out, is gone, or lost its time."""
    live = Reservation.objects.live(now).filter(pk=reservation.pk, seat__isnull=False)
    try:
        with transaction.atomic():
            return live.update(expires_at=None) == 1
    except IntegrityError:
        # The database had the last word: the member is somebody else's at that time.
        return False


def reservation_renew(*, reservation: Reservation, expires_at: datetime, now: datetime) -> bool:
    """Extend a live hold, once; return whether it was extended."""
    renewable = Reservation.objects.filter(
        pk=reservation.pk, expires_at__gt=now, seat__isnull=False, is_renewed=False
    )
    return renewable.update(expires_at=expires_at, is_renewed=True) == 1


def reservation_release(*, reservation_id: int) -> None:
    """Give a reservation back. Freeing needs no lock; one that is gone already is fine."""
    Reservation.objects.filter(pk=reservation_id).delete()


def expired_holds_release(*, now: datetime) -> int:
    """Delete all holds that ran out, and return how many. Availability ignores them anyway.

    A booking's row is locked with its hold's, and whatever somebody works on is left for the next time.
    """
    run_out = Reservation.objects.run_out(now)
    with transaction.atomic():
        loose = run_out.filter(booking=None, occurrence=None)
        loose = loose.select_for_update(skip_locked=True, of=("self",))
        booked = (
            run_out.filter(booking__isnull=False)
            .select_related("booking")
            .select_for_update(skip_locked=True, of=("self", "booking"))
        )
        # The later bookings of a recurring draft hang on it by rows of their own.
        later = (
            run_out.filter(occurrence__isnull=False)
            .select_related("occurrence__booking")
            .select_for_update(skip_locked=True, of=("self", "occurrence__booking"))
        )
        locked = [reservation.pk for reservation in [*loose, *booked, *later]]
        Reservation.objects.filter(pk__in=locked).delete()
    return len(locked)
