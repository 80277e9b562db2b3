"""The control of the races: take the guards away, and a seat is sold twice. Each one alone prevents that."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import time, timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from apps.accounts.models import User
from apps.bookings.actions import NewTime, booking_reschedule
from apps.bookings.tests.factories import in_days, placed
from apps.common.localtime import instant, marketplace_zone
from apps.services.models import Service
from apps.slots.actions import reservations
from apps.slots.models import BookingSlot, Reservation
from apps.slots.tests.factories import BookableServiceFactory
from tests.crowd import customers_of, race_through_the_wizard
from tests.duel import DONE, duelling
from tests.servers import Server, serving

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

CROWD = 64
GUARDS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'slots_reservation'::regclass AND contype IN ('u', 'x')
"""


@pytest.fixture(scope="module")
def server_without_lock(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("unguarded") / "log", "tests.unguarded:application") as running:
        yield running


@pytest.fixture
def no_constraints(transactional_db: None) -> Iterator[None]:
    """Nothing in the database keeps two reservations from one seat, or from one member's time."""
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"ALTER TABLE slots_reservation DROP CONSTRAINT {name}")
        yield
        Reservation.objects.all().delete()
        for name, definition in guards:
            cursor.execute(f"ALTER TABLE slots_reservation ADD CONSTRAINT {name} {definition}")


@pytest.fixture
def service(transactional_db: None) -> Service:
    """One seat at ten, whose slot is on record already, as after a cancelled booking."""
    service: Service = BookableServiceFactory()
    starts_at = instant(in_days(3), time(10), marketplace_zone())
    ends_at = starts_at + timedelta(minutes=service.duration_minutes)
    BookingSlot.objects.create(
        service=service, staff=service.staff.get(), starts_at=starts_at, ends_at=ends_at
    )
    return service


@pytest.mark.usefixtures("no_constraints")
def test_without_lock_and_constraints_a_seat_is_sold_twice(
    server_without_lock: Server, service: Service
) -> None:
    assert race_through_the_wizard(customers_of(server_without_lock, CROWD), [service]) > 1


@pytest.mark.usefixtures("no_constraints")
def test_the_lock_alone_keeps_a_seat_to_one(server: Server, service: Service) -> None:
    assert race_through_the_wizard(customers_of(server, CROWD), [service]) == 1


def test_the_constraints_alone_keep_a_seat_to_one(server_without_lock: Server, service: Service) -> None:
    assert race_through_the_wizard(customers_of(server_without_lock, CROWD), [service]) == 1


@pytest.mark.usefixtures("no_constraints")
def test_without_lock_and_constraints_two_bookings_move_to_one_time(
    monkeypatch: pytest.MonkeyPatch, service: Service, kamala: User, suresh: User
) -> None:
    lowest_free_seat, two = reservations._seat, Barrier(2)

    def seat_found_by_two(*asked: Any) -> int:
        seat = lowest_free_seat(*asked)
        with suppress(BrokenBarrierError):
            two.wait(5)
        return seat

    hers, his = (placed(who, service, in_days(3), time(hour)) for who, hour in ((kamala, 12), (suresh, 14)))
    monkeypatch.setattr(
        reservations, "members_locked", lambda members: list(members.values_list("pk", flat=True))
    )
    monkeypatch.setattr(reservations, "_seat", seat_found_by_two)
    ten = NewTime(in_days(3), time(10))

    with duelling() as duel:
        outcomes = duel(
            0,
            lambda: booking_reschedule(booking_id=hers.pk, actor=kamala, to=ten),
            lambda: booking_reschedule(booking_id=his.pk, actor=suresh, to=ten),
        )

    assert outcomes == (DONE, DONE)
    assert Reservation.objects.filter(slot_starts_at=ten.starts_at, seat=1).count() == 2
