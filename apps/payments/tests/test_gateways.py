"""Each gateway is one class with all that is its own; the rest follows from the one list."""

import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from pytest_django.fixtures import Settings

from apps.payments.gateways.base import Gateway
from apps.payments.gateways.registry import GATEWAYS
from apps.payments.models import MethodCode, PaymentMethod, PaymentType

ALL = [pytest.param(gateway, id=gateway.code) for gateway in GATEWAYS.values()]
WITH_SETTINGS = [gateway for gateway in GATEWAYS.values() if gateway.needs is not None]


def test_the_list_has_every_code_that_the_database_knows() -> None:
    assert set(GATEWAYS) == set(MethodCode.values)


@pytest.mark.parametrize("gateway", ALL)
def test_a_gateway_is_called_the_same_everywhere(gateway: Gateway) -> None:
    assert MethodCode(gateway.code).label == gateway.defaults.name


@pytest.mark.parametrize("gateway", ALL)
def test_its_defaults_make_a_row(gateway: Gateway) -> None:
    method = PaymentMethod(code=gateway.code, **gateway.defaults.columns())
    method.clean_fields()
    assert method.payment_type in PaymentType.values


@pytest.mark.parametrize("gateway", ALL)
def test_its_references_fit_and_differ(gateway: Gateway) -> None:
    references = {gateway.new_reference() for _ in range(100)}
    assert len(references) == 100
    assert max(map(len, references)) <= 40


@pytest.mark.parametrize("gateway", WITH_SETTINGS, ids=lambda gateway: gateway.code)
def test_without_one_of_its_settings_it_is_not_offered(gateway: Gateway, settings: Settings) -> None:
    assert gateway.needs is not None
    for name in (gateway.needs.switch, *gateway.needs.others):
        setattr(settings, name, "")
        assert not gateway.is_configured({})


def test_who_sends_people_back_has_an_address_for_it() -> None:
    named = {gateway.code for gateway in GATEWAYS.values() if gateway.comes_back is not None}
    assert named >= {"khalti", "esewa"}
    assert reverse("khalti-return") == "/api/payments/khalti/return/"
    assert reverse("esewa-return", args=["SB-1"]) == "/api/payments/esewa/return/SB-1/"


def test_the_list_can_be_read_before_there_are_settings() -> None:
    """Production's settings are checked by it while they load."""
    code = (
        "from apps.payments.gateways.registry import GATEWAYS; "
        "from django.conf import settings; assert GATEWAYS and not settings.configured"
    )
    subprocess.run([sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env={}, check=True)
