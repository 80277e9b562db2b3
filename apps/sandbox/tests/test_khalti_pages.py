from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from apps.sandbox.models import KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall
from apps.sandbox.tests.orders import khalti_order

PAY = "/sandbox/khalti/pay/"


def query(answer: HttpResponseBase) -> dict[str, str]:
    parameters = parse_qs(urlsplit(answer.headers["Location"]).query, keep_blank_values=True)
    return {name: values[0] for name, values in parameters.items()}


def test_the_page_shows_rupees_and_order(payer: Client, checkout: KhaltiPayment) -> None:
    page = payer.get(PAY, {"pidx": checkout.reference}).content.decode()
    for text in ("Rs 10.00", "Yoga class", "booking-7", "Sandbox: no real money", "Leave pending"):
        assert text in page


def test_the_page_works_under_a_strict_policy(payer: Client, checkout: KhaltiPayment) -> None:
    answer = payer.get(PAY, {"pidx": checkout.reference})
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert "<script" not in page
    assert "<style" not in page
    assert "style=" not in page


def test_pay_sends_the_payer_back_with_everything(payer: Client, khalti: KhaltiCall) -> None:
    order = khalti_order(merchant_note="blue door")
    pidx = khalti("v2/epayment/initiate/", order).json()["pidx"]
    answer = payer.post(PAY, {"pidx": pidx, "decision": "pay"})
    assert answer.status_code == 302
    transaction_id = KhaltiPayment.objects.get(reference=pidx).transaction_id
    assert answer.headers["Location"].startswith("http://127.0.0.1:8000/return/?")
    assert query(answer) == {
        "pidx": pidx,
        "transaction_id": transaction_id,
        "tidx": transaction_id,
        "txnId": transaction_id,
        "amount": "1000",
        "total_amount": "1000",
        "mobile": "98XXXXX001",
        "status": "Completed",
        "purchase_order_id": "booking-7",
        "purchase_order_name": "Yoga class",
        "merchant_note": "blue door",
    }


def test_cancel_sends_the_payer_back_without_a_transaction(payer: Client, checkout: KhaltiPayment) -> None:
    answer = payer.post(PAY, {"pidx": checkout.reference, "decision": "cancel"})
    assert query(answer) == {
        "pidx": checkout.reference,
        "transaction_id": "",
        "tidx": "",
        "amount": "1000",
        "total_amount": "1000",
        "mobile": "",
        "status": "User canceled",
        "purchase_order_id": "booking-7",
        "purchase_order_name": "Yoga class",
    }


def test_leave_pending_sends_the_payer_back_and_can_still_be_paid(
    payer: Client, checkout: KhaltiPayment
) -> None:
    answer = payer.post(PAY, {"pidx": checkout.reference, "decision": "pending"})
    assert query(answer)["status"] == "Pending"
    answer = payer.post(PAY, {"pidx": checkout.reference, "decision": "pay"})
    assert query(answer)["status"] == "Completed"


def test_the_query_of_a_return_address_is_kept(payer: Client, khalti: KhaltiCall) -> None:
    order = khalti_order(return_url="http://127.0.0.1:8000/return/?booking=7")
    pidx = khalti("v2/epayment/initiate/", order).json()["pidx"]
    parameters = query(payer.post(PAY, {"pidx": pidx, "decision": "pay"}))
    assert (parameters["booking"], parameters["pidx"]) == ("7", pidx)


@pytest.mark.parametrize("decision", ["pay", "cancel", "pending"])
def test_a_second_press_changes_nothing(payer: Client, paid_checkout: KhaltiPayment, decision: str) -> None:
    answer = payer.post(PAY, {"pidx": paid_checkout.reference, "decision": decision})
    assert query(answer)["status"] == "Completed"
    assert query(answer)["transaction_id"] == paid_checkout.transaction_id


def test_a_finished_payment_has_no_buttons(payer: Client, paid_checkout: KhaltiPayment) -> None:
    page = payer.get(PAY, {"pidx": paid_checkout.reference}).content.decode()
    assert "<button" not in page
    assert "Back to the shop" in page


def test_an_expired_link_cannot_be_paid(payer: Client, checkout: KhaltiPayment) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        answer = payer.post(PAY, {"pidx": checkout.reference, "decision": "pay"})
    assert answer.status_code == 200
    assert "Expired" in answer.content.decode()
    checkout.refresh_from_db()
    assert checkout.transaction_id == ""


def test_an_unknown_decision_shows_the_page_again(payer: Client, checkout: KhaltiPayment) -> None:
    answer = payer.post(PAY, {"pidx": checkout.reference, "decision": "steal"})
    assert answer.status_code == 200
    assert "Initiated" in answer.content.decode()


@pytest.mark.parametrize("pidx", ["", "nothing", "nul\x00"])
def test_an_unknown_payment_is_not_found(payer: Client, pidx: str) -> None:
    assert payer.get(PAY, {"pidx": pidx}).status_code == 404
    assert payer.post(PAY, {"pidx": pidx, "decision": "pay"}).status_code == 404


def test_what_the_merchant_sends_is_escaped(payer: Client, khalti: KhaltiCall) -> None:
    order = khalti_order(purchase_order_name="<script>alert(1)</script>")
    pidx = khalti("v2/epayment/initiate/", order).json()["pidx"]
    assert "<script" not in payer.get(PAY, {"pidx": pidx}).content.decode()
