from typing import Any

import pytest
import time_machine
from django.core import signing
from rest_framework.test import APIClient

from apps.accounts.links import verification_token
from apps.accounts.models import User
from apps.common.tests.errors import attributes, error

URL = "/api/auth/verify-email/"
REFUSED = (400, "invalid_token", "token")


def test_the_token_of_the_mail_confirms_the_email(api: APIClient, kamala: User) -> None:
    response = api.post(URL, {"token": verification_token(kamala)})

    assert (response.status_code, response.content) == (204, b"")
    kamala.refresh_from_db()
    assert kamala.email_verified_at is not None


def test_again_changes_nothing(api: APIClient, kamala: User) -> None:
    token = verification_token(kamala)
    api.post(URL, {"token": token})
    kamala.refresh_from_db()
    first = kamala.email_verified_at

    assert api.post(URL, {"token": token}).status_code == 204
    kamala.refresh_from_db()
    assert kamala.email_verified_at == first


def test_the_token_is_good_for_a_week(api: APIClient, kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        token = verification_token(kamala)
        clock.shift(7 * 24 * 3600 + 1)

        assert error(api.post(URL, {"token": token})) == REFUSED


def test_the_token_is_for_the_email_it_was_sent_to(api: APIClient, kamala: User) -> None:
    token = verification_token(kamala)
    User.objects.filter(pk=kamala.pk).update(email="kamala.new@example.com")

    assert error(api.post(URL, {"token": token})) == REFUSED


def test_a_token_signed_for_something_else_is_refused(api: APIClient, kamala: User) -> None:
    token = signing.dumps({"user": kamala.pk, "email": kamala.email}, salt="something else")

    assert error(api.post(URL, {"token": token})) == REFUSED


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "नमस्ते"])
def test_a_made_up_token_is_refused(api: APIClient, db: None, token: str) -> None:
    assert error(api.post(URL, {"token": token})) == REFUSED


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": {}}, {"token": "a\0"}, {"token": "x" * 3000}])
def test_a_missing_token_is_bad_input(api: APIClient, db: None, body: dict[str, Any]) -> None:
    assert attributes(api.post(URL, body)) == {"token"}
