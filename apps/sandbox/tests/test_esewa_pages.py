import base64
import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.sandbox.esewa.signing import signature_is_valid
from apps.sandbox.models import EsewaPayment
from apps.sandbox.tests.orders import esewa_fields

FORM = "/sandbox/esewa/api/epay/main/v2/form"
PAY = "/sandbox/esewa/pay/bk-7-1/"
FAILURE = "http://127.0.0.1:8000/failure/7/"


def test_the_page_shows_rupees_and_order(payer: Client, esewa_session: EsewaPayment) -> None:
    answer = payer.get(PAY)
    page = answer.content.decode()
    for text in ("Rs 99.50", "bk-7-1", "EPAYTEST", "Sandbox: no real money", "Leave pending"):
        assert text in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_pay_sends_the_payer_back_with_signed_data(payer: Client, esewa_session: EsewaPayment) -> None:
    answer = payer.post(PAY, {"decision": "pay"})
    assert answer.status_code == 302
    address, _, data = answer.headers["Location"].partition("?data=")
    assert address == "http://127.0.0.1:8000/success/7/"
    payload = json.loads(base64.b64decode(data))
    assert signature_is_valid(payload)
    del payload["signature"]
    assert list(payload.items()) == [
        ("transaction_code", EsewaPayment.objects.get().ref_id),
        ("status", "COMPLETE"),
        ("total_amount", "99.5"),
        ("transaction_uuid", "bk-7-1"),
        ("product_code", "EPAYTEST"),
        (
            "signed_field_names",
            "transaction_code,status,total_amount,transaction_uuid,product_code,signed_field_names",
        ),
    ]


def test_a_whole_amount_has_one_decimal(payer: Client) -> None:
    payer.post(FORM, esewa_fields(amount="1000", total_amount="1000"))
    _, _, data = payer.post(PAY, {"decision": "pay"}).headers["Location"].partition("?data=")
    assert b'"total_amount":"1000.0"' in base64.b64decode(data)


def test_data_is_appended_with_a_question_mark_whatever_was_there(payer: Client) -> None:
    payer.post(FORM, esewa_fields(success_url="http://127.0.0.1:8000/return/?q=su"))
    answer = payer.post(PAY, {"decision": "pay"})
    assert answer.headers["Location"].startswith("http://127.0.0.1:8000/return/?q=su?data=eyJ")


@pytest.mark.parametrize("decision", ["cancel", "pending"])
def test_otherwise_the_failure_address_comes_without_data(
    payer: Client, esewa_session: EsewaPayment, decision: str
) -> None:
    assert payer.post(PAY, {"decision": decision}).headers["Location"] == FAILURE


def test_a_second_press_changes_nothing(payer: Client, esewa_session: EsewaPayment) -> None:
    first = payer.post(PAY, {"decision": "pay"})
    second = payer.post(PAY, {"decision": "cancel"})
    assert second.headers["Location"] == first.headers["Location"]


def test_a_pending_payment_can_be_paid_later(payer: Client, esewa_session: EsewaPayment) -> None:
    payer.post(PAY, {"decision": "pending"})
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert "?data=" in payer.post(PAY, {"decision": "pay"}).headers["Location"]


def test_a_session_that_is_over_cannot_be_paid(payer: Client, esewa_session: EsewaPayment) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert "<button" not in payer.get(PAY).content.decode()
        assert payer.post(PAY, {"decision": "pay"}).headers["Location"] == FAILURE
    assert EsewaPayment.objects.get().ref_id == ""


def test_an_unknown_decision_shows_the_page_again(payer: Client, esewa_session: EsewaPayment) -> None:
    assert payer.post(PAY, {"decision": "steal"}).status_code == 200


def test_an_unknown_payment_is_not_found(payer: Client) -> None:
    assert payer.get("/sandbox/esewa/pay/nothing/").status_code == 404
