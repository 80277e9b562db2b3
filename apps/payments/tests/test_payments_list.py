"""`GET /api/payments/` by booking and status."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import PaymentMethod
from apps.payments.tests.factories import payment_of
from apps.payments.tests.fixtures import error_of
from apps.services.models import Service


@pytest.fixture
def bookings(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> list[Booking]:
    """Two of Kamala's: payments that failed and are superseded for one, processing for the other."""
    first, second = booked(kamala, service), booked(kamala, service, at="12:00")
    for booking, status in [(first, "failed"), (first, "superseded"), (second, "processing")]:
        payment = payment_of(booking)
        type(payment).objects.filter(pk=payment.pk).update(status=status)
    return [first, second]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=failed", {"failed"}),
        ("status=failed&status=processing", {"failed", "processing"}),
        ("status=failed,processing", {"failed", "processing"}),
        ("status=failed, processing,", {"failed", "processing"}),
        ("status=failed,superseded&status=processing", {"failed", "superseded", "processing"}),
        ("status=", {"failed", "superseded", "processing"}),
        ("status=completed", set()),
    ],
)
def test_status_means_any_of(
    customer: APIClient, bookings: list[Booking], query: str, found: set[str]
) -> None:
    answer = customer.get(f"/api/payments/?{query}").json()
    assert {payment["status"] for payment in answer["results"]} == found


def test_booking_narrows_the_list(customer: APIClient, bookings: list[Booking]) -> None:
    def statuses(**query: Any) -> list[str]:
        return [one["status"] for one in customer.get("/api/payments/", query).json()["results"]]

    assert statuses(booking=bookings[0].pk) == ["superseded", "failed"]
    assert statuses(booking=bookings[0].pk, status="failed") == ["failed"]
    assert statuses(booking=10**9) == []


def test_somebody_elses_booking_is_as_an_unknown_one(
    login: Callable[[User], APIClient], suresh: User, bookings: list[Booking]
) -> None:
    answer = login(suresh).get("/api/payments/", {"booking": bookings[0].pk})
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


@pytest.mark.parametrize(
    "query", ["status=lost", "status=failed,lost", "status=%00", "booking=a", "booking=-1"]
)
def test_a_filter_that_can_not_be_read_is_refused(
    customer: APIClient, bookings: list[Booking], query: str
) -> None:
    answer = customer.get(f"/api/payments/?{query}")
    assert answer.status_code == 400
    assert error_of(answer)[1] in ("invalid", "invalid_choice", "min_value", "null_characters_not_allowed")
