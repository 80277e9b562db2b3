"""How many mails an address gets that nobody has confirmed, of all kinds together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
EMAIL = "maya@example.com"
NEWCOMER = {
    "email": EMAIL,
    "password": PASSWORD,
    "full_name": "Maya Lama",
    "phone": "9841234567",
    "role": "customer",
}


@pytest.fixture(autouse=True)
def _limits(settings: Settings) -> None:
    settings.THROTTLE_LOGIN = "100/min"
    settings.THROTTLE_MAIL = "3/hour"


@pytest.fixture
def send(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., int]:
    """Call the API and return the status, once what it sends has been sent."""

    def call(path: str, body: dict[str, str] | None = None, *, as_user: User | None = None) -> int:
        client = APIClient()
        client.force_authenticate(as_user)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/api/auth/{path}", body or {}).status_code

    return call


def test_all_kinds_together_are_bounded_until_the_hour_is_over(
    send: Callable[..., int], posted: Callable[[str], list[EmailMessage]]
) -> None:
    assert send("register/", NEWCOMER) == 201
    maya = User.objects.get(email=EMAIL)
    assert send("verify-email/resend/", as_user=maya) == 204
    assert send("password-reset/", {"email": EMAIL}) == 204

    assert send("verify-email/resend/", as_user=maya) == 429
    assert send("password-reset/", {"email": EMAIL}) == 204

    assert len(posted(EMAIL)) == 3
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert send("verify-email/resend/", as_user=maya) == 204
    assert len(posted(EMAIL)) == 4


def test_resets_that_somebody_asked_for_keep_nobody_from_registering(
    send: Callable[..., int], posted: Callable[[str], list[EmailMessage]]
) -> None:
    for _ in range(3):
        assert send("password-reset/", {"email": EMAIL}) == 204

    assert send("register/", NEWCOMER) == 201
    assert posted(EMAIL) == []
