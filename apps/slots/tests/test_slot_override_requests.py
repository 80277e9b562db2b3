"""`/api/booking-slots/`: who may ask for what, and how."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.models import BookingSlot
from apps.slots.tests.factories import BookableServiceFactory, taken
from apps.slots.tests.slot_overrides import PATH, body_of, error_of, slot_override_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
Login = Callable[[User], APIClient]


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"service": 404}, "service"),
        ({"service": "yoga"}, "service"),
        ({"service": 1.5}, "service"),
        ({"service": 10**30}, "service"),
        ({"staff": None}, "staff"),
        ({"staff": [1]}, "staff"),
        ({"date": "2026-11-30"}, "date"),
        ({"date": "0001-01-01"}, "date"),
        ({"date": "9999-12-31"}, "date"),
        ({"date": "soon"}, "date"),
        ({"start_time": "25:00"}, "start_time"),
        ({"start_time": "10:00:00.5"}, "start_time"),
        ({"end_time": "10:00"}, "end_time"),
        ({"end_time": "09:00"}, "end_time"),
        ({"end_time": None}, "end_time"),
        ({"max_bookings": 0}, "max_bookings"),
        ({"max_bookings": 501}, "max_bookings"),
        ({"is_available": "perhaps"}, "is_available"),
    ],
)
def test_bad_input_is_refused(
    provider_client: APIClient, yoga: Service, fields: dict[str, Any], attr: str
) -> None:
    answer = provider_client.post(PATH, body_of(yoga) | fields)
    assert error_of(answer)[::2] == (400, attr)
    assert not BookingSlot.objects.exists()


def test_a_duration_that_ends_tomorrow_is_refused(provider_client: APIClient, yoga: Service) -> None:
    body = body_of(yoga, start_time="23:30")
    del body["end_time"]
    assert error_of(provider_client.post(PATH, body))[::2] == (400, "end_time")
    assert provider_client.post(PATH, body | {"end_time": "00:00:00"}).json()["end_time"] == "00:00:00"


@pytest.mark.parametrize(
    ("start", "end", "attr"), [("02:30", "04:00", "start_time"), ("01:00", "02:30", "end_time")]
)
def test_a_time_the_clock_skips_is_refused(
    provider_client: APIClient, settings: Settings, yoga: Service, start: str, end: str, attr: str
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    body = body_of(yoga, date="2027-03-28", start_time=start, end_time=end)
    assert error_of(provider_client.post(PATH, body))[::2] == (400, attr)


def test_a_member_who_does_not_offer_the_service_is_refused(
    provider_client: APIClient, yoga: Service
) -> None:
    other = StaffFactory(provider=yoga.provider)
    assert error_of(provider_client.post(PATH, body_of(yoga, staff=other.pk)))[::2] == (400, "staff")


def test_somebody_elses_ids_are_refused_like_unknown_ones(provider_client: APIClient, yoga: Service) -> None:
    theirs = BookableServiceFactory()
    for fields in ({"service": theirs.pk}, {"staff": theirs.staff.get().pk}):
        assert error_of(provider_client.post(PATH, body_of(yoga) | fields))[:2] == (400, "does_not_exist")


def test_somebody_elses_slot_is_not_found(login: Login, gita: User, yoga: Service) -> None:
    path = f"{PATH}{slot_override_of(yoga).pk}/"
    client = login(gita)
    answers = [client.get(path), client.patch(path, {"is_available": False}), client.delete(path)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(PATH).json()["results"] == []
    assert client.get(f"{PATH}{'9' * 30}/").status_code == 404


def test_an_admin_manages_everybodys(login: Login, anita: User, yoga: Service) -> None:
    client = login(anita)
    made = client.post(PATH, body_of(yoga)).json()
    assert client.patch(f"{PATH}{made['id']}/", {"is_available": False}).status_code == 200
    assert client.get(PATH).json()["count"] == 1
    assert client.delete(f"{PATH}{made['id']}/").status_code == 204


def test_customers_and_strangers_keep_out(login: Login, api: APIClient, kamala: User, yoga: Service) -> None:
    paths = [PATH, f"{PATH}{slot_override_of(yoga).pk}/"]
    assert [api.get(path).status_code for path in paths] == [401, 401]
    assert [login(kamala).get(path).status_code for path in paths] == [403, 403]
    assert login(kamala).post(PATH, body_of(yoga)).status_code == 403


def test_a_slot_is_not_replaced_as_a_whole(provider_client: APIClient, yoga: Service) -> None:
    assert provider_client.put(f"{PATH}{slot_override_of(yoga).pk}/", body_of(yoga)).status_code == 405


def test_slot_overrides_are_listed_newest_first_and_narrowed(
    provider_client: APIClient, yoga: Service
) -> None:
    taken(yoga, "2026-12-02 15:00")
    third = slot_override_of(yoga, "2026-12-03 00:00", "2026-12-03 01:00")
    second = slot_override_of(yoga, "2026-12-02 22:00", "2026-12-03 00:00")

    def ids(**query: Any) -> list[int]:
        return [slot["id"] for slot in provider_client.get(PATH, query).json()["results"]]

    assert ids() == ids(service=yoga.pk, staff=yoga.staff.get().pk) == [second.pk, third.pk]
    assert ids(date="2026-12-02") == ids(to="2026-12-02") == [second.pk]
    assert ids(**{"from": "2026-12-03", "to": "2026-12-31"}) == [third.pk]
    assert ids(service=404) == ids(staff=2**63 - 1) == ids(date="9999-12-31") == []


@pytest.mark.parametrize(
    "query", [{"date": "soon"}, {"from": "2026-13-01"}, {"service": "x"}, {"staff": "9" * 30}]
)
def test_a_malformed_filter_is_refused(provider_client: APIClient, query: dict[str, str]) -> None:
    assert error_of(provider_client.get(PATH, query))[::2] == (400, next(iter(query)))


def test_a_list_costs_the_same_with_many_overrides(
    provider_client: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries, yoga: Service
) -> None:
    for day in range(2, 22):
        slot_override_of(yoga, f"2026-12-{day:02} 10:00", f"2026-12-{day:02} 11:00")
        taken(yoga, f"2026-12-{day:02} 10:00")
    with django_assert_max_num_queries(3):
        results = provider_client.get(PATH).json()["results"]
    assert {slot["current_bookings"] for slot in results} == {1}


def test_a_switched_off_feature_says_so(
    provider_client: APIClient, settings: Settings, yoga: Service
) -> None:
    settings.ENABLE_BOOKING_SLOTS = False
    assert error_of(provider_client.get(PATH))[:2] == (404, "feature_disabled")
    assert error_of(provider_client.post(PATH, body_of(yoga)))[:2] == (404, "feature_disabled")
