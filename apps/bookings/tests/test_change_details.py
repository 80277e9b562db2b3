"""What a customer may still change of a booking they have made."""

from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of, everything
from apps.services.models import Service
from apps.services.tests.factories import CityFactory


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    return booked(kamala, service)


@pytest.fixture
def kamalas(client_of: ClientOf, kamala: User) -> APIClient:
    return client_of(kamala)


def change(client: APIClient, booking: Booking, **body: Any) -> Any:
    return client.patch(f"/api/bookings/{booking.pk}/", body)


def test_address_city_phone_and_instructions_change(
    kamalas: APIClient, booking: Booking, service: Service
) -> None:
    service.cities.add(CityFactory(slug="lalitpur"))

    answer = change(
        kamalas,
        booking,
        address="Patan Durbar Square",
        city="LALITPUR",
        phone="01-4411000",
        special_instructions="Mind the dog.",
    )

    assert answer.status_code == 200
    shown = kamalas.get(f"/api/bookings/{booking.pk}/").json()
    assert shown["address"] == "Patan Durbar Square"
    assert shown["city"] == "Lalitpur"
    assert shown["phone"] == "+97714411000"
    assert shown["special_instructions"] == "Mind the dog."
    assert answer.json()["city"] == "Lalitpur"


def test_one_of_them_leaves_the_others(kamalas: APIClient, booking: Booking) -> None:
    shown = change(kamalas, booking, phone="9803000000").json()

    assert (shown["phone"], shown["address"]) == ("+9779803000000", booking.address)


def test_nothing_else_changes(kamalas: APIClient, booking: Booking, suresh: User) -> None:
    before = kamalas.get(f"/api/bookings/{booking.pk}/").json()

    answer = change(
        kamalas,
        booking,
        status="confirmed",
        price="1.00",
        total_amount="1.00",
        customer=suresh.pk,
        booking_date="2026-12-24",
        booking_time="12:00",
        service=1,
        staff=1,
        payment_status="completed",
        preferred_provider_gender="female",
    )

    assert answer.status_code == 200
    assert answer.json() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"city": "Atlantis"}, "city"),
        ({"city": ""}, "city"),
        ({"phone": "12"}, "phone"),
        ({"address": "   "}, "address"),
        ({"address": "x" * 256}, "address"),
        ({"address": None}, "address"),
        ({"address": ["a"]}, "address"),
        ({"special_instructions": "a \x00 byte"}, "special_instructions"),
    ],
)
def test_bad_details_are_refused(
    kamalas: APIClient, booking: Booking, body: dict[str, Any], field: str
) -> None:
    before = everything()

    assert error_of(change(kamalas, booking, **body))[::2] == (400, field)
    assert everything() == before


@pytest.mark.parametrize("body", ["[]", '"text"', "5", "null", '[{"address": "Patan"}]', "{", "true"])
@pytest.mark.parametrize(
    ("method", "path"), [("PATCH", ""), ("PATCH", "update-status/"), ("POST", "cancel/")]
)
def test_what_is_no_object_is_refused(
    kamalas: APIClient, booking: Booking, method: str, path: str, body: str
) -> None:
    before = everything()

    answer = kamalas.generic(method, f"/api/bookings/{booking.pk}/{path}", body, "application/json")

    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert everything() == before


def test_no_body_is_refused_and_an_empty_object_writes_nothing(kamalas: APIClient, booking: Booking) -> None:
    before, address = everything(), f"/api/bookings/{booking.pk}/"

    assert kamalas.generic("PATCH", address, "", "application/json").status_code == 400
    assert kamalas.patch(address).status_code == 400
    assert kamalas.generic("PATCH", address, "{}", "application/json").status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    "body", [{"phone": "9803000000"}, {"special_instructions": "Mind the dog."}, {"address": "Patan"}]
)
def test_calendars_notice_each_change_once(
    kamalas: APIClient, booking: Booking, body: dict[str, str]
) -> None:
    for _ in range(2):
        assert change(kamalas, booking, **body).status_code == 200

    assert Booking.objects.get().calendar_sequence == booking.calendar_sequence + 1


@pytest.mark.parametrize("status", ["draft", "pending", "confirmed"])
def test_it_is_possible_until_the_start(
    kamalas: APIClient, booking: Booking, clock: time_machine.Traveller, status: str
) -> None:
    Booking.objects.update(status=status)
    assert change(kamalas, booking, address="Patan").status_code == 200
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at)

    assert error_of(change(kamalas, booking, address="Thamel"))[:2] == (409, "invalid_transition")
    assert Booking.objects.get().address == "Patan"


@pytest.mark.parametrize(
    "status", ["in_progress", "completed", "cancelled", "rejected", "no_show", "expired"]
)
def test_what_is_under_way_or_over_stays(kamalas: APIClient, booking: Booking, status: str) -> None:
    Booking.objects.update(status=status)

    assert error_of(change(kamalas, booking, address="Patan"))[:2] == (409, "invalid_transition")


@pytest.mark.parametrize("name", ["bishnu", "gita", "anita"])
def test_only_customers_change_bookings(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str
) -> None:
    assert change(client_of(request.getfixturevalue(name)), booking, address="Patan").status_code == 403


def test_a_strangers_booking_is_not_found(client_of: ClientOf, suresh: User, booking: Booking) -> None:
    assert change(client_of(suresh), booking, address="Patan").status_code == 404


def test_without_a_login_nothing_changes(api: APIClient, booking: Booking) -> None:
    assert change(api, booking, address="Patan").status_code == 401
