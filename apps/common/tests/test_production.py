"""What a production process refuses to start on."""

import os
import subprocess
import sys
from pathlib import Path

import environ
import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from apps.common.checks import development_values
from sewabazaar.production import NEVER_EMPTY, REQUIRED, refuse_development_values

PRODUCTION = {
    "DEBUG": "False",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "sewabazaar.example",
    "CSRF_TRUSTED_ORIGINS": "https://sewabazaar.example",
    "CORS_ALLOWED_ORIGINS": "https://www.sewabazaar.example",
    "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "PUBLIC_URL": "https://sewabazaar.example",
    "FRONTEND_URL": "https://www.sewabazaar.example",
    "EMAIL_URL": "smtp+tls://sewabazaar@mail.example:587",
    "KHALTI_SECRET_KEY": "real",
    "KHALTI_BASE_URL": "https://khalti.com/api/v2/",
    "ESEWA_SECRET_KEY": "real",
    "ESEWA_PRODUCT_CODE": "SEWABAZAAR",
    "ESEWA_FORM_URL": "https://epay.esewa.com.np/api/epay/main/v2/form",
    "ESEWA_STATUS_URL": "https://epay.esewa.com.np/api/epay/transaction/status/",
}
CONNECTIPS = {
    "CONNECTIPS_URL": "https://login.connectips.com",
    "CONNECTIPS_MERCHANT_ID": "7",
    "CONNECTIPS_APP_ID": "MER-7-APP-1",
    "CONNECTIPS_APP_NAME": "SewaBazaar",
    "CONNECTIPS_PASSWORD": "real",
}


def start(**changes: str | None) -> None:
    """Check production's values with some of them changed, or left out (None)."""
    values = {name: value for name, value in (PRODUCTION | changes).items() if value is not None}
    env = environ.Env()
    env.ENVIRON = values
    refuse_development_values(
        env=env,
        sandbox_url="https://sewabazaar.example/sandbox",
        secret_key=values.get("SECRET_KEY", "development"),
        development_secret="development",
    )


def test_production_values_are_fine() -> None:
    start()


@pytest.mark.parametrize("name", REQUIRED)
def test_what_is_not_set_is_named(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        start(**{name: None})


@pytest.mark.parametrize("name", NEVER_EMPTY)
def test_what_is_empty_is_named(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is empty"):
        start(**{name: ""})


def test_an_empty_gateway_secret_means_that_we_do_not_offer_it() -> None:
    start(KHALTI_SECRET_KEY="", KHALTI_BASE_URL=None)
    start(ESEWA_SECRET_KEY="", ESEWA_FORM_URL=None, ESEWA_STATUS_URL=None, ESEWA_PRODUCT_CODE=None)


def test_the_default_secret_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is the development default"):
        start(SECRET_KEY="development")


@pytest.mark.parametrize("name", ["KHALTI_BASE_URL", "ESEWA_FORM_URL", "ESEWA_STATUS_URL"])
@pytest.mark.parametrize("host", ["https://sewabazaar.example", "http://127.0.0.1:8000"])
def test_the_sandbox_is_refused(name: str, host: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} points at the sandbox"):
        start(**{name: f"{host}/sandbox/api/"})


@pytest.mark.parametrize("name", ["KHALTI_BASE_URL", "ESEWA_PRODUCT_CODE", "ESEWA_FORM_URL"])
def test_a_gateway_without_its_address_is_refused(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set, but"):
        start(**{name: None})


@pytest.mark.parametrize(
    ("name", "value"), [("ESEWA_SECRET_KEY", "8gBm/:&EnhH.1/q"), ("ESEWA_PRODUCT_CODE", "EPAYTEST")]
)
def test_the_vendors_public_test_values_are_refused(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} is the vendor's public test value"):
        start(**{name: value})


def test_connectips_is_not_offered_unless_it_is_set_up(signing_key: str) -> None:
    start()
    start(**CONNECTIPS, CONNECTIPS_PRIVATE_KEY="")
    start(**CONNECTIPS, CONNECTIPS_PRIVATE_KEY=signing_key)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        *(({name: None}, f"{name} is not set, but CONNECTIPS_PRIVATE_KEY is") for name in CONNECTIPS),
        ({"CONNECTIPS_PRIVATE_KEY": "bm90IGEga2V5"}, "CONNECTIPS_PRIVATE_KEY can't be read"),
        ({"CONNECTIPS_URL": "http://127.0.0.1/sandbox/connectips"}, "CONNECTIPS_URL points at the sandbox"),
        ({"CONNECTIPS_APP_ID": "MER-550-APP-1"}, "CONNECTIPS_APP_ID is the vendor's public test value"),
    ],
)
def test_connectips_set_up_by_half_is_refused(
    signing_key: str, changes: dict[str, str | None], problem: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=problem):
        start(**{**CONNECTIPS, "CONNECTIPS_PRIVATE_KEY": signing_key, **changes})


def test_a_deployment_is_warned_of_development_values(settings: Settings) -> None:
    settings.PUBLIC_URL, settings.FRONTEND_URL = "https://sewabazaar.example", "http://127.0.0.1:3000"
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.ALLOWED_HOSTS = ["*"]
    settings.SITE_KEY = "guessable"

    hints = [str(warning.hint) for warning in development_values(None)]

    assert [hint.split()[1] for hint in hints] == [
        "FRONTEND_URL,",
        "EMAIL_URL,",
        "SITE_KEY,",
        "ALLOWED_HOSTS,",
    ]


def test_a_deployment_with_its_own_values_is_fine(settings: Settings) -> None:
    settings.PUBLIC_URL = settings.FRONTEND_URL = "https://sewabazaar.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.ALLOWED_HOSTS = ["sewabazaar.example"]
    settings.SITE_KEY = "a-long-random-text-that-nobody-guesses"

    assert development_values(None) == []


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        start(FIELD_ENCRYPTION_KEYS=None, ALLOWED_HOSTS="")

    assert "FIELD_ENCRYPTION_KEYS is not set" in str(caught.value)
    assert "ALLOWED_HOSTS is empty" in str(caught.value)


def test_a_real_process_refuses_to_start_on_development_values(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import django; django.setup(); from django.conf import settings; settings.DEBUG",
    ]
    surroundings = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "sewabazaar.settings",
        "LOG_FILE": "",
    }

    refused = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=surroundings | {"DEBUG": "False"},
        capture_output=True,
        text=True,
        check=False,
    )
    started = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=surroundings | PRODUCTION,
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert "DEBUG is off, and SECRET_KEY is not set" in refused.stderr
    assert started.returncode == 0, started.stderr
