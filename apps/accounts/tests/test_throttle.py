"""What one account and one address may get wrong."""

from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings
from rest_framework.response import Response
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.common.tests.errors import error

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_failures_a_minute(settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "2/min"


def login(email: str, password: str = "wrong", *, address: str = "203.0.113.1", **headers: Any) -> Response:
    body = {"email": email, "password": password}
    response: Response = APIClient().post("/api/auth/login/", body, REMOTE_ADDR=address, **headers)
    return response


def test_after_so_many_failures_the_right_password_does_not_help_either(kamala: User) -> None:
    assert [login(kamala.email).status_code for _ in range(2)] == [401, 401]

    response = login(kamala.email, PASSWORD)

    assert error(response) == (429, "throttled", None)
    assert 1 <= int(response["Retry-After"]) <= 60


def test_a_minute_later_it_is_forgotten(kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:30Z", tick=False) as clock:
        login(kamala.email)
        clock.shift(40)
        login(kamala.email)
        assert login(kamala.email)["Retry-After"] == "20"
        clock.shift(20)

        assert login(kamala.email, PASSWORD).status_code == 200


def test_logins_that_succeed_do_not_count(kamala: User) -> None:
    assert {login(kamala.email, PASSWORD).status_code for _ in range(5)} == {200}


def test_a_success_does_not_wipe_out_the_failures_before_it(kamala: User) -> None:
    login(kamala.email)
    login(kamala.email, PASSWORD)
    login(kamala.email)

    assert login(kamala.email).status_code == 429


def test_the_case_of_the_email_opens_no_second_account(kamala: User) -> None:
    login("kamala@example.com")
    login("KAMALA@example.com")

    assert login("Kamala@Example.com").status_code == 429


def test_somebody_elses_failures_do_not_lock_the_owner_out(kamala: User) -> None:
    for _ in range(3):
        login(kamala.email, address="198.51.100.9")

    assert login(kamala.email, PASSWORD).status_code == 200


def test_one_account_takes_ten_times_as_many_from_everywhere(kamala: User) -> None:
    answers = [login(kamala.email, address=f"198.51.100.{n}").status_code for n in range(21)]

    assert answers == [401] * 20 + [429]


def test_one_address_takes_ten_times_as_many_of_all_accounts(kamala: User) -> None:
    answers = [login(f"person{n}@example.com").status_code for n in range(21)]

    assert answers == [401] * 20 + [429]
    assert login(kamala.email, PASSWORD, address="198.51.100.9").status_code == 200


def test_an_ipv6_customer_counts_as_one_address() -> None:
    answers = [login(f"person{n}@example.com", address=f"2001:db8:1:2::{n:x}").status_code for n in range(21)]

    assert answers == [401] * 20 + [429]


def test_a_refused_attempt_is_not_counted(kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        for _ in range(50):
            login(kamala.email)
        clock.shift(60)

        assert login(kamala.email, PASSWORD).status_code == 200


def test_a_made_up_forwarded_address_does_not_help(kamala: User) -> None:
    answers = [login(kamala.email, HTTP_X_FORWARDED_FOR=f"198.51.100.{n}").status_code for n in range(3)]

    assert answers == [401, 401, 429]


def test_behind_a_proxy_the_forwarded_address_counts(kamala: User, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for _ in range(3):
        login(kamala.email, HTTP_X_FORWARDED_FOR="9.9.9.9, 198.51.100.1")

    assert login(kamala.email, HTTP_X_FORWARDED_FOR="198.51.100.2").status_code == 401
    assert login(kamala.email, HTTP_X_FORWARDED_FOR="8.8.8.8, 198.51.100.1").status_code == 429


def test_an_empty_rate_switches_it_off(kamala: User, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = ""

    assert {login(kamala.email).status_code for _ in range(20)} == {401}


def test_malformed_logins_do_not_count(kamala: User) -> None:
    assert {login(kamala.email, "").status_code for _ in range(5)} == {400}
    assert login(kamala.email, PASSWORD).status_code == 200


def test_unknown_emails_are_throttled_like_known_ones() -> None:
    UserFactory()

    assert [login("nobody@example.com").status_code for _ in range(3)] == [401, 401, 429]
