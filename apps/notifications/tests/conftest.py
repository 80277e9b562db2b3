"""A booking to tell of, a mailbox, and clocks."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.conftest import client_of, clock, wizard  # noqa: F401  for these tests as well
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.models import Delivery, Notification
from apps.notifications.tests.factories import told, waiting
from apps.notifications.tests.mailbox import Mailbox, mail_server
from apps.payments.models import PaymentMethod
from apps.services.models import Service

Outbox = Callable[..., list[Delivery]]


@pytest.fixture
def booking(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    """Kamala's request for Bishnu's service, three days ahead, to be paid in cash; nobody was told of it."""
    request = booked(kamala, service)
    Notification.objects.all().delete()
    return request


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with mail_server(settings) as running:
        yield running


@pytest.fixture
def outbox(kamala: User, booking: Booking) -> Outbox:
    """Put so many mails to Kamala into the outbox."""

    def filled(count: int = 1) -> list[Delivery]:
        return [waiting(told(kamala, booking)) for _ in range(count)]

    return filled
