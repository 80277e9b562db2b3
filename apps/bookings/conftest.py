"""The wizard as a customer's browser walks through it, and clients for tests that travel in time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.tests.steps import Wizard
from apps.payments.models import PaymentMethod
from apps.services.models import Service

# Monday, 7 December 2026, 8:00 in Kathmandu.
MONDAY_AT_EIGHT = datetime(2026, 12, 7, 2, 15, tzinfo=UTC)
ClientOf = Callable[[User], APIClient]


@pytest.fixture
def client_of() -> ClientOf:
    """Return clients whose login outlives any travel in time."""

    def logged_in(user: User) -> APIClient:
        client = APIClient()
        client.force_authenticate(user)
        return client

    return logged_in


@pytest.fixture
def wizard(client_of: ClientOf, kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Wizard:
    """Kamala's wizard for Bishnu's service."""
    return Wizard(client_of(kamala), service.pk)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock on a Monday at eight in the morning; the test moves it."""
    with time_machine.travel(MONDAY_AT_EIGHT, tick=False) as traveller:
        yield traveller
