"""What became of a booking, and that nobody rewrites it."""

from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked
from apps.common.models import AppendOnly
from apps.services.models import Service


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    return booked(kamala, service)


def history(client: APIClient, booking: Booking) -> Any:
    return client.get(f"/api/bookings/{booking.pk}/history/")


def test_it_tells_every_move_oldest_first(
    client_of: ClientOf, kamala: User, bishnu: User, booking: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(60)
    client_of(bishnu).patch(
        f"/api/bookings/{booking.pk}/update-status/", {"status": "rejected", "rejection_reason": "Ill."}
    )

    told = history(client_of(kamala), booking).json()

    assert [(line["from_status"], line["to_status"], line["actor"]) for line in told] == [
        (None, "draft", kamala.pk),
        ("draft", "pending", kamala.pk),
        ("pending", "rejected", bishnu.pk),
    ]
    assert told[2]["reason"] == "Ill."
    assert told[2]["at"] == "2026-12-07T08:01:00+05:45"
    assert told[2]["actor_details"] == {"id": bishnu.pk, "full_name": "Bishnu Tamang"}


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_everybody_concerned_reads_it(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str
) -> None:
    assert len(history(client_of(request.getfixturevalue(name)), booking).json()) == 2


@pytest.mark.parametrize("name", ["suresh", "gita"])
def test_strangers_do_not(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str
) -> None:
    assert history(client_of(request.getfixturevalue(name)), booking).status_code == 404


def test_it_takes_two_queries(
    client_of: ClientOf, kamala: User, booking: Booking, django_assert_num_queries: Any
) -> None:
    client = client_of(kamala)

    with django_assert_num_queries(2):  # and one to log in
        assert history(client, booking).status_code == 200


def test_a_line_is_neither_changed_nor_deleted(booking: Booking) -> None:
    line = BookingEvent.objects.latest("pk")
    line.reason = "something else"

    for rewrite in (line.save, line.delete, BookingEvent.objects.all().delete):
        with pytest.raises(AppendOnly):
            rewrite()
    with pytest.raises(AppendOnly):
        BookingEvent.objects.update(reason="something else")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement", ["UPDATE bookings_bookingevent SET reason = 'x'", "DELETE FROM bookings_bookingevent"]
)
def test_the_database_refuses_too(booking: Booking, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
