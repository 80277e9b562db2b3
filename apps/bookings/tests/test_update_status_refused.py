"""`update-status`: what is refused, and then changes nothing."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of, everything
from apps.services.models import Service


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


@pytest.mark.parametrize("reason", [{}, {"reason": "misnamed"}, "", "   ", None, [], "x" * 501])
@pytest.mark.parametrize(
    ("status", "field"), [("cancelled", "cancellation_reason"), ("rejected", "rejection_reason")]
)
def test_a_reason_is_needed(
    provider: APIClient, booking: Booking, status: str, field: str, reason: Any
) -> None:
    before = everything()
    body = reason if isinstance(reason, dict) else {field: reason}

    assert error_of(move(provider, booking, status, **body))[::2] == (400, field)
    assert everything() == before


@pytest.mark.parametrize("status", ["confirmed", "rejected", "in_progress", "completed", "no_show"])
def test_customers_only_cancel(client_of: ClientOf, kamala: User, booking: Booking, status: str) -> None:
    before = everything()

    answer = move(client_of(kamala), booking, status, rejection_reason="Because.")

    assert error_of(answer)[:2] == (409, "invalid_transition")
    assert everything() == before


def test_a_customer_cancels_only_before_the_start(
    client_of: ClientOf, provider: APIClient, kamala: User, booking: Booking, clock: time_machine.Traveller
) -> None:
    confirmed(provider, booking)
    go_to_start(clock, booking)

    late = move(client_of(kamala), booking, "cancelled", cancellation_reason="Too late.")

    assert error_of(late)[:2] == (409, "invalid_transition")
    assert move(provider, booking, "cancelled", cancellation_reason="The van broke.").status_code == 200


@pytest.mark.parametrize("status", ["draft", "pending", "expired"])
@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_nobody_sets_these_by_hand(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str, status: str
) -> None:
    before = everything()

    answer = move(client_of(request.getfixturevalue(name)), booking, status)

    assert error_of(answer)[:2] == (409, "invalid_transition")
    assert everything() == before


@pytest.mark.parametrize("payment_status", ["pending", "processing", "failed", "needs_attention"])
def test_a_transfer_is_confirmed_by_its_money(
    provider: APIClient, kamala: User, service: Service, clock: time_machine.Traveller, payment_status: str
) -> None:
    booking = booked(kamala, service, days=5, method="bank_transfer")
    Booking.objects.update(payment_status=payment_status)

    assert error_of(move(provider, booking, "confirmed"))[:2] == (409, "payment_required")
    assert Booking.objects.get().status == "pending"


def test_a_customer_hears_nothing_of_payment_when_he_confirms(
    client_of: ClientOf, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service, days=5, method="bank_transfer")

    assert error_of(move(client_of(kamala), booking, "confirmed"))[:2] == (409, "invalid_transition")


def test_a_request_that_waited_in_vain_is_not_confirmed(
    provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=24))

    assert booking.expires_at == timezone.now()
    assert error_of(move(provider, booking, "confirmed"))[:2] == (409, "invalid_transition")


@pytest.mark.parametrize("status", [None, "", "done", "CONFIRMED", 1, True, [], {}])
def test_an_unknown_status_is_refused(provider: APIClient, booking: Booking, status: Any) -> None:
    assert error_of(move(provider, booking, status))[::2] == (400, "status")


@pytest.mark.parametrize("amount", ["-1", "1.234", "much", "1e20", [], {}])
def test_a_strange_amount_is_refused(provider: APIClient, booking: Booking, amount: Any) -> None:
    answer = move(provider, booking, "completed", amount_collected=amount)

    assert error_of(answer)[::2] == (400, "amount_collected")


def test_strangers_find_no_booking(client_of: ClientOf, suresh: User, gita: User, booking: Booking) -> None:
    for user in (suresh, gita):
        assert move(client_of(user), booking, "cancelled", cancellation_reason="Mine?").status_code == 404


def test_without_a_login_nothing_moves(api: APIClient, booking: Booking) -> None:
    assert move(api, booking, "confirmed").status_code == 401
