import re
from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tokens import tokens_issue
from apps.common.tests.errors import attributes, error

pytestmark = pytest.mark.django_db

NEW = "terraced-Hills-81"
CHANGE = "/api/auth/password-change/"
RESET = "/api/auth/password-reset/"
CONFIRM = "/api/auth/password-reset/confirm/"
Posted = Callable[[str], list[EmailMessage]]


class MeddlingHasher(MD5PasswordHasher):
    """Replaces the victim's password while another is being made."""

    victim = 0

    def encode(self, password: str, salt: str) -> str:
        encoded = super().encode(password, salt)
        if password == NEW:
            User.objects.filter(pk=self.victim).update(password="!")
        return encoded


def link(message: EmailMessage) -> dict[str, str]:
    """Return the `uid` and `token` of the mail's link."""
    found = re.search(r"/reset-password\?uid=(\S+?)&token=(\S+)", str(message.body))
    assert found is not None
    return {"uid": found[1], "token": found[2]}


def refresh_status(token: str) -> int:
    return APIClient().post("/api/auth/refresh/", {"refresh": token}).status_code


def test_a_new_password_ends_all_refresh_tokens(login: Callable[[User], APIClient], kamala: User) -> None:
    tokens = [tokens_issue(kamala)["refresh"] for _ in range(2)]

    response = login(kamala).post(CHANGE, {"old_password": PASSWORD, "new_password": NEW})

    assert (response.status_code, response.content) == (204, b"")
    assert [refresh_status(token) for token in tokens] == [401, 401]
    kamala.refresh_from_db()
    assert kamala.check_password(NEW)


def test_the_same_password_again_ends_them_too(login: Callable[[User], APIClient], kamala: User) -> None:
    token = tokens_issue(kamala)["refresh"]

    login(kamala).post(CHANGE, {"old_password": PASSWORD, "new_password": PASSWORD})

    assert refresh_status(token) == 401


def test_the_old_password_has_to_be_known(login: Callable[[User], APIClient], kamala: User) -> None:
    response = login(kamala).post(CHANGE, {"old_password": "wrong", "new_password": NEW})

    assert error(response) == (400, "wrong_password", "old_password")


@pytest.mark.parametrize("new", ["short", "12345678901", "kamala@example.com", "", None, "a\0" * 6])
def test_a_weak_password_is_refused(login: Callable[[User], APIClient], kamala: User, new: str) -> None:
    response = login(kamala).post(CHANGE, {"old_password": PASSWORD, "new_password": new})

    assert attributes(response) == {"new_password"}


def test_a_password_change_needs_a_login(api: APIClient) -> None:
    assert api.post(CHANGE, {"old_password": PASSWORD, "new_password": NEW}).status_code == 401


def test_guesses_of_the_old_password_count_as_failed_logins(
    login: Callable[[User], APIClient], kamala: User, settings: Settings
) -> None:
    settings.THROTTLE_LOGIN = "2/min"
    client = login(kamala)
    guesses = [client.post(CHANGE, {"old_password": "no", "new_password": NEW}).status_code for _ in range(3)]

    assert guesses == [400, 400, 429]
    assert APIClient().post("/api/auth/login/", {"email": kamala.email, "password": "no"}).status_code == 429


@pytest.mark.parametrize("path", [CHANGE, CONFIRM])
def test_the_loser_of_two_changes_at_once_is_told(
    login: Callable[[User], APIClient], kamala: User, posted: Posted, path: str, settings: Settings
) -> None:
    APIClient().post(RESET, {"email": kamala.email})
    body = {"password": NEW, **link(posted(kamala.email)[-1]), "old_password": PASSWORD, "new_password": NEW}
    client = login(kamala)
    MeddlingHasher.victim = kamala.pk
    settings.PASSWORD_HASHERS = [f"{__name__}.MeddlingHasher"]

    assert client.post(path, body).status_code == 400


def test_a_reset_mails_a_link_that_sets_a_new_password(api: APIClient, kamala: User, posted: Posted) -> None:
    token = tokens_issue(kamala)["refresh"]
    assert api.post(RESET, {"email": "Kamala@example.com"}).status_code == 204
    (message,) = posted(kamala.email)

    response = api.post(CONFIRM, {**link(message), "password": NEW})

    assert (response.status_code, response.content) == (204, b"")
    assert refresh_status(token) == 401
    assert api.post("/api/auth/login/", {"email": kamala.email, "password": NEW}).status_code == 200


def test_a_reset_proves_the_email(api: APIClient, kamala: User, posted: Posted) -> None:
    api.post(RESET, {"email": kamala.email})

    api.post(CONFIRM, {**link(posted(kamala.email)[0]), "password": NEW})

    kamala.refresh_from_db()
    assert kamala.email_verified_at is not None


def test_the_mail_is_in_the_users_language(api: APIClient, posted: Posted, settings: Settings) -> None:
    UserFactory(email="maya@example.com", language="ne")

    api.post(RESET, {"email": "maya@example.com"})

    (message,) = posted("maya@example.com")
    assert message.subject == "नयाँ पासवर्ड छान्नुहोस्"
    assert f"{settings.FRONTEND_URL}/reset-password?uid=" in message.body
    assert "&amp;" not in message.body


@pytest.mark.parametrize("email", ["nobody@example.com", "closed@example.com", "demo@sewabazaar.test"])
def test_the_answer_is_the_same_where_no_mail_goes_out(
    api: APIClient, posted: Posted, settings: Settings, email: str
) -> None:
    settings.DEBUG = False
    UserFactory(email="closed@example.com", is_active=False)
    UserFactory(email="demo@sewabazaar.test")

    response = api.post(RESET, {"email": email})

    assert (response.status_code, response.content) == (204, b"")
    assert posted(email) == []


def test_a_mail_that_cannot_be_sent_is_logged_and_nothing_else(
    api: APIClient, kamala: User, posted: Posted, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert api.post(RESET, {"email": kamala.email}).status_code == 204

    posted(kamala.email)
    assert "accounts/mail/password_reset.en.txt could not be sent" in caplog.text


def test_a_link_is_good_for_one_use(api: APIClient, kamala: User, posted: Posted) -> None:
    api.post(RESET, {"email": kamala.email})
    body = {**link(posted(kamala.email)[0]), "password": NEW}

    assert api.post(CONFIRM, body).status_code == 204
    assert error(api.post(CONFIRM, body)) == (400, "invalid_token", "token")


def test_a_link_is_good_for_an_hour(api: APIClient, kamala: User, posted: Posted) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        api.post(RESET, {"email": kamala.email})
        body = {**link(posted(kamala.email)[0]), "password": NEW}
        clock.shift(3601)

        assert error(api.post(CONFIRM, body)) == (400, "invalid_token", "token")


def test_a_weak_password_leaves_the_link_good(api: APIClient, kamala: User, posted: Posted) -> None:
    api.post(RESET, {"email": kamala.email})
    body = link(posted(kamala.email)[0])

    assert attributes(api.post(CONFIRM, {**body, "password": "12345678"})) == {"password"}
    assert api.post(CONFIRM, {**body, "password": NEW}).status_code == 204


def test_the_link_of_an_account_that_was_closed_is_dead(api: APIClient, kamala: User, posted: Posted) -> None:
    api.post(RESET, {"email": kamala.email})
    User.objects.filter(pk=kamala.pk).update(is_active=False)

    response = api.post(CONFIRM, {**link(posted(kamala.email)[0]), "password": NEW})

    assert error(response) == (400, "invalid_token", "token")


@pytest.mark.parametrize(
    "uid", ["MQ", "nonsense", "====", "नमस्ते", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "_w"]
)
@pytest.mark.parametrize("token", ["a-b", "nonsense", "🔑"])
def test_a_made_up_link_is_refused(api: APIClient, kamala: User, uid: str, token: str) -> None:
    response = api.post(CONFIRM, {"uid": uid, "token": token, "password": NEW})

    assert error(response) == (400, "invalid_token", "token")


@pytest.mark.parametrize("path", [RESET, CONFIRM])
def test_a_body_without_its_fields_is_bad_input(api: APIClient, path: str) -> None:
    assert api.post(path, {}).status_code == 400
    assert api.post(path, [1]).status_code == 400


def test_nobody_is_mail_bombed(api: APIClient, kamala: User, posted: Posted, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "10/min"

    answers = {api.post(RESET, {"email": kamala.email}).status_code for _ in range(8)}

    assert answers == {204}
    assert len(posted(kamala.email)) == 5


def test_one_address_asks_for_so_many_mails_and_no_more(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "1/min"

    answers = [api.post(RESET, {"email": f"person{n}@example.com"}).status_code for n in range(11)]

    assert answers == [204] * 10 + [429]
