"""`POST /api/auth/verify-phone/`."""

import re
from collections.abc import Callable

import pytest
import time_machine
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import PhoneCode, User
from apps.common.tests.errors import attributes, error

URL = "/api/auth/verify-phone/"
Login = Callable[[User], APIClient]
Console = pytest.CaptureFixture[str]


@pytest.fixture
def kamala(kamala: User, settings: Settings) -> User:
    """Kamala, before she has confirmed her phone."""
    settings.SMS_TO_CONSOLE = True
    kamala.phone_verified_at = None
    kamala.save()
    return kamala


def sent(console: Console) -> str:
    found = re.search(r"^SMS to \S+: (\d{6}) ", console.readouterr().out, re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_code_of_the_sms_confirms_the_phone(login: Login, kamala: User, capsys: Console) -> None:
    api = login(kamala)
    assert api.post(URL, {}).status_code == 204
    code = sent(capsys)

    assert api.post(URL, {"code": code}).status_code == 204

    assert api.get("/api/auth/me/").json()["phone_verified"] is True
    assert error(api.post(URL, {"code": code})) == (400, "expired_code", "code")


def test_the_code_is_stored_hashed(login: Login, kamala: User, capsys: Console) -> None:
    login(kamala).post(URL, {})

    assert sent(capsys) not in PhoneCode.objects.get().code_hash


def test_a_code_has_five_tries(login: Login, kamala: User, capsys: Console) -> None:
    api = login(kamala)
    api.post(URL, {})
    code = sent(capsys)
    wrong = f"{(int(code) + 1) % 10**6:06}"

    assert [error(api.post(URL, {"code": wrong}))[1] for _ in range(5)] == ["wrong_code"] * 5
    assert error(api.post(URL, {"code": code})) == (400, "expired_code", "code")


def test_a_code_is_good_for_ten_minutes(login: Login, kamala: User, capsys: Console) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        login(kamala).post(URL, {})
        clock.shift(600)

        assert error(login(kamala).post(URL, {"code": sent(capsys)})) == (400, "expired_code", "code")


def test_a_code_is_for_the_phone_it_went_to(login: Login, kamala: User, capsys: Console) -> None:
    api = login(kamala)
    api.post(URL, {})
    api.patch("/api/auth/me/", {"phone": "9841999999"})

    assert error(api.post(URL, {"code": sent(capsys)})) == (400, "expired_code", "code")


def test_an_account_asks_for_five_a_day(login: Login, kamala: User) -> None:
    answers = [login(kamala).post(URL, {}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [204] * 5 + [429]


def test_a_number_gets_five_a_day_whoever_asks(login: Login, kamala: User, suresh: User) -> None:
    User.objects.update(phone=kamala.phone, phone_verified_at=None)
    suresh.refresh_from_db()
    for _ in range(5):
        login(kamala).post(URL, {})

    assert login(suresh).post(URL, {}, REMOTE_ADDR="198.51.100.7").status_code == 429


def test_without_an_sms_service_there_are_no_codes(login: Login, kamala: User, settings: Settings) -> None:
    settings.SMS_TO_CONSOLE = False

    assert error(login(kamala).post(URL, {}))[:2] == (404, "feature_disabled")


@pytest.mark.parametrize("code", ["12345", "abcdef", "१२३४५६", ["123456"]])
def test_what_is_no_code_is_refused(login: Login, kamala: User, code: object) -> None:
    assert attributes(login(kamala).post(URL, {"code": code})) == {"code"}


def test_a_stranger_has_no_phone(api: APIClient, db: None) -> None:
    assert api.post(URL, {}).status_code == 401
