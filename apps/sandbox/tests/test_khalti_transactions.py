from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from apps.sandbox.models import KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall

BASES = ["/sandbox/khalti/api/v2/merchant-transaction/", "/sandbox/khalti/api/merchant-transaction/"]
CANNOT = {"detail": "Transaction cannot be refunded.", "error_key": "validation_error"}


def refund(khalti: KhaltiCall, payment: KhaltiPayment, body: dict[str, Any]) -> HttpResponse:
    answer: HttpResponse = khalti(f"merchant-transaction/{payment.transaction_id}/refund/", body)
    return answer


def lookup(khalti: KhaltiCall, payment: KhaltiPayment) -> dict[str, Any]:
    body: dict[str, Any] = khalti("v2/epayment/lookup/", {"pidx": payment.reference}).json()
    return body


@pytest.mark.parametrize("base", BASES)
def test_the_list_holds_paid_transactions(merchant: Client, paid_checkout: KhaltiPayment, base: str) -> None:
    KhaltiPayment.objects.create(amount=2000)
    body = merchant.get(base).json()
    assert [record["idx"] for record in body.pop("records")] == [paid_checkout.transaction_id]
    assert body == {
        "total_pages": 1,
        "total_records": 1,
        "next": None,
        "previous": None,
        "record_range": [1, 1],
        "current_page": 1,
    }


def test_the_list_comes_in_pages(merchant: Client) -> None:
    KhaltiPayment.objects.bulk_create(
        KhaltiPayment(amount=1000, status="Completed", transaction_id=f"t{number}") for number in range(41)
    )
    body = merchant.get(BASES[0], {"page": 2}).json()
    assert (body["total_pages"], body["record_range"]) == (3, [21, 40])
    assert body["next"] == f"http://testserver{BASES[0]}?page=3"
    assert body["previous"] == f"http://testserver{BASES[0]}?page=1"
    assert merchant.get(BASES[0], {"page": 4}).status_code == 404


@pytest.mark.parametrize("base", BASES)
def test_the_detail_says_what_can_be_done(merchant: Client, paid_checkout: KhaltiPayment, base: str) -> None:
    body = merchant.get(f"{base}{paid_checkout.transaction_id}/").json()
    assert (body["can_refund"], body["can_complete"], body["child_transactions"]) == (True, False, [])
    assert body["meta"]["product_identity"] == "booking-7"


def test_the_detail_of_an_unknown_transaction(merchant: Client, db: None) -> None:
    assert merchant.get(f"{BASES[0]}nothing/").json()["detail"] == "Not found."


def test_an_empty_body_refunds_all(khalti: KhaltiCall, paid_checkout: KhaltiPayment) -> None:
    answer = refund(khalti, paid_checkout, {})
    assert answer.status_code == 200
    assert lookup(khalti, paid_checkout) == {
        "pidx": paid_checkout.reference,
        "total_amount": 1000,
        "status": "Refunded",
        "transaction_id": paid_checkout.transaction_id,
        "fee": 0,
        "refunded": True,
    }


def test_a_request_without_any_body_refunds_all(merchant: Client, paid_checkout: KhaltiPayment) -> None:
    answer = merchant.post(f"{BASES[1]}{paid_checkout.transaction_id}/refund/")
    assert answer.json() == {"detail": "Transaction refund successful."}


def test_an_amount_refunds_a_part_and_again(khalti: KhaltiCall, paid_checkout: KhaltiPayment) -> None:
    for _ in range(2):
        assert refund(khalti, paid_checkout, {"amount": 400, "mobile": "9800000001"}).status_code == 200
    assert lookup(khalti, paid_checkout)["status"] == "Partially Refunded"
    refund(khalti, paid_checkout, {})
    assert lookup(khalti, paid_checkout)["status"] == "Refunded"


def test_more_than_is_left_cannot_be_refunded(khalti: KhaltiCall, paid_checkout: KhaltiPayment) -> None:
    refund(khalti, paid_checkout, {"amount": 700})
    answer = refund(khalti, paid_checkout, {"amount": 301})
    assert (answer.status_code, lookup(khalti, paid_checkout)["status"]) == (400, "Partially Refunded")


def test_a_refunded_transaction_cannot_be_refunded(khalti: KhaltiCall, paid_checkout: KhaltiPayment) -> None:
    refund(khalti, paid_checkout, {})
    answer = khalti(f"merchant-transaction/{paid_checkout.transaction_id}/refund/", {})
    assert (answer.status_code, answer.json()) == (400, CANNOT)


@pytest.mark.parametrize("amount", [0, -1, "some", None])
def test_a_bad_amount_cannot_be_refunded(
    khalti: KhaltiCall, paid_checkout: KhaltiPayment, amount: Any
) -> None:
    answer = refund(khalti, paid_checkout, {"amount": amount})
    assert answer.status_code == 400
    assert lookup(khalti, paid_checkout)["status"] == "Completed"


def test_an_unknown_transaction_cannot_be_refunded(khalti: KhaltiCall) -> None:
    assert khalti("merchant-transaction/nothing/refund/", {}).status_code == 404


def test_the_refund_has_no_version_in_its_path(merchant: Client, paid_checkout: KhaltiPayment) -> None:
    assert merchant.post(f"{BASES[0]}{paid_checkout.transaction_id}/refund/").status_code == 404
