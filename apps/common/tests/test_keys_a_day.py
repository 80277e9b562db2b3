"""How many idempotency keys one user may use within a day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.models import IdempotencyKey
from apps.common.tests.errors import error
from apps.common.tests.test_idempotency import send

pytestmark = [pytest.mark.urls("apps.common.tests.urlconf"), pytest.mark.django_db]


@pytest.fixture
def client(login: Callable[[User], APIClient], kamala: User, settings: Settings) -> APIClient:
    settings.MAX_IDEMPOTENCY_KEYS_PER_DAY = 2
    return login(kamala)


def test_one_key_too_many_is_a_429_until_the_oldest_is_a_day_old(
    login: Callable[[User], APIClient], kamala: User, client: APIClient
) -> None:
    with time_machine.travel("2026-12-01T10:00:00+05:45", tick=False) as clock:
        client = login(kamala)
        send(client, key="one")
        clock.shift(60)
        send(client, key="two")

        refused = send(client, key="three")

        assert error(refused) == (429, "throttled", None)
        assert refused.headers["Retry-After"] == str(24 * 3600 - 60)
        assert IdempotencyKey.objects.count() == 2
        clock.shift(timedelta(days=1) - timedelta(seconds=60))
        assert send(login(kamala), key="three").status_code == 201


def test_a_retry_is_answered_at_the_limit(client: APIClient) -> None:
    first = send(client, key="one")
    send(client, key="two")

    again = send(client, key="one")

    assert (again.status_code, again.content) == (201, first.content)


def test_what_failed_does_not_count(client: APIClient) -> None:
    for number in range(3):
        assert send(client, {"fail": "answer"}, key=f"failed {number}").status_code == 400

    assert send(client).status_code == 201


def test_one_users_keys_do_not_stop_another(
    client: APIClient, login: Callable[[User], APIClient], suresh: User
) -> None:
    send(client, key="one")
    send(client, key="two")

    assert send(login(suresh), key="one").status_code == 201


def test_without_a_key_nothing_is_counted(client: APIClient) -> None:
    assert [send(client, key=None).status_code for _ in range(3)] == [201, 201, 201]
