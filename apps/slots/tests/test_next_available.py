"""The first bookable slot of several services at once, for a page of cards."""

from datetime import datetime
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework.test import APIClient

from apps.common.tests.errors import error
from apps.services.models import Service, ServiceStatus
from apps.slots.tests.factories import BookableServiceFactory, off, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

# By its name: the package has a function of the same one.
selector = import_module("apps.slots.selectors.next_available")
URL = "/api/booking-slots/next-available/"
NOTHING = {"date": None, "start_time": None, "starts_at": None}


class BrokenCache(LocMemCache):
    """A Redis that is away."""

    def get_many(self, *args: object, **kwargs: object) -> dict[str, Any]:
        raise RedisConnectionError

    def set_many(self, *args: object, **kwargs: object) -> list[str]:
        raise RedisConnectionError


def first(api: APIClient, *services: Service | int) -> Any:
    ids = ",".join(str(one.pk if isinstance(one, Service) else one) for one in services)
    answer = api.get(URL, {"service_id": ids})
    assert answer.status_code == 200, answer.content
    return answer.json()


def starts(api: APIClient, service: Service) -> str | None:
    found: str | None = first(api, service)[0]["starts_at"]
    return found


def test_it_is_the_first_slot_that_can_be_booked(api: APIClient, service: Service) -> None:
    taken(service, "2026-12-01 10:00")

    assert first(api, service) == [
        {
            "service": service.pk,
            "date": "2026-12-01",
            "start_time": "11:00:00",
            "starts_at": "2026-12-01T11:00:00+05:45",
        }
    ]


def test_services_come_in_the_order_asked_each_once(api: APIClient, service: Service) -> None:
    other = BookableServiceFactory()

    found = first(api, other, service, other)

    assert [one["service"] for one in found] == [other.pk, service.pk]


@pytest.mark.parametrize(
    ("back", "starts_at"),
    [
        ("2026-12-08 00:00", "2026-12-08T10:00:00+05:45"),
        ("2026-12-09 00:00", "2026-12-09T10:00:00+05:45"),
        ("2026-12-15 12:00", "2026-12-15T12:00:00+05:45"),
        ("2026-12-16 00:00", None),
    ],
)
def test_it_looks_two_weeks_ahead(api: APIClient, service: Service, back: str, starts_at: str | None) -> None:
    off(service.staff.get(), "2026-12-01 00:00", back)

    assert starts(api, service) == starts_at


def test_a_service_that_books_for_a_few_days_only_has_nothing_later(api: APIClient) -> None:
    service = BookableServiceFactory(max_advance_days=3)
    off(service.staff.get(), "2026-12-01 00:00", "2026-12-05 00:00")

    assert starts(api, service) is None


def test_what_is_not_offered_has_nothing(api: APIClient, service: Service) -> None:
    Service.objects.update(status=ServiceStatus.PAUSED)

    assert first(api, service, 4711) == [{"service": service.pk, **NOTHING}, {"service": 4711, **NOTHING}]


def test_it_is_kept_for_a_minute(
    api: APIClient, service: Service, django_assert_num_queries: DjangoAssertNumQueries, tuesday: datetime
) -> None:
    assert starts(api, service) == "2026-12-01T10:00:00+05:45"
    taken(service, "2026-12-01 10:00")
    with django_assert_num_queries(0):
        assert starts(api, service) == "2026-12-01T10:00:00+05:45"

    with time_machine.travel(tuesday.timestamp() + 61, tick=False):
        assert starts(api, service) == "2026-12-01T11:00:00+05:45"


def test_who_waits_too_long_for_others_is_asked_to_come_again(
    api: APIClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selector, "WAITS_SECONDS", 0)
    with selector.TURN:
        answer = api.get(URL, {"service_id": service.pk})

    assert error(answer) == (503, "unavailable", None)
    assert answer["Retry-After"] == "5"


def test_without_a_cache_it_is_read_each_time(api: APIClient, service: Service, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.BrokenCache"}}

    assert starts(api, service) == "2026-12-01T10:00:00+05:45"


@pytest.mark.parametrize("ids", ["", "first", "1,,2", "-1", "1;2", "९", "9" * 30, "9" * 5000, "1\x00"])
def test_ids_that_are_none_are_refused(api: APIClient, ids: str) -> None:
    status, _, attr = error(api.get(URL, {"service_id": ids}))
    assert (status, attr) == (400, "service_id")


def test_twenty_services_are_enough(api: APIClient) -> None:
    assert len(first(api, *range(1, 21))) == 20
    assert error(api.get(URL, {"service_id": ",".join(map(str, range(1, 22)))})) == (
        400,
        "too_many",
        "service_id",
    )


def test_it_is_off_with_the_slots(api: APIClient, settings: Settings, service: Service) -> None:
    settings.ENABLE_BOOKING_SLOTS = False

    assert error(api.get(URL, {"service_id": service.pk})) == (404, "feature_disabled", None)
