"""`update-status`: who moves a booking where, and when."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of, everything
from apps.payments.models import Payment
from apps.services.models import Service
from apps.slots.models import Reservation


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """Kamala's cash request for Thursday at ten; it is Monday, eight o'clock."""
    return booked(kamala, service, days=3, at="10:00")


@pytest.fixture
def provider(client_of: ClientOf, bishnu: User) -> APIClient:
    return client_of(bishnu)


def move(client: APIClient, booking: Booking, status: str, **more: Any) -> Any:
    return client.patch(f"/api/bookings/{booking.pk}/update-status/", {"status": status, **more})


def go_to_start(clock: time_machine.Traveller, booking: Booking, *, minutes: int = 0) -> None:
    """Move the clock to so many minutes after the start."""
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at + timedelta(minutes=minutes))


def confirmed(client: APIClient, booking: Booking) -> Booking:
    assert move(client, booking, "confirmed").status_code == 200
    return booking


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_providers_and_admins_confirm(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str
) -> None:
    answer = move(client_of(request.getfixturevalue(name)), booking, "confirmed")

    assert answer.status_code == 200
    assert answer.json()["status"] == "confirmed"
    assert answer.json()["confirmed_at"] == "2026-12-07T08:00:00+05:45"
    assert Booking.objects.get().expires_at is None


def test_the_older_spelling_answers_too(provider: APIClient, booking: Booking) -> None:
    answer = provider.patch(f"/api/bookings/{booking.pk}/update_status/", {"status": "confirmed"})

    assert answer.json()["status"] == "confirmed"


def test_a_repeated_move_is_a_quiet_success(provider: APIClient, booking: Booking) -> None:
    first = move(provider, booking, "confirmed")
    before = everything()

    second = move(provider, booking, "confirmed")

    assert second.status_code == 200
    assert second.json() == first.json()
    assert everything() == before


def test_a_whole_booking(provider: APIClient, booking: Booking, clock: time_machine.Traveller) -> None:
    confirmed(provider, booking)
    go_to_start(clock, booking)
    assert move(provider, booking, "in_progress").json()["started_at"] == "2026-12-10T10:00:00+05:45"
    clock.shift(timedelta(minutes=50))

    done = move(provider, booking, "completed").json()

    assert done["completed_at"] == "2026-12-10T10:50:00+05:45"
    assert done["payment_status"] == "completed"


def test_what_was_collected_in_cash_is_noted(
    provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    confirmed(provider, booking)
    go_to_start(clock, booking)
    move(provider, booking, "in_progress")
    go_to_start(clock, booking, minutes=30)
    silent = move(provider, booking, "completed", amount_collected="1400.50")
    assert error_of(silent)[::2] == (400, "reason")

    told = move(provider, booking, "completed", amount_collected="1400.50", reason="a small flat")
    assert told.status_code == 200
    payment = Payment.objects.get()
    assert (payment.status, str(payment.amount_collected)) == ("completed", "1400.50")


def test_work_begins_at_most_an_hour_early(
    provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    confirmed(provider, booking)
    go_to_start(clock, booking, minutes=-60)
    clock.shift(timedelta(microseconds=-1))
    assert error_of(move(provider, booking, "in_progress"))[:2] == (409, "invalid_transition")

    clock.shift(timedelta(microseconds=1))

    assert move(provider, booking, "in_progress").status_code == 200


def test_nobody_fails_to_show_up_before_a_quarter_of_an_hour_has_passed(
    provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    confirmed(provider, booking)
    go_to_start(clock, booking, minutes=15)
    clock.shift(timedelta(microseconds=-1))
    assert error_of(move(provider, booking, "no_show"))[:2] == (409, "invalid_transition")

    clock.shift(timedelta(microseconds=1))

    assert move(provider, booking, "no_show").json()["status"] == "no_show"


def test_a_rejection_has_its_reason_and_frees_the_slot(
    provider: APIClient, booking: Booking, suresh: User, service: Service
) -> None:
    answer = move(provider, booking, "rejected", rejection_reason="We are ill.")

    assert answer.json()["status"] == "rejected"
    assert answer.json()["rejection_reason"] == "We are ill."
    assert not Reservation.objects.exists()
    assert booked(suresh, service, days=3, at="10:00").status == "pending"


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_everybody_concerned_cancels_with_a_reason(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str
) -> None:
    client = client_of(request.getfixturevalue(name))

    answer = move(client, booking, "cancelled", cancellation_reason="It rains.")

    assert answer.json()["status"] == "cancelled"
    assert answer.json()["cancellation_reason"] == "It rains."
    assert not Reservation.objects.exists()
