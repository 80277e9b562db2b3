"""The product's server as it would be without the lock on members, for the control of the races.

Whoever has found a free seat waits for another who has found one too: the moment in which one is sold twice
is short, and the control must not need luck to hit it. Behind the lock nobody else could get that far.
"""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING
from unittest.mock import patch

from sewabazaar.wsgi import application

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from apps.services.models import StaffMember
    from apps.slots.models import BookingSlot, Reservation

__all__ = ["application"]

PATIENCE_SECONDS = 5


def members_not_locked(members: "QuerySet[StaffMember]") -> list[int]:
    return list(members.order_by("pk").values_list("pk", flat=True))


def guard_taken_away() -> None:
    from apps.slots.actions import reservations

    lowest_free_seat = reservations._seat
    two = Barrier(2)

    def seat_found_by_two(slot: "BookingSlot", seats: int, current: "Reservation | None") -> int:
        seat = lowest_free_seat(slot, seats, current)
        with suppress(BrokenBarrierError):
            two.wait(PATIENCE_SECONDS)
        return seat

    patch.object(reservations, "members_locked", members_not_locked).start()
    patch.object(reservations, "_seat", seat_found_by_two).start()


guard_taken_away()
