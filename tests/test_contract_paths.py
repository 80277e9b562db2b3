"""The contract's addresses answer, and what is none of them says so in the contract's shape."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from tests.world import World

PUBLIC = """
POST /api/auth/register/
POST /api/auth/login/
POST /api/auth/refresh/
POST /api/auth/logout/
POST /api/auth/password-reset/
POST /api/auth/password-reset/confirm/
POST /api/auth/verify-email/
GET /api/config/
GET /api/calendar-table/
GET /api/services/
GET /api/services/{id}/
GET /api/services/{id}/reviews/
GET /api/service-categories/
GET /api/cities/
GET /api/providers/{id}/
GET /api/booking-slots/available-slots/
GET /api/booking-slots/available-dates/
GET /api/booking-slots/next-available/
POST /api/booking-wizard/calculate-price/
GET /api/payment-methods/
GET /api/calendar/{secret}.ics
GET /api/payments/khalti/return/
GET /api/payments/esewa/return/{transaction_id}/
GET /api/payments/connectips/return/
"""
WITH_LOGIN = """
GET /api/auth/me/
PATCH /api/auth/me/
POST /api/auth/password-change/
POST /api/auth/verify-email/resend/
POST /api/auth/verify-phone/
POST /api/services/
PATCH /api/services/{id}/
POST /api/services/{id}/approve/
GET /api/staff/
POST /api/staff/
PATCH /api/staff/{id}/
DELETE /api/staff/{id}/
GET /api/staff/{id}/working-hours/
PUT /api/staff/{id}/working-hours/
GET /api/time-off/
POST /api/time-off/
GET /api/time-off/{id}/
PATCH /api/time-off/{id}/
DELETE /api/time-off/{id}/
GET /api/booking-slots/
POST /api/booking-slots/
GET /api/booking-slots/{id}/
PATCH /api/booking-slots/{id}/
DELETE /api/booking-slots/{id}/
POST /api/booking-wizard/create-step/
GET /api/booking-wizard/{booking_id}/
DELETE /api/booking-wizard/{booking_id}/
GET /api/bookings/
POST /api/bookings/
GET /api/bookings/{booking_id}/
PATCH /api/bookings/{booking_id}/
PATCH /api/bookings/{booking_id}/update-status/
POST /api/bookings/{booking_id}/cancel/
GET /api/bookings/{booking_id}/calendar.ics
GET /api/calendar/
POST /api/calendar/
DELETE /api/calendar/
GET /api/bookings/{booking_id}/cancellation-preview/
POST /api/bookings/{booking_id}/reschedule/
POST /api/bookings/{booking_id}/dispute/
GET /api/bookings/{booking_id}/history/
GET /api/bookings/{booking_id}/review/
POST /api/bookings/{booking_id}/review/
PATCH /api/bookings/{booking_id}/review/
POST /api/bookings/{booking_id}/review/answer/
GET /api/reviews/
GET /api/bookings/customer-bookings/
GET /api/bookings/provider-bookings/
POST /api/payments/initiate/
POST /api/payments/process-khalti-payment/
GET /api/payments/
GET /api/payments/{payment_id}/
POST /api/payments/{payment_id}/verify/
POST /api/payments/{payment_id}/refund/
POST /api/payments/{payment_id}/proof/
GET /api/payments/{payment_id}/proof/
GET /api/payments/{payment_id}/receipt/
GET /api/notifications/
GET /api/notifications/unread-count/
POST /api/notifications/read-all/
POST /api/notifications/{notification_id}/read/
GET /api/notifications/preferences/
PATCH /api/notifications/preferences/
"""
OLDER_SPELLINGS = """
PATCH /api/bookings/{booking_id}/update_status/
GET /api/bookings/customer_bookings/
GET /api/bookings/provider_bookings/
"""
FILES = ["/api/bookings/{booking_id}/calendar.ics", "/api/calendar/{secret}.ics"]
METHODS = {"get", "post", "put", "patch", "delete"}
Try = Callable[[str, str], list[Any]]


def split(lines: str) -> list[tuple[str, str]]:
    return [(method, path) for method, path in map(str.split, lines.strip().splitlines())]


@pytest.fixture(scope="module")
def paths() -> dict[str, dict[str, Any]]:
    """The paths of the OpenAPI document."""
    documented: dict[str, dict[str, Any]] = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return documented


@pytest.fixture
def attempts(world: World, login: Callable[[User], APIClient]) -> Try:
    """Return a customer's, a provider's and an admin's answers to a call without a body."""
    clients = [login(user) for user in (world.customer, world.provider, world.admin)]
    return lambda method, path: [client.generic(method, world.address(path)) for client in clients]


@pytest.mark.parametrize("lines", [WITH_LOGIN, PUBLIC, OLDER_SPELLINGS])
def test_the_contracts_addresses_answer(attempts: Try, lines: str) -> None:
    for method, path in split(lines):
        statuses = {answer.status_code for answer in attempts(method, path)}
        assert statuses - {404, 405}, (method, path)


def test_the_rest_asks_for_a_login(api: APIClient, world: World, paths: dict[str, dict[str, Any]]) -> None:
    for path, methods in paths.items():
        for method in methods:
            is_public = (method.upper(), path) in split(PUBLIC)
            answer = api.generic(method.upper(), world.address(path))
            assert (answer.status_code == 401) != is_public, (method, path, answer.status_code)


def test_every_path_is_in_kebab_case_and_ends_with_a_slash(paths: dict[str, dict[str, Any]]) -> None:
    """But for files, which calendars ask for by their name."""
    assert [path for path in paths if not re.fullmatch(r"/api/([a-z-]+/|\{[a-z_]+\}/)+", path)] == FILES


@pytest.mark.parametrize("debug", [True, False])
def test_without_the_slash_it_is_404_whatever_the_method(
    api: APIClient, settings: Settings, world: World, paths: dict[str, dict[str, Any]], debug: bool
) -> None:
    settings.DEBUG = debug
    for path, methods in paths.items():
        for method in methods if path not in FILES else ():
            answer = api.generic(method.upper(), world.address(path).removesuffix("/"))
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "not_found"), path


def test_a_method_that_a_path_has_not_is_405(attempts: Try, paths: dict[str, dict[str, Any]]) -> None:
    for path, methods in paths.items():
        for method in METHODS - methods.keys():
            refused = [answer for answer in attempts(method.upper(), path) if answer.status_code == 405]
            assert refused, (method, path)
            assert refused[0].json()["errors"][0]["code"] == "method_not_allowed"
            allowed = refused[0].headers["Allow"].lower().split(", ")
            assert METHODS.intersection(allowed) == methods.keys(), (path, allowed)


@pytest.mark.parametrize(
    "path", ["/api/services/", "/api/auth/me/", "/api/nowhere/", "/healthz/", "/readyz/", "/"]
)
def test_the_request_id_comes_back_from_everywhere(api: APIClient, db: None, path: str) -> None:
    assert (
        api.get(path, headers={"X-Request-ID": "from-Kathmandu-27"}).headers["X-Request-ID"]
        == "from-Kathmandu-27"
    )
