"""Cancelling a booking."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import error_of, everything
from apps.services.models import Service
from apps.slots.models import Reservation


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    return booked(kamala, service, days=3, at="10:00")


@pytest.fixture
def kamalas(client_of: ClientOf, kamala: User) -> APIClient:
    return client_of(kamala)


def cancel(client: APIClient, booking: Booking, **body: Any) -> Any:
    return client.post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "It rains.", **body})


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
@pytest.mark.parametrize("status", ["pending", "confirmed"])
def test_everybody_concerned_cancels(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str, status: str
) -> None:
    Booking.objects.update(status=status)

    answer = cancel(client_of(request.getfixturevalue(name)), booking)

    assert answer.status_code == 200
    assert answer.json()["status"] == "cancelled"
    assert answer.json()["cancellation_reason"] == "It rains."


def test_its_time_is_free_at_once(
    kamalas: APIClient, booking: Booking, suresh: User, service: Service
) -> None:
    cancel(kamalas, booking)

    assert not Reservation.objects.exists()
    assert booked(suresh, service, days=3, at="10:00").status == "pending"


def test_cancelling_again_is_a_quiet_success(kamalas: APIClient, booking: Booking) -> None:
    first = cancel(kamalas, booking)
    before = everything()

    second = cancel(kamalas, booking, reason="Another reason.")

    assert (second.status_code, second.json()) == (200, first.json())
    assert everything() == before


def test_a_customer_cancels_until_the_start(
    kamalas: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    Booking.objects.update(status="confirmed")
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at)
    before = everything()
    assert error_of(cancel(kamalas, booking))[:2] == (409, "not_cancellable")
    assert everything() == before

    clock.shift(timedelta(microseconds=-1))

    assert cancel(kamalas, booking).status_code == 200


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_others_cancel_after_the_start_too(
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    booking: Booking,
    clock: time_machine.Traveller,
    name: str,
) -> None:
    Booking.objects.update(status="confirmed")
    clock.shift(timedelta(days=4))

    assert cancel(client_of(request.getfixturevalue(name)), booking).status_code == 200


@pytest.mark.parametrize("status", ["in_progress", "completed", "rejected", "no_show", "expired"])
@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_what_is_under_way_or_over_is_not_cancelled(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str, status: str
) -> None:
    Booking.objects.update(status=status)
    before = everything()

    assert error_of(cancel(client_of(request.getfixturevalue(name)), booking))[:2] == (409, "not_cancellable")
    assert everything() == before


def test_a_draft_is_dropped_rather_than_cancelled(
    kamalas: APIClient, kamala: User, bishnu: User, client_of: ClientOf, service: Service
) -> None:
    draft = draft_at_payment_step(kamala, service)

    assert error_of(cancel(kamalas, draft))[:2] == (409, "not_cancellable")
    assert cancel(client_of(bishnu), draft).status_code == 404


@pytest.mark.parametrize("reason", ["", "  ", None, [], {}, True, "a \x00 byte", "x" * 501])
def test_it_needs_a_reason(kamalas: APIClient, booking: Booking, reason: Any) -> None:
    before = everything()

    assert error_of(cancel(kamalas, booking, reason=reason))[::2] == (400, "reason")
    assert everything() == before


def test_without_a_reason_it_says_which_field(kamalas: APIClient, booking: Booking) -> None:
    answer = kamalas.post(f"/api/bookings/{booking.pk}/cancel/", {})

    assert error_of(answer) == (400, "required", "reason")


def test_strangers_find_no_booking(client_of: ClientOf, suresh: User, gita: User, booking: Booking) -> None:
    for user in (suresh, gita):
        assert cancel(client_of(user), booking).status_code == 404


@pytest.mark.parametrize("booking_id", [0, 987_654, 2**63, 10**29])
@pytest.mark.parametrize(
    ("method", "path"),
    [("post", "cancel/"), ("patch", "update-status/"), ("patch", ""), ("get", ""), ("get", "history/")],
)
def test_unknown_ids_are_not_found(kamalas: APIClient, booking_id: int, method: str, path: str) -> None:
    assert getattr(kamalas, method)(f"/api/bookings/{booking_id}/{path}").status_code == 404


def test_without_a_login_nothing_is_cancelled(api: APIClient, booking: Booking) -> None:
    assert cancel(api, booking).status_code == 401
