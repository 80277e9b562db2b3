from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.events import provider_registered
from apps.accounts.models import AttemptCount, User
from apps.accounts.tests.factories import PASSWORD
from apps.common.tests.errors import attributes, error

pytestmark = pytest.mark.django_db

URL = "/api/auth/register/"


def registration(**changes: Any) -> dict[str, Any]:
    return {
        "email": "maya@example.com",
        "password": PASSWORD,
        "full_name": "Maya Thapa",
        "phone": "9841234567",
        "role": "customer",
    } | changes


def test_a_customer_registers_and_is_logged_in(api: APIClient) -> None:
    response = api.post(URL, registration(gender="female", language="ne"))

    assert response.status_code == 201
    body = response.json()
    user = User.objects.get(email="maya@example.com")
    assert set(body) == {"user", "access", "refresh"}
    assert body["user"] == {
        "id": user.pk,
        "email": "maya@example.com",
        "email_verified": False,
        "full_name": "Maya Thapa",
        "phone": "+9779841234567",
        "phone_verified": False,
        "role": "customer",
        "gender": "female",
        "language": "ne",
    }
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {body['access']}")
    assert api.get("/api/auth/me/").json() == body["user"]


def test_gender_and_language_may_be_left_out(api: APIClient) -> None:
    user = api.post(URL, registration()).json()["user"]

    assert (user["gender"], user["language"]) == ("", "en")


def test_the_password_is_stored_hashed(api: APIClient) -> None:
    api.post(URL, registration())

    user = User.objects.get(email="maya@example.com")
    assert PASSWORD not in user.password
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("name", ["email", "password", "full_name", "phone", "role"])
def test_each_of_these_is_required(api: APIClient, name: str) -> None:
    body = registration()
    del body[name]

    assert error(api.post(URL, body)) == (400, "required", name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("email", "nobody"),
        ("email", "a" * 250 + "@example.com"),
        ("email", ["maya@example.com"]),
        ("email", "maya\0@example.com"),
        ("password", "short"),
        ("password", "123456789012"),
        ("password", "password123"),
        ("password", "maya-example"),
        ("password", "Maya Thapa"),
        ("password", "x" * 129),
        ("password", {}),
        ("full_name", "   "),
        ("full_name", "x" * 121),
        ("full_name", "Maya\0"),
        ("phone", "12345"),
        ("phone", "9" * 500),
        ("phone", "+14155552671"),
        ("phone", "98412\x00345"),
        ("phone", True),
        ("phone", None),
        ("role", "admin"),
        ("role", "king"),
        ("role", ["customer"]),
        ("gender", "unknown"),
        ("language", "fr"),
    ],
)
def test_what_does_not_fit_is_refused(api: APIClient, name: str, value: Any) -> None:
    assert attributes(api.post(URL, registration(**{name: value}))) == {name}
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["kamala@example.com", "KAMALA@Example.Com", " kamala@example.com "])
def test_a_taken_email_is_refused(api: APIClient, kamala: User, email: str) -> None:
    assert error(api.post(URL, registration(email=email))) == (400, "unique", "email")


def test_rights_in_the_body_are_ignored(api: APIClient) -> None:
    api.post(
        URL, registration(is_staff=True, is_superuser=True, email_verified_at="2026-01-01T00:00:00Z", id=1)
    )

    user = User.objects.get(email="maya@example.com")
    assert (user.is_staff, user.is_superuser, user.email_verified_at) == (False, False, None)


def test_a_provider_is_announced_inside_the_transaction() -> None:
    api = APIClient(raise_request_exception=False)

    def refuse(user: User, **kwargs: Any) -> None:
        raise RuntimeError(user.email)

    provider_registered.connect(refuse)
    try:
        response = api.post(URL, registration(role="provider"))
    finally:
        provider_registered.disconnect(refuse)

    assert response.status_code == 500
    assert not User.objects.filter(email="maya@example.com").exists()


def test_a_customer_is_not_announced(api: APIClient) -> None:
    announced: list[User] = []

    def note(user: User, **kwargs: Any) -> None:
        announced.append(user)

    provider_registered.connect(note)
    try:
        api.post(URL, registration())
        api.post(URL, registration(email="other@example.com", role="provider"))
    finally:
        provider_registered.disconnect(note)

    assert [user.email for user in announced] == ["other@example.com"]


@pytest.mark.parametrize(("language", "subject"), [("en", "Confirm your e-mail"), ("ne", "पुष्टि गर्नुहोस्")])
def test_a_mail_asks_to_confirm_the_email_in_the_users_language(
    api: APIClient,
    posted: Callable[[str], list[EmailMessage]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
    language: str,
    subject: str,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        api.post(URL, registration(language=language))

    (message,) = posted("maya@example.com")
    assert subject in message.subject
    assert f"{settings.FRONTEND_URL}/verify-email?token=" in message.body
    # Whoever registers a stranger's e-mail must not get to write to them.
    assert "Maya" not in message.body


def test_only_taken_emails_count_as_failures(api: APIClient, kamala: User, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "2/min"
    for number in range(3):
        assert api.post(URL, registration(email=f"new{number}@example.com")).status_code == 201
        assert api.post(URL, registration(password="short")).status_code == 400

    taken = [api.post(URL, registration(email=kamala.email)).status_code for _ in range(3)]

    assert taken == [400, 400, 429]


def test_an_address_registers_ten_times_an_hour(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_REGISTER = "10/hour"
    emails = [registration(email=f"new{number}@example.com") for number in range(11)]

    answers = [api.post(URL, body) for body in emails]

    assert [answer.status_code for answer in answers] == [201] * 10 + [429]
    assert error(answers[-1])[1] == "throttled"
    assert 3500 < int(answers[-1]["Retry-After"]) <= 3600
    assert api.post(URL, emails[-1], REMOTE_ADDR="198.51.100.7").status_code == 201


def test_neither_email_nor_address_is_kept_by_the_throttle(api: APIClient, settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "2/min"

    api.post(URL, registration())

    subjects = list(AttemptCount.objects.values_list("subject", flat=True))
    assert len(subjects) == 3
    assert not any("maya" in subject or "127.0.0.1" in subject for subject in subjects)
