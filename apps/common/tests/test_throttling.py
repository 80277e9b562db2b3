from collections.abc import Callable, Iterator

import pytest
import time_machine
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.tests.errors import error
from apps.common.throttling import parsed_rate

pytestmark = [pytest.mark.urls("apps.common.tests.urlconf"), pytest.mark.django_db]

URL = "/api/test/echo/"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-12-01T10:00:10Z", tick=False) as coordinates:
        yield coordinates


@pytest.mark.parametrize(
    ("rate", "parsed"),
    [("10/min", (10, 60)), ("1/s", (1, 1)), ("5/hour", (5, 3600)), ("7/d", (7, 86400)), ("", None)],
)
def test_a_rate_is_requests_in_seconds(rate: str, parsed: tuple[int, int] | None) -> None:
    assert parsed_rate(rate) == parsed


def test_so_many_requests_and_no_more(
    api: APIClient, settings: Settings, clock: time_machine.Traveller
) -> None:
    settings.THROTTLE_ANON = "3/min"

    answers = [api.post(URL, {}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert error(answers[3]) == (429, "throttled", None)
    assert answers[3]["Retry-After"] == "50"
    clock.shift(50)
    assert api.post(URL, {}).status_code == 200


def test_a_rate_of_none_lets_nobody_in(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_ANON = "0/min"

    assert api.post(URL, {}).status_code == 429


def test_addresses_are_counted_by_themselves(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_ANON = "1/min"

    answers = [api.post(URL, {}, REMOTE_ADDR=address).status_code for address in ("192.0.2.1", "192.0.2.2")]

    assert answers == [200, 200]


def test_users_are_counted_by_themselves_whatever_their_address(
    api: APIClient, login: Callable[[User], APIClient], settings: Settings, kamala: User, suresh: User
) -> None:
    settings.THROTTLE_USER, settings.THROTTLE_ANON = "1/min", "1/min"

    assert login(kamala).post(URL, {}).status_code == 200
    assert login(kamala).post(URL, {}, REMOTE_ADDR="192.0.2.1").status_code == 429
    assert login(suresh).post(URL, {}).status_code == 200
    assert api.post(URL, {}).status_code == 200


def test_a_process_counts_for_itself_while_redis_is_away_and_says_so_once(
    api: APIClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.THROTTLE_ANON = "2/hour"
    settings.CACHES = {
        "default": {"BACKEND": "apps.common.shared_cache.SharedCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }

    assert [api.post(URL, {}).status_code for _ in range(3)] == [200, 200, 429]
    assert caplog.text.count("Redis is away") == 1
