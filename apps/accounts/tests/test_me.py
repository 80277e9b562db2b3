from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.api.serializers import UserSerializer
from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.common.tests.errors import attributes, error

URL = "/api/auth/me/"


def test_everybody_sees_his_own_account(login: Callable[[User], APIClient], bishnu: User) -> None:
    assert login(bishnu).get(URL).json() == {
        "id": bishnu.pk,
        "email": "bishnu@example.com",
        "email_verified": True,
        "full_name": "Bishnu Tamang",
        "phone": bishnu.phone,
        "phone_verified": True,
        "role": "provider",
        "gender": "male",
        "language": "en",
    }


@pytest.mark.parametrize("method", ["get", "patch"])
def test_a_stranger_has_no_account(api: APIClient, db: None, method: str) -> None:
    assert error(getattr(api, method)(URL)) == (401, "not_authenticated", None)


def test_name_phone_gender_and_language_can_be_changed(
    login: Callable[[User], APIClient], kamala: User
) -> None:
    changes = {"full_name": "Kamala Rana", "phone": "01-4123456", "gender": "female", "language": "ne"}

    response = login(kamala).patch(URL, changes)

    assert response.status_code == 200
    kamala.refresh_from_db()
    assert (kamala.full_name, kamala.phone) == ("Kamala Rana", "+97714123456")
    assert (kamala.gender, kamala.language) == ("female", "ne")
    assert response.json()["phone"] == "+97714123456"


def test_another_phone_is_not_confirmed(login: Callable[[User], APIClient], kamala: User) -> None:
    api = login(kamala)

    assert api.patch(URL, {"phone": kamala.phone, "language": "ne"}).json()["phone_verified"] is True
    assert api.patch(URL, {"phone": "9841999999"}).json()["phone_verified"] is False
    assert api.get(URL).json()["phone_verified"] is False


def test_email_role_and_rights_stay(login: Callable[[User], APIClient], kamala: User) -> None:
    changes = {"email": "new@example.com", "role": "admin", "id": 1, "is_staff": True, "password": "x"}

    assert login(kamala).patch(URL, changes).status_code == 200

    kamala.refresh_from_db()
    assert (kamala.email, kamala.role, kamala.is_staff) == ("kamala@example.com", "customer", False)
    assert kamala.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("full_name", ""),
        ("full_name", None),
        ("full_name", "a\0b"),
        ("phone", "nobody"),
        ("phone", ""),
        ("gender", "x"),
        ("gender", ["male"]),
        ("language", "de"),
        ("language", ""),
    ],
)
def test_what_does_not_fit_is_refused(
    login: Callable[[User], APIClient], kamala: User, name: str, value: Any
) -> None:
    assert attributes(login(kamala).patch(URL, {name: value})) == {name}


@pytest.mark.parametrize("method", ["put", "post", "delete"])
def test_other_methods_are_not_allowed(login: Callable[[User], APIClient], kamala: User, method: str) -> None:
    assert error(getattr(login(kamala), method)(URL)) == (405, "method_not_allowed", None)


def test_a_change_does_not_bring_an_old_password_back(kamala: User) -> None:
    stale = User.objects.get(pk=kamala.pk)
    kamala.set_password("terraced-Hills-81")
    kamala.save()

    serializer = UserSerializer(stale, data={"full_name": "Kamala Rana"}, partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()

    kamala.refresh_from_db()
    assert kamala.check_password("terraced-Hills-81")
