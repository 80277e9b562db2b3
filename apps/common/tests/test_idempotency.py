from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.idempotency import purge_old_keys
from apps.common.models import IdempotencyKey
from apps.common.tests.errors import attributes, error

pytestmark = [pytest.mark.urls("apps.common.tests.urlconf"), pytest.mark.django_db]

URL = "/api/test/groups/"


@pytest.fixture
def client(login: Callable[[User], APIClient], kamala: User) -> APIClient:
    return login(kamala)


def send(
    client: APIClient, body: Any = None, *, key: str | None = "key-1", path: str = URL, put: bool = False
) -> Response:
    headers: dict[str, Any] = {} if key is None else {"HTTP_IDEMPOTENCY_KEY": key}
    method = client.put if put else client.post
    response: Response = method(path, body or {}, **headers)
    return response


def test_without_a_key_each_request_is_done(client: APIClient) -> None:
    assert [send(client, key=None).data["number"] for _ in range(2)] == [1, 2]
    assert not IdempotencyKey.objects.exists()


def test_a_retry_is_answered_the_same_and_done_once(client: APIClient) -> None:
    first, again = send(client), send(client)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert Group.objects.count() == 1


def test_the_same_parsed_json_is_the_same_body(client: APIClient) -> None:
    bodies = [b'{"a": 1, "b": {"c": 2, "d": 3}}', b'{ "b":{"d":3,"c":2},"a":1 }']

    answers = [
        client.post(URL, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k").status_code
        for body in bodies
    ]

    assert answers == [201, 201]
    assert Group.objects.count() == 1


def test_another_body_under_the_same_key_is_refused(client: APIClient) -> None:
    send(client, {"a": 1})

    assert error(send(client, {"a": 2})) == (422, "idempotency_key_reused", None)
    assert Group.objects.count() == 1


def test_a_key_belongs_to_user_method_and_path(
    client: APIClient, login: Callable[[User], APIClient], suresh: User
) -> None:
    send(client)

    assert send(login(suresh)).data["number"] == 2
    assert send(client, path=f"{URL}other/").data["number"] == 3
    assert send(client, put=True).data["number"] == 4
    assert send(client, key="key-2").data["number"] == 5


@pytest.mark.parametrize("fail", ["raise", "answer"])
def test_what_fails_frees_the_key(client: APIClient, fail: str) -> None:
    assert send(client, {"fail": fail}).status_code == 400

    assert not IdempotencyKey.objects.exists()
    assert send(client, {}).status_code == 201


def test_what_raises_leaves_nothing_behind(client: APIClient) -> None:
    send(client, {"fail": "raise"})

    assert not Group.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 256, "a\tb", "a\x00b"])
def test_a_malformed_key_is_bad_input(client: APIClient, key: str) -> None:
    assert attributes(send(client, key=key)) == {"Idempotency-Key"}


@pytest.mark.parametrize("key", ["x", "x" * 255, "é and a space"])
def test_any_other_key_is_fine(client: APIClient, key: str) -> None:
    assert send(client, key=key).status_code == 201
    assert send(client, key=key).data["number"] == 1


def test_an_absurdly_long_path_is_not_found(client: APIClient) -> None:
    assert send(client, path=f"{URL}{'1' * 300}/").status_code == 404


@pytest.mark.parametrize("body", [b'{"a": %s}' % (b"9" * 30), b'{"a": "\\u0000"}', b'{"a": 1.5, "b": null}'])
def test_odd_values_are_no_trouble(client: APIClient, body: bytes) -> None:
    answers = [
        client.post(URL, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k").status_code
        for _ in range(2)
    ]

    assert answers == [201, 201]


def test_bottomless_nesting_is_bad_input(client: APIClient) -> None:
    body = b'{"a": ' + b"[" * 500 + b"]" * 500 + b"}"

    response = client.post(URL, body, content_type="application/json", HTTP_IDEMPOTENCY_KEY="k")

    assert error(response) == (400, "parse_error", None)


def test_a_key_is_kept_for_a_day(login: Callable[[User], APIClient], kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        send(login(kamala))
        clock.shift(timedelta(hours=24))
        assert send(login(kamala)).data["number"] == 1
        assert purge_old_keys() == 0
        clock.shift(1)
        assert send(login(kamala), {"another": "body"}).data["number"] == 2


def test_old_keys_are_purged(login: Callable[[User], APIClient], kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        send(login(kamala))
        clock.shift(timedelta(hours=24, seconds=1))

        assert purge_old_keys() == 1
        assert not IdempotencyKey.objects.exists()


def test_the_claim_of_a_process_that_died_is_taken_over(client: APIClient) -> None:
    send(client)
    died = timezone.now() - timedelta(seconds=61)
    IdempotencyKey.objects.update(answer=None, answer_status=None, claimed_at=died)

    assert send(client).data["number"] == 2
    assert send(client).data["number"] == 2


def test_a_claim_that_is_younger_is_waited_for_or_refused(client: APIClient) -> None:
    send(client)
    claimed = timezone.now() - timedelta(seconds=30)
    IdempotencyKey.objects.update(
        answer=None, answer_status=None, claimed_at=claimed, path="/api/test/network/"
    )

    response = send(client, path="/api/test/network/")

    assert error(response) == (409, "request_in_progress", None)
    assert response["Retry-After"] == "1"
    assert Group.objects.count() == 1


def test_an_answer_is_encrypted_at_rest(client: APIClient) -> None:
    send(client)

    raw = IdempotencyKey.objects.extra(select={"raw": "answer"}).values_list("raw", flat=True).get()
    assert "10.00" not in raw
