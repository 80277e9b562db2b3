"""A week of Bishnu's, Gita's and their customers', and who asks about it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_complete, booking_confirm, booking_start
from apps.bookings.conftest import MONDAY_AT_EIGHT
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

Clock = time_machine.Traveller
ClientOf = Callable[[User], APIClient]
BAD_DAYS: list[dict[str, str]] = [
    {"from": "yesterday"},
    {"to": "2026-02-30"},
    {"from": "2026-12-02", "to": "2026-12-01"},
    {"from": "0001-01-01"},
    {"to": "9999-12-31"},
    {"from": "2016-01-01", "to": "2025-12-31", "group_by": "day"},
    {"group_by": "hour"},
    {"provider": "999999"},
    {"provider": "x"},
    {"export": "pdf"},
]


def done(booking: Booking, provider: User, clock: Clock) -> Booking:
    """Return a booking that was accepted half an hour later, and completed when its time was over."""
    clock.shift(timedelta(minutes=30))
    booking_confirm(booking_id=booking.pk, actor=provider)
    assert booking.starts_at
    clock.move_to(booking.starts_at)
    booking_start(booking_id=booking.pk, actor=provider)
    assert booking.ends_at
    clock.move_to(booking.ends_at)
    return booking_complete(booking_id=booking.pk, actor=provider)


@pytest.fixture
def week(clock: Clock, kamala: User, suresh: User, bishnu: User, gita: User, service: Service) -> Service:
    """Kamala's two bookings by Bishnu, one done and one cancelled, and Suresh's by Gita; by Friday."""
    first = booked(kamala, service, days=1, at="10:00")
    second = booked(kamala, service, days=2, at="12:00")
    other = booked(suresh, BookableServiceFactory(provider=gita), days=1, at="10:00")
    booking_confirm(booking_id=other.pk, actor=gita)
    done(first, bishnu, clock)
    booking_cancel(booking_id=second.pk, actor=kamala, reason="rain")
    clock.move_to(MONDAY_AT_EIGHT + timedelta(days=4))
    return service


@pytest.fixture
def ask(client_of: ClientOf) -> Callable[..., Any]:
    """Ask an address of the API as somebody, and return the answer's body."""

    def call(user: User, address: str, **query: Any) -> Any:
        answer = client_of(user).get(address, query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return call


def lines_of(answer: Any) -> list[str]:
    """Return the lines of a file that is streamed."""
    assert answer.streaming
    assert answer["Content-Type"].startswith("text/csv")
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
