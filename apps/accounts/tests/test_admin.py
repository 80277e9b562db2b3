from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from apps.accounts.links import verification_token
from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD, UserFactory
from apps.accounts.tokens import tokens_issue

Posted = Callable[[str], list[EmailMessage]]
LOGIN = "/admin/login/"
LIST = "/admin/accounts/user/"


@pytest.fixture
def chief(client: Client, anita: User) -> Client:
    client.force_login(anita)
    return client


@pytest.fixture
def clerk(db: None) -> Client:
    """Staff who may look at and change users, and is no superuser."""
    user = UserFactory(role="admin", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client = Client()
    client.force_login(user)
    return client


def page(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def form(user: User, **changes: Any) -> dict[str, Any]:
    """Return what the browser sends from a user's page."""
    names = ["email", "full_name", "phone", "gender", "language", "role"]
    fields = {name: getattr(user, name) for name in names} | {"is_active": "on"} | changes
    return {name: value for name, value in fields.items() if value is not None}


def test_staff_log_in_with_their_email(client: Client, anita: User) -> None:
    response = client.post(LOGIN, {"username": "Anita@example.com", "password": PASSWORD})

    assert response.status_code == 302


def test_a_customer_does_not_get_in(client: Client, kamala: User) -> None:
    response = client.post(LOGIN, {"username": kamala.email, "password": PASSWORD})

    assert response.status_code == 200
    assert client.get(LIST).status_code == 302


def test_the_admins_login_is_throttled_like_the_apis(client: Client, anita: User, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "2/min"
    for _ in range(2):
        client.post(LOGIN, {"username": anita.email, "password": "wrong"})

    response = client.post(LOGIN, {"username": anita.email, "password": PASSWORD})

    assert "Too many attempts" in response.content.decode()
    assert client.get(LIST).status_code == 302
    api = client.post("/api/auth/login/", {"email": anita.email, "password": PASSWORD}, "application/json")
    assert api.status_code == 429


def test_the_list_is_searched_and_filtered(chief: Client, kamala: User, bishnu: User) -> None:
    found = chief.get(LIST, {"q": "Kamala"}).content.decode()
    assert kamala.email in found
    assert bishnu.email not in found

    filtered = chief.get(LIST, {"role__exact": "provider"}).content.decode()
    assert bishnu.email in filtered
    assert kamala.email not in filtered


def test_no_part_of_the_password_is_shown(chief: Client, kamala: User) -> None:
    shown = chief.get(page(kamala)).content.decode()

    assert kamala.full_name in shown
    assert kamala.password.split("$")[0] not in shown
    assert kamala.password.split("$")[-1][:6] not in shown


def test_a_superuser_changes_a_role(chief: Client, kamala: User) -> None:
    response = chief.post(
        page(kamala), form(kamala, role="provider", email="KAMALA@example.com", phone="9841234567")
    )

    assert response.status_code == 302
    kamala.refresh_from_db()
    assert (kamala.role, kamala.email, kamala.phone) == ("provider", "kamala@example.com", "+9779841234567")


def test_other_staff_change_everything_but_rights(clerk: Client, kamala: User) -> None:
    changes = form(kamala, full_name="Kamala Rana", role="admin", is_staff="on", is_superuser="on")

    assert clerk.post(page(kamala), changes).status_code == 302

    kamala.refresh_from_db()
    assert (kamala.full_name, kamala.role) == ("Kamala Rana", "customer")
    assert (kamala.is_staff, kamala.is_superuser) == (False, False)


def test_other_staff_cannot_take_over_a_superuser(clerk: Client, anita: User) -> None:
    assert clerk.post(page(anita), form(anita, email="mine@example.com")).status_code == 403
    passwords = {"password1": "terraced-Hills-81", "password2": "terraced-Hills-81"}
    assert clerk.post(f"{LIST}{anita.pk}/password/", passwords).status_code == 403


def test_a_bad_phone_is_refused(chief: Client, kamala: User) -> None:
    response = chief.post(page(kamala), form(kamala, phone="12"))

    assert "Enter a phone number of Nepal." in response.content.decode()


def test_a_taken_email_is_refused_whatever_its_case(chief: Client, kamala: User, suresh: User) -> None:
    response = chief.post(page(kamala), form(kamala, email=suresh.email.upper()))

    assert response.status_code == 200
    kamala.refresh_from_db()
    assert kamala.email == "kamala@example.com"


def test_a_superuser_adds_an_admin(chief: Client) -> None:
    new = {"email": "Hari@example.com", "full_name": "Hari", "role": "admin", "usable_password": "true"}
    passwords = {"password1": "terraced-Hills-81", "password2": "terraced-Hills-81"}

    response = chief.post(f"{LIST}add/", new | passwords)

    assert response.status_code == 302, response.context["adminform"].errors
    assert User.objects.get(email="hari@example.com").check_password("terraced-Hills-81")


def test_a_password_set_by_an_admin_ends_refresh_tokens(chief: Client, kamala: User) -> None:
    token = tokens_issue(kamala)["refresh"]
    passwords = {
        "password1": "terraced-Hills-81",
        "password2": "terraced-Hills-81",
        "usable_password": "true",
    }

    assert chief.post(f"{LIST}{kamala.pk}/password/", passwords).status_code == 302

    response = Client().post("/api/auth/refresh/", {"refresh": token}, "application/json")
    assert response.status_code == 401


def test_a_new_email_or_phone_is_not_confirmed(
    chief: Client,
    kamala: User,
    posted: Posted,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    refresh, link = tokens_issue(kamala)["refresh"], verification_token(kamala)
    with django_capture_on_commit_callbacks(execute=True):
        chief.post(page(kamala), form(kamala, email="Kamala.New@example.com", phone="9841999999"))

    kamala.refresh_from_db()
    assert (kamala.email, kamala.email_verified, kamala.phone_verified) == (
        "kamala.new@example.com",
        False,
        False,
    )
    assert "/verify-email?token=" in posted("kamala.new@example.com")[0].body
    browser = Client()
    old = browser.post("/api/auth/verify-email/", {"token": link, "password": PASSWORD}, "application/json")
    assert old.status_code == 400
    assert browser.post("/api/auth/refresh/", {"refresh": refresh}, "application/json").status_code == 401


def test_a_change_of_something_else_leaves_both_confirmed(chief: Client, kamala: User) -> None:
    chief.post(page(kamala), form(kamala, email="KAMALA@example.com", full_name="Kamala Rana"))

    kamala.refresh_from_db()
    assert (kamala.full_name, kamala.email_verified, kamala.phone_verified) == ("Kamala Rana", True, True)


def test_nobody_is_deleted(chief: Client, kamala: User) -> None:
    assert chief.post(f"{LIST}{kamala.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=kamala.pk).exists()
