"""A fixed Tuesday, and the short cuts of these tests."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

EIGHT_IN_KATHMANDU = datetime(2026, 12, 1, 2, 15, tzinfo=UTC)
AvailableSlots = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def tuesday() -> Iterator[datetime]:
    """It is Tuesday, 1 December 2026, eight o'clock in Kathmandu, and stays so."""
    with time_machine.travel(EIGHT_IN_KATHMANDU, tick=False):
        yield EIGHT_IN_KATHMANDU


@pytest.fixture
def service(db: None) -> Service:
    """An hour, one member, ten to five every day."""
    return BookableServiceFactory()


@pytest.fixture
def available(api: APIClient) -> AvailableSlots:
    """Return a day's slots as the API shows them."""

    def slots(service: Service, date: str = "2026-12-02", **options: Any) -> list[dict[str, Any]]:
        query: dict[str, Any] = {"service_id": service.pk, "date": date, **options}
        answer = api.get("/api/booking-slots/available-slots/", query)
        assert answer.status_code == 200, answer.content
        shown: list[dict[str, Any]] = answer.json()
        return shown

    return slots


@pytest.fixture
def yoga(bishnu: User) -> Service:
    """Bishnu's group of five, an hour, ten to five."""
    return BookableServiceFactory(provider=bishnu, max_bookings=5)


@pytest.fixture
def provider_client(login: Callable[[User], APIClient], bishnu: User) -> APIClient:
    """Bishnu, logged in."""
    return login(bishnu)
