"""The same request from two places at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common import idempotency
from apps.common.models import IdempotencyKey
from apps.common.tests.errors import error
from apps.common.tests.urlconf import GroupView, NetworkView

pytestmark = [
    pytest.mark.race,
    pytest.mark.urls("apps.common.tests.urlconf"),
    pytest.mark.django_db(transaction=True),
]

GROUPS, NETWORK = "/api/test/groups/", "/api/test/network/"


@pytest.fixture
def send(login: Callable[[User], APIClient], kamala: User) -> Callable[[str], Response]:
    """Return what Kamala gets for one key, from any thread."""

    def sent(path: str) -> Response:
        try:
            response: Response = login(kamala).post(path, {"a": 1}, HTTP_IDEMPOTENCY_KEY="key")
            return response
        finally:
            connection.close()

    return sent


def test_of_many_at_once_one_does_it_and_all_answer_the_same(send: Callable[[str], Response]) -> None:
    start = Barrier(8)

    def together(_: int) -> tuple[int, bytes]:
        start.wait(timeout=30)
        response = send(GROUPS)
        return response.status_code, response.content

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(together, range(8)))

    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert Group.objects.count() == 1


def test_while_one_is_on_the_network_the_other_is_told_to_come_back(send: Callable[[str], Response]) -> None:
    NetworkView.entered.clear()
    NetworkView.let_go.clear()
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send, NETWORK)
        assert NetworkView.entered.wait(timeout=30)

        second = send(NETWORK)

        NetworkView.let_go.set()
        assert first.result(timeout=30).status_code == 201
    assert error(second) == (409, "request_in_progress", None)
    assert send(NETWORK).data["number"] == 1
    assert Group.objects.count() == 1


def test_whoever_was_taken_over_undoes_his_work(
    send: Callable[[str], Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = GroupView.perform

    def slow(self: GroupView, request: Request) -> Response:
        IdempotencyKey.objects.update(claimed_at=timezone.now() + timedelta(seconds=61))
        return work(self, request)

    monkeypatch.setattr(GroupView, "perform", slow)

    assert error(send(GROUPS)) == (409, "request_in_progress", None)
    assert not Group.objects.exists()


def test_whoever_waits_holds_no_connection(
    send: Callable[[str], Response], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = send(GROUPS)
    answer = IdempotencyKey.objects.values("answer", "answer_status").get()
    IdempotencyKey.objects.update(answer=None, answer_status=None)
    held: list[bool] = []

    def answered_meanwhile(seconds: float) -> None:
        held.append(connection.connection is not None)
        IdempotencyKey.objects.update(**answer)

    clock = SimpleNamespace(monotonic=time.monotonic, sleep=answered_meanwhile)
    monkeypatch.setattr(idempotency, "time", clock)

    assert send(GROUPS).content == done.content
    assert held == [False]
