import pytest
from django.test import Client

from apps.sandbox.models import EsewaPayment, KhaltiPayment
from apps.sandbox.tests.conftest import KhaltiCall


def test_the_console_shows_what_is_there(
    payer: Client, checkout: KhaltiPayment, esewa_session: EsewaPayment
) -> None:
    page = payer.get("/sandbox/").content.decode()
    assert checkout.reference in page
    assert esewa_session.transaction_uuid in page


def test_a_link_that_expired_can_turn_out_paid(
    client: Client, khalti: KhaltiCall, checkout: KhaltiPayment
) -> None:
    override = f"/sandbox/khalti/payments/{checkout.reference}/"
    for status in ("Expired", "Completed"):
        assert client.post(override, {"status": status}).json()["status"] == status
    body = khalti("v2/epayment/lookup/", {"pidx": checkout.reference}).json()
    assert body["status"] == "Completed"
    assert body["transaction_id"]


def test_money_can_go_back_behind_the_merchants_back(
    client: Client, khalti: KhaltiCall, paid_checkout: KhaltiPayment
) -> None:
    body = {"status": "Completed", "refunded_amount": 1000}
    client.post(f"/sandbox/khalti/payments/{paid_checkout.reference}/", body)
    assert khalti("v2/epayment/lookup/", {"pidx": paid_checkout.reference}).json()["status"] == "Refunded"


@pytest.mark.parametrize("status", ["AMBIGUOUS", "FULL_REFUND", "CANCELED"])
def test_an_esewa_payment_can_be_put_into_any_state(
    client: Client, esewa_session: EsewaPayment, status: str
) -> None:
    answer = client.post("/sandbox/esewa/payments/bk-7-1/", {"status": status})
    assert answer.json() == {"transaction_uuid": "bk-7-1", "status": status}
    assert EsewaPayment.objects.get().ref_id


@pytest.mark.parametrize("gateway", ["khalti", "esewa"])
def test_an_unknown_state_is_refused(
    client: Client, checkout: KhaltiPayment, esewa_session: EsewaPayment, gateway: str
) -> None:
    reference = {"khalti": checkout.reference, "esewa": esewa_session.transaction_uuid}[gateway]
    answer = client.post(f"/sandbox/{gateway}/payments/{reference}/", {"status": "Rich"})
    assert (answer.status_code, list(answer.json())) == (400, ["status"])


def test_a_browser_comes_back_to_the_console(payer: Client, checkout: KhaltiPayment) -> None:
    answer = payer.post(f"/sandbox/khalti/payments/{checkout.reference}/", {"status": "Failed"})
    assert answer.headers["Location"] == "/sandbox/"
