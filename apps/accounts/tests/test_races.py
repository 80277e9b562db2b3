"""What several processes do at once to one account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tokens import tokens_issue

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

THREADS = 12


def at_once(call: Callable[[int], int], times: int = THREADS) -> list[int]:
    """Return what each of so many threads got, all begun at the same moment."""
    start = Barrier(times)

    def run(number: int) -> int:
        try:
            start.wait(timeout=30)
            return call(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(run, range(times)))


def test_of_a_burst_of_guesses_no_more_than_the_limit_is_looked_at(kamala: User, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "4/min"

    def guess(number: int) -> int:
        body = {"email": kamala.email, "password": f"guess {number}"}
        return APIClient().post("/api/auth/login/", body).status_code

    assert at_once(guess) == [401] * 4 + [429] * (THREADS - 4)


def test_a_burst_from_many_addresses_is_stopped_by_the_account(kamala: User, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "1/min"

    def guess(number: int) -> int:
        body = {"email": kamala.email, "password": f"guess {number}"}
        address = f"198.51.100.{number}"
        return APIClient().post("/api/auth/login/", body, REMOTE_ADDR=address).status_code

    assert at_once(guess) == [401] * 10 + [429] * (THREADS - 10)


def test_many_accounts_log_in_at_once(db: None, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "2/min"
    people = [User.objects.create_user(f"person{n}@example.com", PASSWORD) for n in range(THREADS)]

    def log_in(number: int) -> int:
        body = {"email": people[number].email, "password": PASSWORD}
        return APIClient().post("/api/auth/login/", body).status_code

    assert at_once(log_in) == [200] * THREADS
    assert at_once(log_in) == [200] * THREADS


def test_one_email_is_registered_once(db: None) -> None:
    body = {
        "email": "maya@example.com",
        "password": PASSWORD,
        "full_name": "Maya Thapa",
        "phone": "9841234567",
        "role": "customer",
    }

    answers = at_once(lambda number: APIClient().post("/api/auth/register/", body).status_code)

    assert answers == [201] + [400] * (THREADS - 1)
    assert User.objects.count() == 1


def test_a_refresh_token_that_many_use_at_once_has_one_successor(kamala: User) -> None:
    token = tokens_issue(kamala)["refresh"]
    successors: set[str] = set()

    def refresh(number: int) -> int:
        answer = APIClient().post("/api/auth/refresh/", {"refresh": token})
        successors.add(answer.json()["refresh"])
        return answer.status_code

    assert at_once(refresh) == [200] * THREADS
    assert len(successors) == 1
