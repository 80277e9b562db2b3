import pytest
from django.test import Client

from apps.sandbox.esewa.form import FIELDS
from apps.sandbox.models import EsewaPayment
from apps.sandbox.tests.orders import esewa_fields

FORM = "/sandbox/esewa/api/epay/main/v2/form"
BAD_SIGNATURE = {"code": "ES104", "message": "Invalid payload signature."}
UNAVAILABLE = {
    "error_message": "Service is currently unavailable. Please try again later.",
    "code": 0,
}

pytestmark = pytest.mark.django_db


def test_a_signed_form_leads_to_the_pay_page(client: Client) -> None:
    answer = client.post(FORM, esewa_fields())
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sandbox/esewa/pay/bk-7-1/"


def test_no_token_against_forged_requests_is_asked_for() -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, esewa_fields()).status_code == 302


def test_the_parts_may_add_up_to_the_total(client: Client) -> None:
    fields = esewa_fields(amount="100", tax_amount="13", product_delivery_charge="5.5", total_amount="118.5")
    assert client.post(FORM, fields).status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"signature": "AAAA"},
        {"signature": ""},
        {"signature": esewa_fields(total_amount="99.50")["signature"]},
        {"signed_field_names": "transaction_uuid,total_amount,product_code"},
        {"signed_field_names": "total_amount, transaction_uuid, product_code"},
        {"signed_field_names": ""},
    ],
)
def test_a_bad_signature_is_refused(client: Client, changes: dict[str, str]) -> None:
    answer = client.post(FORM, esewa_fields(**changes))
    assert (answer.status_code, answer.json()) == (400, BAD_SIGNATURE)


def test_an_unknown_product_code_is_refused(client: Client) -> None:
    answer = client.post(FORM, esewa_fields(product_code="NOBODY"))
    assert answer.status_code == 400
    assert answer.json() == {
        "error_message": "Unable to fetch merchant key. Please try again later.",
        "code": 0,
    }


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_field_is_required(client: Client, field: str) -> None:
    answer = client.post(FORM, esewa_fields(**{field: ""}))
    assert answer.status_code == 400
    assert not EsewaPayment.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"total_amount": "99.6"},
        {"total_amount": "0", "amount": "0"},
        {"total_amount": "1,000", "amount": "1,000"},
        {"tax_amount": "none"},
        {"transaction_uuid": "bk_7_1"},
        {"success_url": "/relative"},
        {"failure_url": "javascript:alert(1)"},
    ],
)
def test_a_bad_field_is_refused(client: Client, changes: dict[str, str]) -> None:
    answer = client.post(FORM, esewa_fields(**changes))
    assert answer.status_code == 400
    assert answer.json()["code"] == 0


def test_a_used_transaction_uuid_looks_like_an_outage(client: Client) -> None:
    client.post(FORM, esewa_fields())
    answer = client.post(FORM, esewa_fields())
    assert (answer.status_code, answer.json()) == (409, UNAVAILABLE)


def test_get_looks_like_an_outage(client: Client) -> None:
    assert client.get(FORM).json() == UNAVAILABLE
