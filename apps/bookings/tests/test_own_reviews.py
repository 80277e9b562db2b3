"""`GET /api/reviews/`: what a customer wrote, what a provider received."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Review
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

URL = "/api/reviews/"


def reviewed(customer: User, service: Service, *, at: str = "10:00", **columns: Any) -> Review:
    booking = booked(customer, service, at=at)
    return Review.objects.create(booking=booking, service=service, customer=customer, rating=4, **columns)


@pytest.fixture
def reviews(kamala: User, suresh: User, gita: User, service: Service) -> dict[str, Review]:
    """Kamala's and Suresh's of Bishnu's service, and Kamala's of Gita's, oldest first."""
    now = timezone.now()
    others = BookableServiceFactory(provider=gita)
    return {
        "answered": reviewed(
            kamala, service, answer="Thanks", answered_at=now, created_at=now - timedelta(hours=3)
        ),
        "open": reviewed(suresh, service, at="12:00", created_at=now - timedelta(hours=2)),
        "elsewhere": reviewed(kamala, others, at="14:00", created_at=now - timedelta(hours=1)),
    }


def listed(client: APIClient, reviews: dict[str, Review], **query: str) -> list[str]:
    answer = client.get(URL, query)
    assert answer.status_code == 200
    names = {review.pk: name for name, review in reviews.items()}
    return [names[review["id"]] for review in answer.json()["results"]]


def test_a_customer_reads_what_they_wrote(
    client_of: ClientOf, kamala: User, reviews: dict[str, Review]
) -> None:
    assert listed(client_of(kamala), reviews) == ["elsewhere", "answered"]
    assert listed(client_of(kamala), reviews, mine="true") == ["elsewhere", "answered"]


def test_a_provider_reads_what_they_received(
    client_of: ClientOf, bishnu: User, gita: User, reviews: dict[str, Review]
) -> None:
    assert listed(client_of(bishnu), reviews, mine="true") == ["open", "answered"]
    assert listed(client_of(gita), reviews) == ["elsewhere"]


def test_a_provider_asks_for_those_without_an_answer(
    client_of: ClientOf, bishnu: User, reviews: dict[str, Review]
) -> None:
    assert listed(client_of(bishnu), reviews, unanswered="true") == ["open"]
    assert listed(client_of(bishnu), reviews, unanswered="false") == ["answered"]


def test_an_admin_reads_all(client_of: ClientOf, anita: User, reviews: dict[str, Review]) -> None:
    assert listed(client_of(anita), reviews) == ["elsewhere", "open", "answered"]


def test_each_comes_with_its_booking(
    client_of: ClientOf, bishnu: User, kamala: User, reviews: dict[str, Review]
) -> None:
    shown = client_of(kamala).get(URL).json()["results"][1]
    booking = reviews["answered"].booking
    assert (shown["booking"], shown["booking_details"]["reference"]) == (booking.pk, booking.reference)
    received = client_of(bishnu).get(URL).json()["results"][1]["booking_details"]
    assert (received["phone"], received["customer_details"]["full_name"]) == ("", "Kamala Shrestha")


def test_without_a_login_there_is_none(api: APIClient, reviews: dict[str, Review]) -> None:
    assert error_of(api.get(URL))[:2] == (401, "not_authenticated")


@pytest.mark.parametrize("query", [{"service": "1"}, {"Mine": "true"}])
def test_an_unknown_parameter_is_named(
    client_of: ClientOf, kamala: User, reviews: dict[str, Review], query: dict[str, str]
) -> None:
    answer = client_of(kamala).get(URL, query)
    assert error_of(answer)[:2] == (400, "unknown_parameter")
    assert next(iter(query)) in str(answer.json())


def test_any_number_takes_the_same_queries(
    client_of: ClientOf,
    bishnu: User,
    kamala: User,
    service: Service,
    reviews: dict[str, Review],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(bishnu)
    for at in ("15:00", "16:00"):
        with django_assert_num_queries(2):  # how many, the reviews
            client.get(URL)
        reviewed(kamala, service, at=at)
