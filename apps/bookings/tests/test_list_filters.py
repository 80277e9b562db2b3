"""How a list of bookings is narrowed, ordered and paged."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import error_of
from apps.services.models import Service

URL = "/api/bookings/"
LISTS = ["/api/bookings/", "/api/bookings/customer-bookings/"]


@pytest.fixture
def three(kamala: User, service: Service) -> list[int]:
    """Three bookings: in five, three and four days."""
    return [booked(kamala, service, days=days).pk for days in (5, 3, 4)]


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.json()
    return [booking["id"] for booking in answer.json()["results"]]


def test_newest_come_first(customer: APIClient, three: list[int]) -> None:
    assert ids(customer.get(URL)) == three[::-1]


@pytest.mark.parametrize("url", LISTS)
def test_by_status(customer: APIClient, three: list[int], url: str) -> None:
    Booking.objects.filter(pk=three[1]).update(status="confirmed")

    assert ids(customer.get(url, {"status": "confirmed"})) == [three[1]]
    assert ids(customer.get(url, {"status": "pending"})) == [three[2], three[0]]
    assert ids(customer.get(url, {"status": "completed"})) == []


@pytest.mark.parametrize(
    "status",
    [
        "confirmed,completed",
        ["confirmed", "completed"],
        ["confirmed,expired", "completed"],
        "confirmed, completed,",
    ],
)
def test_by_any_of_several_states(customer: APIClient, three: list[int], status: str | list[str]) -> None:
    Booking.objects.filter(pk=three[1]).update(status="confirmed")
    Booking.objects.filter(pk=three[2]).update(status="completed")
    assert ids(customer.get(URL, {"status": status})) == [three[2], three[1]]


def test_drafts_are_listed_only_where_they_are_among_the_states_asked_for(
    customer: APIClient, three: list[int]
) -> None:
    Booking.objects.filter(pk=three[1]).update(status="draft")
    assert ids(customer.get(URL)) == [three[2], three[0]]
    assert ids(customer.get(URL, {"status": "pending,draft"})) == three[::-1]


def test_by_date(customer: APIClient, three: list[int]) -> None:
    assert ids(customer.get(URL, {"booking_date": str(in_days(3))})) == [three[1]]


def test_from_and_to_are_inclusive(customer: APIClient, three: list[int]) -> None:
    assert ids(customer.get(URL, {"from": str(in_days(4))})) == [three[2], three[0]]
    assert ids(customer.get(URL, {"to": str(in_days(4))})) == [three[2], three[1]]
    assert ids(customer.get(URL, {"from": str(in_days(4)), "to": str(in_days(4))})) == [three[2]]
    assert ids(customer.get(URL, {"from": str(in_days(5)), "to": str(in_days(3))})) == []


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("starts_at", [1, 2, 0]),
        ("-starts_at", [0, 2, 1]),
        ("booking_date", [1, 2, 0]),
        ("created_at", [0, 1, 2]),
        ("-created_at", [2, 1, 0]),
        ("total_amount", [2, 1, 0]),
        ("-total_amount", [2, 1, 0]),
    ],
)
def test_in_order(customer: APIClient, three: list[int], ordering: str, expected: list[int]) -> None:
    """Where two are alike, the newer comes first, so that pages don't overlap."""
    assert ids(customer.get(URL, {"ordering": ordering})) == [three[place] for place in expected]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "nonsense"},
        {"status": "pending,nonsense"},
        {"status": "draft\x00"},
        {"booking_date": "tomorrow"},
        {"from": "2026-02-30"},
        {"to": "01.12.2026"},
        {"ordering": "customer__password"},
        {"ordering": "phone"},
    ],
)
def test_nonsense_is_refused(customer: APIClient, query: dict[str, str]) -> None:
    assert error_of(customer.get(URL, query))[::2] == (400, next(iter(query)))


@pytest.mark.parametrize("query", [{"from": "0001-01-01"}, {"to": "9999-12-31"}])
def test_far_days_are_fine(customer: APIClient, three: list[int], query: dict[str, str]) -> None:
    assert len(ids(customer.get(URL, query))) == 3


def test_pages(customer: APIClient, three: list[int]) -> None:
    first = customer.get(URL, {"page_size": "2"}).json()
    second = customer.get(URL, {"page_size": "2", "page": "2"}).json()

    assert (first["count"], len(first["results"]), first["previous"]) == (3, 2, None)
    assert "page=2" in first["next"]
    assert (len(second["results"]), second["next"]) == (1, None)
    assert customer.get(URL, {"page": "9"}).status_code == 404


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_a_list_takes_three_queries_however_long(
    request: pytest.FixtureRequest,
    login: Any,
    kamala: User,
    service: Service,
    name: str,
    django_assert_num_queries: Any,
) -> None:
    client = login(request.getfixturevalue(name))
    for number in range(9):
        booked(kamala, service, days=3 + number // 6, at=f"{10 + number % 6}:00")

    for size in ("1", "9"):
        with django_assert_num_queries(3):  # who asks, how many, which
            assert len(ids(client.get(URL, {"page_size": size}))) == int(size)
