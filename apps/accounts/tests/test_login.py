from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.common.tests.errors import attributes, error

pytestmark = pytest.mark.django_db

URL = "/api/auth/login/"
REFUSED = (401, "no_active_account", None)


class CountingHasher(MD5PasswordHasher):
    """Notes each hash: what takes the time of a login."""

    hashed: list[str] = []

    def encode(self, password: str, salt: str) -> str:
        self.hashed.append(password)
        return super().encode(password, salt)


def test_a_login_answers_tokens_and_the_user(api: APIClient, kamala: User) -> None:
    response = api.post(URL, {"email": "kamala@example.com", "password": PASSWORD})

    assert response.status_code == 200
    body = response.json()
    assert set(body) == {"access", "refresh", "user"}
    assert body["user"]["id"] == kamala.pk


def test_the_case_of_the_email_does_not_matter(api: APIClient, kamala: User) -> None:
    assert api.post(URL, {"email": "Kamala@EXAMPLE.com", "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"email": "kamala@example.com", "password": "wrong-password"},
        {"email": "nobody@example.com", "password": PASSWORD},
        {"email": "inactive@example.com", "password": PASSWORD},
    ],
)
def test_every_reason_to_refuse_looks_and_costs_the_same(
    api: APIClient, kamala: User, settings: Settings, body: dict[str, str]
) -> None:
    UserFactory(email="inactive@example.com", is_active=False)
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.hashed.clear()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = api.post(URL, body)

    assert error(response) == REFUSED
    assert response.json()["errors"][0]["detail"] == "No account has this e-mail and password."
    assert CountingHasher.hashed == [body["password"]]
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"email", "password"}),
        ({"email": "kamala@example.com", "password": ""}, {"password"}),
        ({"email": {"a": 1}, "password": PASSWORD}, {"email"}),
        ({"email": "kamala@example.com\0", "password": PASSWORD}, {"email"}),
        ({"email": "kamala@example.com", "password": "x" * 1000}, {"password"}),
    ],
)
def test_a_malformed_login_is_bad_input(api: APIClient, body: dict[str, Any], fields: set[str]) -> None:
    assert attributes(api.post(URL, body)) == fields


def test_demo_accounts_log_in_on_a_developers_machine(api: APIClient, settings: Settings) -> None:
    settings.DEBUG = True
    UserFactory(email="customer@sewabazaar.test")

    assert api.post(URL, {"email": "customer@sewabazaar.test", "password": PASSWORD}).status_code == 200


def test_demo_accounts_do_not_log_in_on_a_real_server(
    api: APIClient, settings: Settings, login: Callable[[User], APIClient]
) -> None:
    settings.DEBUG = False
    demo = UserFactory(email="customer@sewabazaar.test")

    assert error(api.post(URL, {"email": demo.email, "password": PASSWORD})) == REFUSED
    assert error(login(demo).get("/api/auth/me/")) == (401, "user_inactive", None)


def test_an_expired_access_token_keeps_nobody_from_logging_in(api: APIClient, kamala: User) -> None:
    api.credentials(HTTP_AUTHORIZATION="Bearer expired")

    assert api.post(URL, {"email": kamala.email, "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Bearer one two", "Bearer \xff"])
def test_a_bad_token_is_refused_in_the_apis_shape(api: APIClient, header: str, db: None) -> None:
    response = api.get("/api/auth/me/", HTTP_AUTHORIZATION=header)

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="api"'
    body = response.json()
    assert body["type"] == "client_error"
    assert [item["attr"] for item in body["errors"]] == [None]


def test_the_token_of_a_deleted_or_closed_account_is_refused(login: Callable[[User], APIClient]) -> None:
    closed, deleted = UserFactory(), UserFactory()
    clients = login(closed), login(deleted)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    deleted.delete()

    assert [client.get("/api/auth/me/").status_code for client in clients] == [401, 401]
