from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from apps.sandbox.models import EsewaPayment, KhaltiPayment
from apps.sandbox.tests.orders import esewa_fields, khalti_order

KhaltiCall = Callable[..., Any]


@pytest.fixture
def merchant(db: None) -> Client:
    """A merchant's server that sends the right Khalti key."""
    return Client(headers={"Authorization": f"Key {settings.KHALTI_SECRET_KEY}"})


@pytest.fixture
def payer(db: None) -> Client:
    """A payer's browser."""
    return Client(headers={"Accept": "text/html"})


@pytest.fixture
def khalti(merchant: Client) -> KhaltiCall:
    """Post JSON to a path of Khalti's interface."""

    def post(path: str, body: dict[str, Any]) -> Any:
        return merchant.post(f"/sandbox/khalti/api/{path}", body, content_type="application/json")

    return post


@pytest.fixture
def checkout(khalti: KhaltiCall) -> KhaltiPayment:
    """An initiated checkout of Rs 10."""
    answer = khalti("v2/epayment/initiate/", khalti_order())
    return KhaltiPayment.objects.get(reference=answer.json()["pidx"])


@pytest.fixture
def paid_checkout(checkout: KhaltiPayment, payer: Client) -> KhaltiPayment:
    payer.post("/sandbox/khalti/pay/", {"pidx": checkout.reference, "decision": "pay"})
    checkout.refresh_from_db()
    return checkout


@pytest.fixture
def esewa_session(payer: Client) -> EsewaPayment:
    """A started eSewa session of Rs 99.50."""
    payer.post("/sandbox/esewa/api/epay/main/v2/form", esewa_fields())
    return EsewaPayment.objects.get()
