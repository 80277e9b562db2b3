"""The site's own server calls for its visitors: throttles count them, not it."""

from collections.abc import Callable

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.client_address import client_address

KEY = "a-long-random-text-that-only-the-two-servers-know"
SERVER = "192.0.2.1"
VISITOR = "198.51.100.7"


@pytest.fixture(autouse=True)
def _key(settings: Settings) -> None:
    settings.SITE_KEY = KEY


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"X-Site-Key": KEY, "X-Site-Client": VISITOR}, VISITOR),
        ({"X-Site-Key": KEY, "X-Site-Client": f" {VISITOR} "}, VISITOR),
        ({"X-Site-Key": KEY, "X-Site-Client": "2001:DB8::1"}, "2001:db8::1"),
        ({"X-Site-Key": KEY}, SERVER),
        ({"X-Site-Client": VISITOR}, SERVER),
        ({"X-Site-Key": "", "X-Site-Client": VISITOR}, SERVER),
        ({"X-Site-Key": KEY[:-1], "X-Site-Client": VISITOR}, SERVER),
        ({"X-Site-Key": "चाबी", "X-Site-Client": VISITOR}, SERVER),
        ({"X-Site-Key": KEY, "X-Site-Client": "nobody"}, SERVER),
        ({"X-Site-Key": KEY, "X-Site-Client": f"{VISITOR}, 203.0.113.9"}, SERVER),
        ({"X-Site-Key": KEY, "X-Site-Client": "300.1.1.1"}, SERVER),
    ],
)
def test_key_and_address_count_together_alone(
    rf: RequestFactory, headers: dict[str, str], address: str
) -> None:
    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=SERVER)) == address


def test_without_a_key_in_the_settings_nobody_is_the_site(rf: RequestFactory, settings: Settings) -> None:
    settings.SITE_KEY = ""
    request = rf.get("/", headers={"X-Site-Key": "", "X-Site-Client": VISITOR}, REMOTE_ADDR=SERVER)

    assert client_address(request) == SERVER


def test_the_visitor_counts_whatever_stands_in_front_of_the_api(
    rf: RequestFactory, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = 1
    headers = {"X-Site-Key": KEY, "X-Site-Client": VISITOR, "X-Forwarded-For": "10.0.0.1"}

    assert client_address(rf.get("/", headers=headers, REMOTE_ADDR=SERVER)) == VISITOR


def statuses(send: Callable[[str], int], addresses: list[str]) -> list[int]:
    return [send(address) for address in addresses]


def by_site(address: str, key: str = KEY) -> dict[str, str]:
    return {"X-Site-Key": key, "X-Site-Client": address}


VISITORS = ["198.51.100.1", "198.51.100.2", "198.51.100.1"]


@pytest.mark.django_db
def test_anonymous_reads_are_counted_by_visitor(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_ANON = "1/min"

    def read(address: str) -> int:
        return api.get("/api/cities/", headers=by_site(address)).status_code

    assert statuses(read, VISITORS) == [200, 200, 429]


def test_failed_logins_are_counted_by_visitor(api: APIClient, settings: Settings, kamala: User) -> None:
    settings.THROTTLE_LOGIN = "1/min"

    def log_in(address: str) -> int:
        body = {"email": kamala.email, "password": "wrong"}
        return api.post("/api/auth/login/", body, headers=by_site(address)).status_code

    assert statuses(log_in, VISITORS) == [401, 401, 429]


@pytest.mark.django_db
def test_registrations_are_counted_by_visitor(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_REGISTER = "1/hour"
    names = iter(["one", "two", "three"])

    def register(address: str) -> int:
        body = {
            "email": f"{next(names)}@example.com",
            "password": "momo-with-achar-27",
            "full_name": "Kamala Shrestha",
            "phone": "+9779841234567",
            "role": "customer",
        }
        return api.post("/api/auth/register/", body, headers=by_site(address)).status_code

    assert statuses(register, VISITORS) == [201, 201, 429]


@pytest.mark.django_db
def test_a_wrong_key_makes_one_visitor_of_all(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_ANON = "1/min"

    def read(address: str) -> int:
        return api.get("/api/cities/", headers=by_site(address, key="guessed")).status_code

    assert statuses(read, VISITORS[:2]) == [200, 429]
