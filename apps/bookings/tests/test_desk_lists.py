"""What a provider's desk works through: days, weeks, members, and the requests that wait for an answer."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.conftest import ClientOf
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of
from apps.common.localtime import week_of
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.tests.factories import BookableServiceFactory, works

URL = "/api/bookings/provider-bookings/"


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.json()
    return [booking["id"] for booking in answer.json()["results"]]


@pytest.fixture
def desk(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service, clock: time_machine.Traveller
) -> tuple[Any, list[int]]:
    """Bishnu's client on Monday the 7th; bookings on Sunday, on the Monday after, and twice tomorrow."""
    made = [(6, "10:00"), (7, "10:00"), (1, "12:00"), (1, "10:00")]
    return client_of(bishnu), [booked(kamala, service, days=days, at=at).pk for days, at in made]


def test_a_day_by_its_hours(desk: tuple[Any, list[int]]) -> None:
    client, (_, _, noon, ten) = desk

    assert ids(client.get(URL, {"booking_date": "2026-12-08", "ordering": "starts_at"})) == [ten, noon]


@pytest.mark.parametrize("day", ["2026-12-07", "2026-12-09", "2026-12-13"])
def test_a_week_goes_from_monday_to_sunday(desk: tuple[Any, list[int]], day: str) -> None:
    client, (sunday, _, noon, ten) = desk

    assert ids(client.get(URL, {"week": day, "ordering": "starts_at"})) == [ten, noon, sunday]


def test_the_next_week_begins_on_monday(desk: tuple[Any, list[int]]) -> None:
    client, (_, monday, _, _) = desk

    assert ids(client.get(URL, {"week": "2026-12-14"})) == [monday]
    assert ids(client.get(URL, {"week": "2026-12-21"})) == []


def test_of_one_service_and_of_one_member(
    client_of: ClientOf, kamala: User, bishnu: User, gita: User, service: Service
) -> None:
    other = BookableServiceFactory(provider=bishnu, members=0)
    member = works(StaffFactory(provider=bishnu))
    other.staff.add(member)
    first, second = booked(kamala, service), booked(kamala, other)
    elsewhere = booked(kamala, BookableServiceFactory(provider=gita), at="12:00")
    client = client_of(bishnu)

    assert ids(client.get(URL, {"service": service.pk})) == [first.pk]
    assert ids(client.get(URL, {"staff": member.pk})) == [second.pk]
    assert ids(client.get(f"{URL}?staff={first.staff_id}&service={other.pk}")) == []
    for query in (f"staff={elsewhere.staff_id}", f"service={elsewhere.service_id}", f"staff={2**62}"):
        assert ids(client.get(f"{URL}?{query}")) == []


def test_requests_that_wait_come_with_their_deadline(
    desk: tuple[Any, list[int]], bishnu: User, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    client, made = desk
    clock.shift(timedelta(hours=1))
    soon = booked(kamala, service, days=0, at="14:00")
    actions.booking_confirm(booking_id=made[0], actor=bishnu)

    waiting = client.get(URL, {"status": "pending", "ordering": "respond_by"}).json()["results"]

    assert [booking["id"] for booking in waiting] == [soon.pk, *reversed(made[1:])]
    assert waiting[0]["respond_by"] == waiting[0]["starts_at"] == "2026-12-07T14:00:00+05:45"
    assert waiting[1]["respond_by"] == "2026-12-08T08:00:00+05:45"
    (confirmed,) = client.get(URL, {"status": "confirmed"}).json()["results"]
    assert confirmed["respond_by"] is None


def test_a_draft_waits_for_nobody(client_of: ClientOf, kamala: User, draft: Any) -> None:
    assert client_of(kamala).get(f"/api/bookings/{draft.pk}/").json()["respond_by"] is None


@pytest.mark.parametrize(
    "query",
    [
        {"week": "next"},
        {"week": "2026-W50"},
        {"staff": "bishnu"},
        {"staff": "1.5"},
        {"service": "-1"},
        {"service": str(10**30)},
        {"ordering": "expires_at"},
    ],
)
def test_nonsense_is_refused(client_of: ClientOf, bishnu: User, query: dict[str, str]) -> None:
    assert error_of(client_of(bishnu).get(URL, query))[::2] == (400, next(iter(query)))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_calendars_ends_are_fine(client_of: ClientOf, bishnu: User, day: str) -> None:
    assert ids(client_of(bishnu).get(URL, {"week": day})) == []


def test_only_providers_and_admins_have_a_desk(
    api: Any, client_of: ClientOf, kamala: User, anita: User, service: Service
) -> None:
    assert api.get(URL, {"week": "2026-12-07"}).status_code == 401
    assert client_of(kamala).get(URL, {"week": "2026-12-07"}).status_code == 403
    assert client_of(anita).get(URL, {"week": "2026-12-07"}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"week": "2026-12-07", "ordering": "starts_at"},
        {"booking_date": "2026-12-08", "ordering": "starts_at"},
        {"status": "pending", "ordering": "respond_by"},
    ],
)
def test_it_takes_three_queries_however_long(
    login: Any,
    bishnu: User,
    kamala: User,
    service: Service,
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
    query: dict[str, str],
) -> None:
    client = login(bishnu)
    for number in range(6):
        booked(kamala, service, days=1, at=f"{10 + number}:00")
        if number in (0, 5):
            with django_assert_num_queries(3):  # who asks, how many, which
                assert len(ids(client.get(URL, query))) == number + 1


def test_weeks() -> None:
    assert week_of(date(2026, 12, 9)) == (date(2026, 12, 7), date(2026, 12, 13))
    assert week_of(date.max) == (date(9999, 12, 27), date.max)
