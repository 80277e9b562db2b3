"""Several reservations in one transaction, for bookings that recur.

Whoever takes, moves or gives back several locks all members once, before they touch the first: another's one
statement may lock the same rows in another order, to free the seats of holds that ran out.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from apps.common.errors import DomainError
from apps.services.models import Service, StaffMember
from apps.slots.actions.locks import members_locked
from apps.slots.actions.reservations import reservation_take, run_out_lose_their_seats
from apps.slots.models import Reservation
from apps.slots.selectors import Wish, rules_as_made, rules_at_any_distance, rules_of


def members_lock(*, service: Service, reservations: Iterable[Reservation]) -> list[int]:
    """Lock all who offer a service, whatever the wish, and the holders of these reservations; return ids."""
    holders = [reservation.staff_id for reservation in reservations]
    offering = StaffMember.objects.filter(services=service).order_by().values("pk")
    return members_locked(StaffMember.objects.filter(Q(pk__in=offering) | Q(pk__in=holders)))


def reservations_take(
    *,
    service: Service,
    days: Iterable[date],
    at: time,
    wish: Wish,
    preferred: int | None,
    expires_at: datetime | None,
    now: datetime,
    locked: Collection[int],
    length: timedelta | None = None,
) -> list[Reservation | None]:
    """Reserve one local time on each of these days, for as long as the service takes, or for a `length`.

    None where nobody is free.

    On each day the `preferred` member, where they are free, else whom the rules choose among those who match.
    How far ahead the days lie doesn't matter. The caller has the members `locked`.
    """
    run_out_lose_their_seats(locked, now=now)
    return [
        _taken(
            service=service,
            day=day,
            at=at,
            wish=wish,
            preferred=preferred,
            expires_at=expires_at,
            now=now,
            locked=locked,
            length=length,
        )
        for day in days
    ]


def _taken(
    *, service: Service, day: date, now: datetime, length: timedelta | None, **wanted: Any
) -> Reservation | None:
    try:
        rules = rules_as_made(rules_at_any_distance(rules_of(service), day, now=now), length, None)
        return reservation_take(service=service, day=day, now=now, rules=rules, **wanted)
    except DomainError as error:
        if error.code != "slot_unavailable":
            raise
        return None


def reservations_renew(*, reservation_ids: Collection[int], expires_at: datetime, now: datetime) -> None:
    """Extend live holds together. The caller has their members locked."""
    renewable = Reservation.objects.filter(pk__in=reservation_ids, expires_at__gt=now, seat__isnull=False)
    renewable.update(expires_at=expires_at, is_renewed=True)


def reservations_release(*, reservation_ids: Collection[int]) -> None:
    """Give reservations back. The caller has their members locked."""
    Reservation.objects.filter(pk__in=reservation_ids).delete()
