from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.links import verification_token
from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tokens import tokens_issue
from apps.common.tests.errors import attributes, error

pytestmark = pytest.mark.django_db
URL = "/api/auth/verify-email/"
RESEND = f"{URL}resend/"
Login = Callable[[User], APIClient]
Posted = Callable[[str], list[EmailMessage]]
REFUSED = (400, "invalid_token", "token")


@pytest.fixture
def kamala(kamala: User) -> User:
    """Kamala, before she has confirmed her e-mail."""
    kamala.email_verified_at = None
    kamala.save()
    return kamala


def test_the_token_of_the_mail_confirms_the_email_of_who_is_logged_in(login: Login, kamala: User) -> None:
    response = login(kamala).post(URL, {"token": verification_token(kamala)})

    assert (response.status_code, response.content) == (204, b"")
    kamala.refresh_from_db()
    assert kamala.email_verified_at is not None


def test_the_token_alone_confirms_nothing(api: APIClient, login: Login, kamala: User, suresh: User) -> None:
    for client in (api, login(suresh)):
        answer = client.post(URL, {"token": verification_token(kamala)})
        assert error(answer) == (400, "password_required", "new_password")

    kamala.refresh_from_db()
    assert kamala.email_verified_at is None


def test_the_password_confirms_it_too(api: APIClient, kamala: User) -> None:
    token = verification_token(kamala)

    wrong = api.post(URL, {"token": token, "password": "terraced-Hills-81"})

    assert error(wrong) == (400, "wrong_password", "password")
    assert api.post(URL, {"token": token, "password": PASSWORD}).status_code == 204
    kamala.refresh_from_db()
    assert kamala.email_verified
    assert kamala.check_password(PASSWORD)


def test_a_new_password_shuts_out_who_registered_somebody_elses_email(api: APIClient, kamala: User) -> None:
    refresh = tokens_issue(kamala)["refresh"]

    answer = api.post(URL, {"token": verification_token(kamala), "new_password": "terraced-Hills-81"})

    assert answer.status_code == 204
    kamala.refresh_from_db()
    assert kamala.email_verified
    assert api.post("/api/auth/refresh/", {"refresh": refresh}).status_code == 401
    for password, status in ((PASSWORD, 401), ("terraced-Hills-81", 200)):
        body = {"email": kamala.email, "password": password}
        assert api.post("/api/auth/login/", body).status_code == status


def test_a_weak_new_password_confirms_nothing(api: APIClient, kamala: User) -> None:
    answer = api.post(URL, {"token": verification_token(kamala), "new_password": "short"})

    assert attributes(answer) == {"new_password"}
    kamala.refresh_from_db()
    assert not kamala.email_verified


def test_passwords_are_guessed_no_more_often_than_at_the_login(
    api: APIClient, kamala: User, settings: Settings
) -> None:
    settings.THROTTLE_LOGIN = "2/min"
    body = {"token": verification_token(kamala), "password": "wrong"}

    assert [api.post(URL, body).status_code for _ in range(3)] == [400, 400, 429]
    body = {"email": kamala.email, "password": PASSWORD}
    assert api.post("/api/auth/login/", body).status_code == 429


def test_the_mail_is_sent_again(
    login: Login,
    kamala: User,
    suresh: User,
    posted: Posted,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.THROTTLE_LOGIN = "10/min"
    with django_capture_on_commit_callbacks(execute=True):
        answers = [login(kamala).post(RESEND) for _ in range(6)]
        assert login(suresh).post(RESEND).status_code == 204

    assert [answer.status_code for answer in answers] == [204] * 5 + [429]
    assert answers[-1]["Retry-After"]
    assert len(posted(kamala.email)) == 5
    assert posted(suresh.email) == []


def test_a_stranger_has_no_mail_sent(api: APIClient) -> None:
    assert api.post(RESEND).status_code == 401


def test_again_changes_nothing(api: APIClient, login: Login, kamala: User) -> None:
    token = verification_token(kamala)
    login(kamala).post(URL, {"token": token})
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
