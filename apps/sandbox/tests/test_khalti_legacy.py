from typing import Any

import pytest
from django.test import Client

from apps.sandbox.models import KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall

TOKEN = "/sandbox/khalti/widget/token/"
VERIFY = "v2/payment/verify/"
STATUS = "/sandbox/khalti/api/v2/payment/status/"


@pytest.fixture
def token(client: Client, db: None) -> str:
    """A token of Rs 10 that the payer has agreed to."""
    product = {"amount": 1000, "product_identity": "booking-7"}
    return str(client.post(TOKEN, product, content_type="application/json").json()["token"])


def state(merchant: Client, token: str, amount: int = 1000) -> dict[str, Any]:
    body: dict[str, Any] = merchant.get(STATUS, {"token": token, "amount": str(amount)}).json()
    return body


def test_the_widget_hands_over_what_the_real_one_does(client: Client, db: None) -> None:
    answer = client.post(TOKEN, {"amount": 1000, "product_identity": "booking-7"})
    assert answer.status_code == 201
    names = {"idx", "amount", "mobile", "product_identity", "product_name", "product_url", "token"}
    assert answer.json().keys() == names


def test_the_widget_refuses_less_than_ten_rupees(client: Client, db: None) -> None:
    answer = client.post(TOKEN, {"amount": 999, "product_identity": "booking-7"})
    assert answer.status_code == 400
    assert "amount" in answer.json()


def test_the_widget_page_makes_a_token(payer: Client) -> None:
    assert payer.get("/sandbox/khalti/widget/").status_code == 200
    page = payer.post("/sandbox/khalti/widget/", {"amount": "1000", "product_identity": "booking-7"})
    assert KhaltiPayment.objects.get().reference in page.content.decode()


def test_the_widget_page_names_what_is_wrong(payer: Client) -> None:
    page = payer.post("/sandbox/khalti/widget/", {"amount": "1", "product_identity": "booking-7"})
    assert page.status_code == 400
    assert "1000 paisa" in page.content.decode()


def test_verify_completes_a_confirmed_token(merchant: Client, khalti: KhaltiCall, token: str) -> None:
    assert state(merchant, token) == {
        "status": True,
        "detail": "Transaciton not verified.",
        "state": "Confirmed",
    }
    answer = khalti(VERIFY, {"token": token, "amount": 1000})
    assert answer.status_code == 200
    body = answer.json()
    assert body["state"]["name"] == "Completed"
    assert body["state"]["template"] == "is complete"
    assert (body["amount"], body["refunded"], body["ebanker"]) == (1000, False, None)
    assert body["idx"] == KhaltiPayment.objects.get().transaction_id
    assert state(merchant, token) == {"status": True, "detail": "Transaction complete.", "state": "Complete"}


def test_verify_takes_a_form_too(merchant: Client, token: str) -> None:
    answer = merchant.post(f"/sandbox/khalti/api/{VERIFY}", {"token": token, "amount": "1000"})
    assert answer.status_code == 200


@pytest.mark.parametrize("changes", [{"token": "nothing"}, {"amount": 1001}])
def test_verify_refuses_a_wrong_token_or_amount(
    khalti: KhaltiCall, token: str, changes: dict[str, Any]
) -> None:
    answer = khalti(VERIFY, {"token": token, "amount": 1000} | changes)
    assert answer.status_code == 400
    assert answer.json() == {"token": ["Invalid token."]}
    assert KhaltiPayment.objects.get().status == "Confirmed"


def test_verify_refuses_a_used_token(khalti: KhaltiCall, token: str) -> None:
    khalti(VERIFY, {"token": token, "amount": 1000})
    assert khalti(VERIFY, {"token": token, "amount": 1000}).json() == {"token": ["Invalid token."]}


def test_verify_refuses_a_pidx(khalti: KhaltiCall, checkout: KhaltiPayment) -> None:
    assert khalti(VERIFY, {"token": checkout.reference, "amount": 1000}).status_code == 400


def test_verify_names_missing_fields(khalti: KhaltiCall) -> None:
    assert khalti(VERIFY, {}).json().keys() == {"token", "amount", "error_key"}


@pytest.mark.parametrize(("token_text", "amount"), [("nothing", 1000), (None, 999)])
def test_status_of_a_wrong_token_or_amount(
    merchant: Client, token: str, token_text: str | None, amount: int
) -> None:
    body = state(merchant, token_text or token, amount)
    assert body == {"status": False, "detail": "Transaction not found", "state": "Error"}


def test_status_names_missing_fields(merchant: Client) -> None:
    assert merchant.get(STATUS).status_code == 400


@pytest.mark.parametrize(
    ("status", "refunded", "expected"),
    [
        ("Initiated", 0, ("Initiated", True, "Transaciton initiated.")),
        ("Completed", 0, ("Complete", True, "Transaction complete.")),
        ("Completed", 1000, ("Refunded", False, "Transaciton refunded.")),
        ("Completed", 400, ("Partially refunded", False, "Transaction partially refunded.")),
        ("Failed", 0, ("Failed", False, "Transaction failed.")),
    ],
)
def test_status_spells_as_khalti_does(
    merchant: Client, token: str, status: str, refunded: int, expected: tuple[str, bool, str]
) -> None:
    KhaltiPayment.objects.update(status=status, refunded_amount=refunded)
    body = state(merchant, token)
    assert (body["state"], body["status"], body["detail"]) == expected


def test_status_goes_by_idx_too(merchant: Client, token: str) -> None:
    assert state(merchant, KhaltiPayment.objects.get().transaction_id)["state"] == "Confirmed"
