"""What people paste into names, e-mails and phones: through the API, the admin and the command."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.accounts.tests.test_register import URL, registration
from apps.common.tests.errors import error

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u2800", "\u0301", "\u00ad\ufeff", "\u202e"])
def test_a_name_that_shows_nothing_is_blank(api: APIClient, name: str) -> None:
    assert error(api.post(URL, registration(full_name=name))) == (400, "blank", "full_name")


def test_a_name_loses_what_nobody_sees(api: APIClient) -> None:
    user = api.post(URL, registration(full_name="\u202aRam\x0bBaha\u200bdur\u00a0Thapa\u202c")).json()["user"]
    assert user["full_name"] == "Ram Bahadur Thapa"


def test_a_name_with_control_characters_is_refused(api: APIClient) -> None:
    assert error(api.post(URL, registration(full_name="Ram\x1bThapa"))) == (400, "invalid_text", "full_name")


@pytest.mark.parametrize(
    "email",
    [
        "kamala@example.com\u200b",
        "\ufeffkamala@example.com",
        "kama\u00adla@exam\u200dple.com",
        "\uff4b\uff41mala\uff20example.com",
        "kamala@example\uff0ecom",
        '"kamala"@example.com',
    ],
)
def test_an_email_that_looks_the_same_is_the_same_account(api: APIClient, kamala: User, email: str) -> None:
    assert error(api.post(URL, registration(email=email))) == (400, "unique", "email")
    assert api.post("/api/auth/login/", {"email": email, "password": PASSWORD}).status_code == 200


def test_a_domain_is_one_in_whatever_letters(api: APIClient) -> None:
    assert api.post(URL, registration(email="ram@नेपाल.com")).status_code == 201
    assert error(api.post(URL, registration(email="ram@xn--l2bey1c2b.com"))) == (400, "unique", "email")
    login = {"email": "ram@नेपाल.COM", "password": PASSWORD}
    assert api.post("/api/auth/login/", login).status_code == 200


@pytest.mark.parametrize("email", ["ram@☃️\ue000.com", "rám@example.com", "ram@-नेपाल-.com"])
def test_what_can_be_no_email_is_refused(api: APIClient, email: str) -> None:
    assert error(api.post(URL, registration(email=email)))[::2] == (400, "email")


@pytest.mark.parametrize(
    "phone",
    [
        "\u202a+977 984\u2011123\u20114567\u202c",
        "+977\u00a09841234567\u200b",
        "\uff0b\uff19\uff17\uff17\uff19\uff18\uff14\uff11\uff12\uff13\uff14\uff15\uff16\uff17",
        "\u2066९८४१–२३४५६७\u2069",
        "984\u22121234567",
        "\ufeff9841234567",
    ],
)
def test_a_phone_number_pasted_from_a_chat_is_taken(api: APIClient, phone: str) -> None:
    assert api.post(URL, registration(phone=phone)).json()["user"]["phone"] == "+9779841234567"


def test_a_password_is_taken_as_it_is(api: APIClient) -> None:
    password = "e\u0301t\u200be-\u00a0of 1988 "
    assert api.post(URL, registration(password=password)).status_code == 201
    assert User.objects.get(email="maya@example.com").check_password(password)


@pytest.fixture
def form(anita: User) -> Any:
    client = Client()
    client.force_login(anita)

    def post(**changes: str) -> Any:
        typed = {"email": "ram@example.com", "full_name": "Ram", "phone": "", "role": "customer"}
        secret = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
        return client.post("/admin/accounts/user/add/", typed | secret | changes)

    return post


def test_the_admin_follows_the_same_rule(form: Any) -> None:
    assert form(email="ram@example.com\u200b", full_name="Ram\u200b\u00a0Thapa\x0b").status_code == 302
    assert User.objects.get(email="ram@example.com").full_name == "Ram Thapa"


@pytest.mark.parametrize(
    ("field", "value"),
    [("full_name", "\u200b"), ("full_name", "Ram\x1b"), ("email", "kamala@example.com\u200b")],
)
def test_the_admin_refuses_what_the_api_refuses(form: Any, kamala: User, field: str, value: str) -> None:
    assert form(**{field: value}).context["adminform"].form.errors.keys() == {field}


def test_the_command_follows_the_same_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", interactive=False, email="boss@example.com\u200b", full_name="Big\u200b\x0bBoss"
    )
    assert User.objects.get(email="boss@example.com").full_name == "Big Boss"
    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, email="b@example.com", full_name="\u200b")


def test_the_admin_searches_for_whatever_is_typed(anita: User) -> None:
    client = Client()
    client.force_login(anita)
    for path in ("/admin/accounts/user/", "/admin/services/service/", "/admin/bookings/booking/"):
        assert client.get(path, {"q": "\x1b\u200b"}).status_code == 200
