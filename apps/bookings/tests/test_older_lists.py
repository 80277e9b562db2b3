"""The lists that stood before `/api/bookings/`, and the older spellings."""

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.tests.factories import booked
from apps.services.models import Service

URL = "/api/bookings/"


def ids(client: APIClient, name: str) -> list[int]:
    return [booking["id"] for booking in client.get(f"{URL}{name}/").json()["results"]]


@pytest.mark.parametrize("name", ["customer-bookings", "customer_bookings"])
def test_the_older_list_of_customers(
    client_of: ClientOf, kamala: User, bishnu: User, anita: User, service: Service, name: str
) -> None:
    booking = booked(kamala, service)

    assert ids(client_of(kamala), name) == [booking.pk]
    assert client_of(bishnu).get(f"{URL}{name}/").status_code == 403
    assert client_of(anita).get(f"{URL}{name}/").status_code == 403


@pytest.mark.parametrize("name", ["provider-bookings", "provider_bookings"])
def test_the_older_list_of_providers(
    client_of: ClientOf, kamala: User, bishnu: User, anita: User, service: Service, name: str
) -> None:
    booking = booked(kamala, service)

    assert ids(client_of(bishnu), name) == ids(client_of(anita), name) == [booking.pk]
    assert client_of(kamala).get(f"{URL}{name}/").status_code == 403


def test_aliases_are_out_of_the_schema(api: APIClient, db: None) -> None:
    answer = api.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    paths = answer.json()["paths"]

    assert "/api/bookings/customer-bookings/" in paths
    assert "/api/bookings/{booking_id}/update-status/" in paths
    assert not [path for path in paths if "_bookings" in path or "update_status" in path]
