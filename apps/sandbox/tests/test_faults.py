import base64
import json
from http.client import IncompleteRead
from typing import Any
from urllib.request import urlopen

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from apps.sandbox.esewa.signing import signature_is_valid
from apps.sandbox.models import EsewaPayment, Fault, KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall
from apps.sandbox.tests.orders import esewa_fields, khalti_order

FAULTS = "/sandbox/faults/"
STATUS = "/sandbox/esewa/api/epay/transaction/status/"
KEY = {"product_code": "EPAYTEST", "total_amount": "99.5", "transaction_uuid": "bk-7-1"}


def ask_for(fault: str, operation: str = "lookup", gateway: str = "khalti", times: int = 1) -> None:
    wanted = {"gateway": gateway, "operation": operation, "fault": fault, "times": times, "delay_seconds": 0}
    assert Client().post(FAULTS, wanted, content_type="application/json").status_code == 201


@pytest.fixture
def lookup(khalti: KhaltiCall, paid_checkout: KhaltiPayment) -> Any:
    return lambda: khalti("v2/epayment/lookup/", {"pidx": paid_checkout.reference})


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize(
    ("fault", "status", "start"),
    [
        ("error_500", 500, b"<html>"),
        ("error_502", 502, b"<html>"),
        ("html", 200, b"<html>"),
        ("empty", 200, b""),
        ("unavailable", 200, b'{"code": 0, "error_message": "Service is currently unavailable"}'),
        ("broken_json", 200, b'{"pidx": '),
        ("dropped", 200, b'{"detail": "'),
        ("lost_answer", 200, b'{"detail": "'),
    ],
)
def test_a_fault_spoils_one_answer(lookup: Any, fault: str, status: int, start: bytes) -> None:
    ask_for(fault)
    answer = lookup()
    assert answer.status_code == status
    assert answer.content.startswith(start)
    assert lookup().json()["status"] == "Completed"


@pytest.mark.parametrize("fault", ["slow", "slow_drip"])
def test_a_slow_answer_is_a_right_one(lookup: Any, fault: str) -> None:
    ask_for(fault)
    assert json.loads(body(lookup()))["status"] == "Completed"


@pytest.mark.parametrize("fault", ["dropped", "lost_answer"])
def test_a_dropped_connection_promises_more_than_comes(lookup: Any, fault: str) -> None:
    ask_for(fault)
    answer = lookup()
    assert int(answer.headers["Content-Length"]) > len(answer.content)


@pytest.mark.parametrize("fault", ["dropped", "lost_answer"])
def test_a_real_server_hangs_up(live_server: LiveServer, fault: str) -> None:
    ask_for(fault)
    with pytest.raises((ConnectionError, IncompleteRead)):
        urlopen(f"{live_server.url}/sandbox/khalti/api/v2/epayment/lookup/", b"{}").read()


def test_a_redirect_has_no_json_to_change(payer: Client) -> None:
    ask_for("wrong_amount", "form", "esewa")
    assert payer.post("/sandbox/esewa/api/epay/main/v2/form", esewa_fields()).status_code == 302


def test_a_wrong_amount(lookup: Any) -> None:
    ask_for("wrong_amount")
    assert lookup().json()["total_amount"] == 999


def test_a_wrong_id(lookup: Any, paid_checkout: KhaltiPayment) -> None:
    ask_for("wrong_id")
    assert lookup().json()["pidx"] != paid_checkout.reference


def test_a_wrong_amount_leaves_error_messages_alone(khalti: KhaltiCall) -> None:
    ask_for("wrong_amount", "initiate")
    answer = khalti("v2/epayment/initiate/", khalti_order(amount=1))
    assert answer.status_code == 400
    assert isinstance(answer.json()["amount"], list)


def test_a_fault_strikes_as_often_as_asked_for(lookup: Any) -> None:
    ask_for("error_500", times=2)
    assert [lookup().status_code for _ in range(3)] == [500, 500, 200]


def test_faults_strike_in_the_order_they_were_asked_for(lookup: Any) -> None:
    ask_for("error_502")
    ask_for("error_500")
    assert [lookup().status_code for _ in range(3)] == [502, 500, 200]


def test_a_fault_spares_other_operations(lookup: Any) -> None:
    ask_for("error_500", "refund")
    ask_for("error_500", "status", "esewa")
    assert lookup().status_code == 200


def refund(khalti: KhaltiCall, payment: KhaltiPayment) -> HttpResponse:
    answer: HttpResponse = khalti(f"merchant-transaction/{payment.transaction_id}/refund/", {})
    return answer


@pytest.mark.parametrize("fault", ["lost_answer", "broken_json", "slow", "slow_drip"])
def test_a_refund_may_be_carried_out_although_no_answer_came(
    khalti: KhaltiCall, paid_checkout: KhaltiPayment, fault: str
) -> None:
    ask_for(fault, "refund")
    refund(khalti, paid_checkout)
    paid_checkout.refresh_from_db()
    assert paid_checkout.current_status == "Refunded"


@pytest.mark.parametrize("fault", ["dropped", "error_500", "error_502", "html", "empty", "unavailable"])
def test_a_refund_may_not_be_carried_out_at_all(
    khalti: KhaltiCall, paid_checkout: KhaltiPayment, fault: str
) -> None:
    ask_for(fault, "refund")
    refund(khalti, paid_checkout)
    paid_checkout.refresh_from_db()
    assert paid_checkout.current_status == "Completed"


def test_a_payer_can_pay_and_never_come_back(payer: Client, checkout: KhaltiPayment) -> None:
    ask_for("lost_answer", "redirect")
    answer = payer.post("/sandbox/khalti/pay/", {"pidx": checkout.reference, "decision": "pay"})
    assert "Location" not in answer.headers
    checkout.refresh_from_db()
    assert checkout.current_status == "Completed"


def test_a_payer_can_come_back_with_another_pidx(payer: Client, checkout: KhaltiPayment) -> None:
    ask_for("wrong_id", "redirect")
    answer = payer.post("/sandbox/khalti/pay/", {"pidx": checkout.reference, "decision": "pay"})
    assert f"pidx={checkout.reference}" not in answer.headers["Location"]
    assert "pidx=" in answer.headers["Location"]


def test_a_fault_on_the_way_back_leaves_a_page_without_a_redirect_alone(payer: Client) -> None:
    ask_for("wrong_id", "redirect")
    assert payer.post("/sandbox/khalti/pay/", {"pidx": "nothing", "decision": "pay"}).status_code == 404


@pytest.mark.parametrize(
    ("fault", "key"), [("wrong_amount", "total_amount"), ("wrong_id", "transaction_uuid")]
)
def test_esewa_can_sign_another_payment(
    payer: Client, esewa_session: EsewaPayment, fault: str, key: str
) -> None:
    ask_for(fault, "redirect", "esewa")
    answer = payer.post("/sandbox/esewa/pay/bk-7-1/", {"decision": "pay"})
    payload = json.loads(base64.b64decode(answer.headers["Location"].partition("?data=")[2]))
    assert signature_is_valid(payload)
    assert payload[key] not in ("99.5", "bk-7-1")


def test_a_failure_address_has_no_data_to_change(payer: Client, esewa_session: EsewaPayment) -> None:
    ask_for("wrong_id", "redirect", "esewa")
    answer = payer.post("/sandbox/esewa/pay/bk-7-1/", {"decision": "cancel"})
    assert answer.headers["Location"] == esewa_session.failure_url


def test_esewas_status_can_go_wrong(payer: Client, esewa_session: EsewaPayment) -> None:
    ask_for("wrong_amount", "status", "esewa")
    assert payer.get(STATUS, KEY).json()["total_amount"] == 98.5
    ask_for("unavailable", "status", "esewa")
    assert "status" not in payer.get(STATUS, KEY).json()


def test_a_form_can_be_refused_for_no_reason(payer: Client) -> None:
    ask_for("error_502", "form", "esewa")
    assert payer.post("/sandbox/esewa/api/epay/main/v2/form").status_code == 502


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"gateway": "bank"}, "gateway"),
        ({"operation": "form"}, "operation"),
        ({"fault": "fire"}, "fault"),
        ({"times": 0}, "times"),
        ({"times": 100_000}, "times"),
        ({"delay_seconds": 3600}, "delay_seconds"),
    ],
)
def test_an_unknown_or_unbounded_fault_is_refused(
    client: Client, db: None, changes: dict[str, Any], field: str
) -> None:
    wanted = {"gateway": "khalti", "operation": "lookup", "fault": "slow"} | changes
    answer = client.post(FAULTS, wanted, content_type="application/json")
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_faults_are_listed_and_dropped(client: Client, db: None) -> None:
    client.post(FAULTS, {"gateway": "khalti", "operation": "lookup", "fault": "slow"})
    [fault] = client.get(FAULTS).json()["faults"]
    assert (fault["fault"], fault["times"], fault["delay_seconds"]) == ("slow", 1, 5)
    assert client.delete(FAULTS).status_code == 204
    assert client.get(FAULTS).json() == {"faults": []}


def test_the_number_of_waiting_faults_is_bounded(client: Client, db: None) -> None:
    Fault.objects.bulk_create(Fault(gateway="khalti", operation="lookup", kind="slow") for _ in range(1000))
    answer = client.post(FAULTS, {"gateway": "khalti", "operation": "lookup", "fault": "slow"})
    assert answer.status_code == 400


def test_a_person_can_do_it_all_in_a_browser(payer: Client) -> None:
    assert "No fault waits" in payer.get(FAULTS).content.decode()
    wanted = {"gateway": "khalti", "operation": "lookup", "fault": "slow", "times": "3"}
    answer = payer.post(FAULTS, wanted, follow=True)
    assert "<td>slow</td>" in answer.content.decode()
    assert "No fault waits" in payer.post(f"{FAULTS}clear/", follow=True).content.decode()
    answer = payer.post(FAULTS, wanted | {"operation": "form"})
    assert answer.status_code == 400
    assert "operation: One of" in answer.content.decode()
