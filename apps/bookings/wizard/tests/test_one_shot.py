"""The booking in one call that stood before the wizard."""

from typing import Any

import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import DETAILS, Wizard, error_of, everything
from apps.payments.models import PaymentMethod
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import works

URL = "/api/bookings/"


@pytest.fixture
def body(service: Service, methods: dict[str, PaymentMethod]) -> dict[str, Any]:
    return {
        "service": service.pk,
        "booking_date": str(in_days(3)),
        "booking_time": "10:00:00",
        **DETAILS,
    }


@pytest.fixture
def kamalas(client_of: ClientOf, kamala: User) -> APIClient:
    return client_of(kamala)


def test_cash_is_assumed_and_makes_a_request(kamalas: APIClient, body: dict[str, Any]) -> None:
    answer = kamalas.post(URL, body)

    assert answer.status_code == 201
    booking = answer.json()
    assert (booking["status"], booking["booking_step"]) == ("pending", "completed")
    assert booking["payment_method"] == "cash"
    assert booking["total_amount"] == "1500.00"
    assert Reservation.objects.get().expires_at is None
    assert kamalas.get(f"{URL}{booking['id']}/").json() == booking


def test_a_bank_transfer_makes_a_request(kamalas: APIClient, body: dict[str, Any]) -> None:
    booking = kamalas.post(URL, {**body, "payment_method": "bank_transfer"}).json()

    assert (booking["status"], booking["payment_status"]) == ("pending", "pending")


@pytest.mark.parametrize("method", ["khalti", "esewa"])
def test_what_is_paid_online_is_a_draft_that_holds_its_slot(
    kamalas: APIClient, body: dict[str, Any], method: str
) -> None:
    booking = kamalas.post(URL, {**body, "payment_method": method}).json()

    assert (booking["status"], booking["booking_step"]) == ("draft", "payment")
    assert Reservation.objects.get().expires_at is not None
    state = kamalas.get(f"/api/booking-wizard/{booking['id']}/").json()
    assert state["next_step"] == "confirmation"
    assert state["hold_expires_at"] is not None


def test_its_history_is_that_of_the_steps(kamalas: APIClient, body: dict[str, Any]) -> None:
    kamalas.post(URL, body)

    assert list(BookingEvent.objects.values_list("from_status", "to_status")) == [
        ("", "draft"),
        ("draft", "pending"),
    ]


def test_member_and_preference_are_heard(kamalas: APIClient, body: dict[str, Any], service: Service) -> None:
    woman = works(StaffFactory(provider=service.provider, gender="female"))
    woman.services.add(service)

    named = kamalas.post(URL, {**body, "staff": woman.pk}).json()
    preferred = kamalas.post(
        URL, {**body, "booking_time": "11:00", "preferred_provider_gender": "female"}
    ).json()

    assert named["staff"] == preferred["staff"] == woman.pk


def test_a_slot_that_is_taken_makes_nothing(
    kamalas: APIClient, body: dict[str, Any], suresh: User, service: Service
) -> None:
    booked(suresh, service, at="10:00")
    before = everything()

    assert error_of(kamalas.post(URL, body))[:2] == (409, "slot_unavailable")
    assert everything() == before


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"service": 987_654}, "service"),
        ({"city": "Atlantis"}, "city"),
        ({"phone": "12"}, "phone"),
        ({"payment_method": "bitcoin"}, "payment_method"),
        ({"staff": 987_654}, "staff"),
        ({"booking_date": "yesterday"}, "booking_date"),
        ({"booking_time": "25:00"}, "booking_time"),
        ({"is_recurring": True, "recurring_frequency": "weekly"}, "recurring_count"),
    ],
)
def test_bad_input_makes_nothing(
    kamalas: APIClient, body: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    answer = kamalas.post(URL, {**body, **change})

    assert error_of(answer)[::2] == (400, field)
    assert not Booking.objects.exists()
    assert not Reservation.objects.exists()


def test_what_is_missing_is_named(kamalas: APIClient, db: None) -> None:
    answer = kamalas.post(URL, {})

    assert {error["attr"] for error in answer.json()["errors"]} == {
        "service",
        "booking_date",
        "booking_time",
        "address",
        "city",
        "phone",
    }


def test_what_the_server_owns_is_ignored(kamalas: APIClient, body: dict[str, Any], suresh: User) -> None:
    owned = {"price": "1.00", "total_amount": "1.00", "status": "confirmed", "customer": suresh.pk}

    booking = kamalas.post(URL, {**body, **owned}).json()

    assert (booking["total_amount"], booking["status"]) == ("1500.00", "pending")
    assert booking["customer"] != suresh.pk


def test_a_transfer_too_near_the_booking_is_refused(kamalas: APIClient, body: dict[str, Any]) -> None:
    near = {**body, "booking_date": str(in_days(1)), "payment_method": "bank_transfer"}

    assert error_of(kamalas.post(URL, near))[::2] == (400, "payment_method")


def test_it_stays_when_the_wizard_is_switched_off(
    kamalas: APIClient, body: dict[str, Any], settings: Settings
) -> None:
    settings.ENABLE_NEW_BOOKING_WIZARD = False

    assert kamalas.post(URL, body).status_code == 201


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_only_customers_book(
    client_of: ClientOf, request: pytest.FixtureRequest, body: dict[str, Any], name: str
) -> None:
    assert client_of(request.getfixturevalue(name)).post(URL, body).status_code == 403


def test_without_a_login_nobody_books(api: APIClient, body: dict[str, Any]) -> None:
    assert api.post(URL, body).status_code == 401


def test_the_wizard_goes_on_where_it_stopped(wizard: Wizard, body: dict[str, Any]) -> None:
    answer = wizard.client.post(URL, {**body, "payment_method": "khalti"})
    wizard.booking_id = answer.json()["id"]

    assert wizard.choose_payment("cash").status_code == 200
    assert wizard.confirm().json()["booking"]["status"] == "pending"
