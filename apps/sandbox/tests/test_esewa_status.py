from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.sandbox.models import EsewaPayment

KEY = {"product_code": "EPAYTEST", "total_amount": "99.5", "transaction_uuid": "bk-7-1"}


def ask(client: Client, **changes: str) -> dict[str, Any]:
    answer = client.get("/sandbox/esewa/api/epay/transaction/status/", KEY | changes)
    body: dict[str, Any] = answer.json()
    return body


def expected(status: str, ref_id: str | None) -> dict[str, Any]:
    return KEY | {"total_amount": 99.5, "status": status, "ref_id": ref_id}


def test_an_open_session_is_pending(payer: Client, esewa_session: EsewaPayment) -> None:
    assert ask(payer) == expected("PENDING", None)


def test_a_session_that_is_over_is_not_found(payer: Client, esewa_session: EsewaPayment) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert ask(payer) == expected("NOT_FOUND", None)


def test_a_paid_session_is_complete(payer: Client, esewa_session: EsewaPayment) -> None:
    payer.post("/sandbox/esewa/pay/bk-7-1/", {"decision": "pay"})
    assert ask(payer) == expected("COMPLETE", EsewaPayment.objects.get().ref_id)


def test_a_cancelled_session_is_canceled(payer: Client, esewa_session: EsewaPayment) -> None:
    payer.post("/sandbox/esewa/pay/bk-7-1/", {"decision": "cancel"})
    assert ask(payer)["status"] == "CANCELED"


@pytest.mark.parametrize(
    "changes", [{"total_amount": "99"}, {"transaction_uuid": "bk-7-2"}, {"product_code": "NOBODY"}]
)
def test_another_key_finds_nothing(
    payer: Client, esewa_session: EsewaPayment, changes: dict[str, str]
) -> None:
    body = ask(payer, **changes)
    assert (body["status"], body["ref_id"]) == ("NOT_FOUND", None)


@pytest.mark.parametrize(
    "changes", [{"total_amount": "1,000.0"}, {"total_amount": ""}, {"transaction_uuid": ""}]
)
def test_a_query_that_cannot_be_read_looks_like_an_outage(
    payer: Client, esewa_session: EsewaPayment, changes: dict[str, str]
) -> None:
    assert ask(payer, **changes) == {"code": 0, "error_message": "Service is currently unavailable"}
