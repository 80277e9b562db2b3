import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from apps.sandbox.models import KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall
from apps.sandbox.tests.orders import khalti_order

INITIATE = "v2/epayment/initiate/"
LOOKUP = "v2/epayment/lookup/"


def test_initiate_answers_with_a_link(khalti: KhaltiCall) -> None:
    answer = khalti(INITIATE, khalti_order())
    assert answer.status_code == 200
    body = answer.json()
    assert body.keys() == {"pidx", "payment_url", "expires_at", "expires_in"}
    assert body["payment_url"] == f"http://testserver/sandbox/khalti/pay/?pidx={body['pidx']}"
    assert body["expires_in"] == 1800


@time_machine.travel("2026-01-01 00:00:00 +00:00", tick=False)
def test_the_expiry_has_microseconds_and_the_offset_of_kathmandu(khalti: KhaltiCall) -> None:
    expires_at = khalti(INITIATE, khalti_order()).json()["expires_at"]
    assert re.fullmatch(r"2026-01-01T06:15:00\.\d{6}\+05:45", expires_at)


def test_one_order_may_have_several_links(khalti: KhaltiCall) -> None:
    links = {khalti(INITIATE, khalti_order()).json()["pidx"] for _ in range(2)}
    assert len(links) == 2


def test_a_form_body_is_taken_too(merchant: Client) -> None:
    answer = merchant.post(f"/sandbox/khalti/api/{INITIATE}", khalti_order(amount="1000"))
    assert answer.status_code == 200


@pytest.mark.parametrize("field", ["return_url", "website_url", "purchase_order_id", "purchase_order_name"])
def test_a_blank_field_is_refused(khalti: KhaltiCall, field: str) -> None:
    answer = khalti(INITIATE, khalti_order(**{field: ""}))
    assert answer.status_code == 400
    assert answer.json() == {field: ["This field may not be blank."], "error_key": "validation_error"}


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"return_url": "shop"}, "return_url", "Enter a valid URL."),
        ({"website_url": "shop"}, "website_url", "Enter a valid URL."),
        ({"amount": 999}, "amount", "Amount should be greater than Rs. 10, that is 1000 paisa."),
        ({"amount": "ten"}, "amount", "A valid integer is required."),
        ({"amount": 1000.5}, "amount", "A valid integer is required."),
        ({"amount_breakdown": [{"label": "VAT", "amount": 999}]}, "amount", "Amount Breakdown mismatch."),
    ],
)
def test_a_bad_value_is_refused(
    khalti: KhaltiCall, changes: dict[str, Any], field: str, message: str
) -> None:
    answer = khalti(INITIATE, khalti_order(**changes))
    assert answer.status_code == 400
    assert answer.json() == {field: [message], "error_key": "validation_error"}


def test_several_bad_fields_are_named_at_once(khalti: KhaltiCall) -> None:
    body = khalti(INITIATE, khalti_order(return_url="", amount=1)).json()
    assert body.keys() == {"return_url", "amount", "error_key"}


@pytest.mark.parametrize("content", ["{", "[]", "null", '"text"', ""])
def test_a_body_that_is_no_object_misses_every_field(merchant: Client, content: str) -> None:
    path = f"/sandbox/khalti/api/{INITIATE}"
    answer = merchant.post(path, content, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["amount"] == ["This field is required."]


def test_a_breakdown_that_adds_up_is_accepted(khalti: KhaltiCall) -> None:
    parts = [{"label": "Price", "amount": 900}, {"label": "VAT", "amount": 100}]
    assert khalti(INITIATE, khalti_order(amount_breakdown=parts)).status_code == 200


def test_lookup_of_an_open_link(khalti: KhaltiCall, checkout: KhaltiPayment) -> None:
    answer = khalti(LOOKUP, {"pidx": checkout.reference})
    assert answer.status_code == 200
    assert answer.json() == {
        "pidx": checkout.reference,
        "total_amount": 1000,
        "status": "Initiated",
        "transaction_id": None,
        "fee": 0,
        "refunded": False,
    }


def test_lookup_of_a_paid_link(khalti: KhaltiCall, paid_checkout: KhaltiPayment) -> None:
    answer = khalti(LOOKUP, {"pidx": paid_checkout.reference})
    assert answer.status_code == 200
    assert answer.json()["status"] == "Completed"
    assert answer.json()["transaction_id"] == paid_checkout.transaction_id != ""


def test_lookup_of_an_expired_link_comes_with_400(khalti: KhaltiCall, checkout: KhaltiPayment) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        answer = khalti(LOOKUP, {"pidx": checkout.reference})
    assert answer.status_code == 400
    assert answer.json() == {
        "pidx": checkout.reference,
        "total_amount": 1000,
        "status": "Expired",
        "transaction_id": None,
        "fee": 0,
        "error_key": "khalti_error",
    }


def test_lookup_of_a_cancelled_link_comes_with_400(
    khalti: KhaltiCall, checkout: KhaltiPayment, payer: Client
) -> None:
    payer.post("/sandbox/khalti/pay/", {"pidx": checkout.reference, "decision": "cancel"})
    answer = khalti(LOOKUP, {"pidx": checkout.reference})
    assert answer.status_code == 400
    assert answer.json()["status"] == "User canceled"


def test_a_pending_payment_does_not_expire(
    khalti: KhaltiCall, checkout: KhaltiPayment, payer: Client
) -> None:
    payer.post("/sandbox/khalti/pay/", {"pidx": checkout.reference, "decision": "pending"})
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        answer = khalti(LOOKUP, {"pidx": checkout.reference})
    assert (answer.status_code, answer.json()["status"]) == (200, "Pending")


def test_lookup_of_an_unknown_pidx(khalti: KhaltiCall) -> None:
    answer = khalti(LOOKUP, {"pidx": "nothing"})
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found.", "error_key": "validation_error"}


def test_lookup_without_a_pidx(khalti: KhaltiCall) -> None:
    answer = khalti(LOOKUP, {})
    assert answer.status_code == 400
    assert answer.json() == {"pidx": ["This field is required."], "error_key": "validation_error"}
