"""ConnectIPS's stand-in: the login page, the pay page, and the call that tells what became of a payment."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings
from django.test import Client

from apps.sandbox.models import ConnectipsPayment

FORM = "/sandbox/connectips/connectipswebgw/loginpage"
VALIDATION = "/sandbox/connectips/connectipswebws/api/creditor/validatetxn"
PAY = "/sandbox/connectips/pay/SB-1/"
FIELDS = {
    "MERCHANTID": "7",
    "APPID": "MER-7-APP-1",
    "APPNAME": "SewaBazaar",
    "TXNID": "SB-1",
    "TXNDATE": "01-12-2026",
    "TXNCRNCY": "NPR",
    "TXNAMT": "9950",
    "REFERENCEID": "SB-ABC",
    "REMARKS": "SB-ABC",
    "PARTICULARS": "SB-ABC",
}
QUESTION = {"merchantId": 7, "appId": "MER-7-APP-1", "referenceId": "SB-1", "txnAmt": 9950}

pytestmark = pytest.mark.usefixtures("db", "merchant_of_connectips")
Ask = Callable[..., Any]


def token(message: str) -> str:
    key = load_der_private_key(b64decode(settings.CONNECTIPS_PRIVATE_KEY), password=None)
    assert isinstance(key, RSAPrivateKey)
    return b64encode(key.sign(message.encode(), PKCS1v15(), SHA256())).decode()


def fields(**changes: str) -> dict[str, str]:
    """Form fields that ConnectIPS accepts, with changes; signed last, unless the token is given."""
    changed = FIELDS | changes
    signed = ",".join(f"{name}={changed[name]}" for name in FIELDS)
    return {"TOKEN": token(f"{signed},TOKEN=TOKEN"), **changed}


@pytest.fixture
def payment(payer: Client) -> ConnectipsPayment:
    """A payment of Rs 99.50 whose payer has come to the login page."""
    assert payer.post(FORM, fields()).headers["Location"] == PAY
    return ConnectipsPayment.objects.get()


@pytest.fixture
def ask() -> Ask:
    """Ask as the merchant's server does, with changes; `login` is the password's owner and password."""

    def call(login: str = "MER-7-APP-1:of the application", **changes: Any) -> Any:
        body = QUESTION | changes
        names = ("merchantId", "appId", "referenceId", "txnAmt")
        signed = zip(("MERCHANTID", "APPID", "REFERENCEID", "TXNAMT"), names, strict=True)
        message = ",".join(f"{name}={body[key]}" for name, key in signed)
        client = Client(headers={"Authorization": f"Basic {b64encode(login.encode()).decode()}"})
        return client.post(VALIDATION, {"token": token(message), **body}, content_type="application/json")

    return call


def words(answer: Any) -> tuple[str, str]:
    body = answer.json()
    return body["status"], body["statusDesc"]


def test_the_page_shows_rupees_and_order(payer: Client, payment: ConnectipsPayment) -> None:
    page = payer.get(PAY).content.decode()
    for text in ("Rs 99.50", "SB-1", "SB-ABC", "Sandbox: no real money", "Leave pending"):
        assert text in page


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"TXNID": "x" * 21}, "Empty or too long: TXNID."),
        ({"REMARKS": ""}, "Empty or too long: REMARKS."),
        ({"APPID": "MER-8-APP-1"}, "Not authorised."),
        ({"TXNAMT": "99.50"}, "TXNAMT must be paisa."),
        ({"TXNAMT": "0"}, "TXNAMT must be paisa."),
        ({"TOKEN": "AAAA"}, "Invalid token."),
        ({"TOKEN": "no base64"}, "Invalid token."),
        ({"TOKEN": ""}, "Invalid token."),
    ],
)
def test_a_form_that_is_wrong_is_refused(payer: Client, changes: dict[str, str], problem: str) -> None:
    answer = payer.post(FORM, fields(**changes))
    assert (answer.status_code, answer.content.decode()) == (403, problem)
    assert not ConnectipsPayment.objects.exists()


def test_another_amount_than_was_signed_is_refused(payer: Client) -> None:
    answer = payer.post(FORM, {**fields(), "TXNAMT": "100"})
    assert answer.content == b"Invalid token."


def test_a_reference_is_taken_once(payer: Client, payment: ConnectipsPayment) -> None:
    assert payer.post(FORM, fields()).status_code == 403


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("pay", ("SUCCESS", "TRANSACTION SUCCESSFUL")),
        ("cancel", ("ERROR", "TRANSACTION INCOMPLETE")),
        ("pending", ("ERROR", "TRANSACTION INCOMPLETE")),
    ],
)
def test_what_the_payer_decides_can_be_asked_about(
    payer: Client, payment: ConnectipsPayment, ask: Ask, decision: str, expected: tuple[str, str]
) -> None:
    address = payer.post(PAY, {"decision": decision}).headers["Location"]
    assert address == f"{settings.PUBLIC_URL}/api/payments/connectips/return/?TXNID=SB-1"
    assert words(ask()) == expected


def test_the_answer_repeats_the_question_with_its_amount_as_text(
    payment: ConnectipsPayment, ask: Ask
) -> None:
    body = ask().json()
    assert body == QUESTION | {
        "txnAmt": "9950",
        "token": None,
        "status": "ERROR",
        "statusDesc": "TRANSACTION INCOMPLETE",
    }


def test_what_was_left_pending_can_be_paid_later(payer: Client, payment: ConnectipsPayment, ask: Ask) -> None:
    payer.post(PAY, {"decision": "pending"})
    payer.post(PAY, {"decision": "pay"})
    assert words(ask())[0] == "SUCCESS"


def test_the_first_button_counts(payer: Client, payment: ConnectipsPayment, ask: Ask) -> None:
    payer.post(PAY, {"decision": "cancel"})
    payer.post(PAY, {"decision": "pay"})
    assert words(ask())[1] == "TRANSACTION INCOMPLETE"
    assert "<button" not in payer.get(PAY).content.decode()


@pytest.mark.parametrize("changes", [{"referenceId": "SB-2"}, {"txnAmt": 9900}, {"txnAmt": "a lot"}])
def test_another_key_finds_nothing(payment: ConnectipsPayment, ask: Ask, changes: dict[str, Any]) -> None:
    assert words(ask(**changes)) == ("ERROR", "TRANSACTION NOT FOUND")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"merchantId": 8}, "MERCHANT NOT FOUND"),
        ({"appId": "MER-8-APP-1"}, "MERCHANT NOT FOUND"),
        ({"token": "AAAA"}, "INVALID TOKEN"),
    ],
)
def test_who_is_not_the_merchant_learns_nothing(
    payment: ConnectipsPayment, ask: Ask, changes: dict[str, Any], said: str
) -> None:
    assert words(ask(**changes)) == ("ERROR", said)


def test_a_wrong_password_is_refused(payment: ConnectipsPayment, ask: Ask) -> None:
    assert ask(login="MER-7-APP-1:guessed").status_code == 401


def test_the_console_puts_a_payment_into_any_state(
    client: Client, payer: Client, payment: ConnectipsPayment, ask: Ask
) -> None:
    override = "/sandbox/connectips/payments/SB-1/"
    assert client.post(override, {"status": "FAILED"}).json() == {"txn_id": "SB-1", "status": "FAILED"}
    assert words(ask()) == ("FAILED", "TRANSACTION FAILED")
    assert "SB-1" in payer.get("/sandbox/").content.decode()
    assert client.post(override, {"status": "Rich"}).status_code == 400


def test_a_fault_strikes_the_call(client: Client, payment: ConnectipsPayment, ask: Ask) -> None:
    wanted = {"gateway": "connectips", "operation": "validation", "fault": "wrong_amount"}
    assert client.post("/sandbox/faults/", wanted, content_type="application/json").status_code == 201
    assert ask().json()["txnAmt"] == "9949"


def test_an_unknown_payment_is_not_found(payer: Client) -> None:
    assert payer.get("/sandbox/connectips/pay/nothing/").status_code == 404
