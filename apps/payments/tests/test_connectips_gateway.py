from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.payments.gateways.base import FormPost, GatewayError, InitiateRequest, LookupRequest, Outcome
from apps.payments.gateways.connectips.gateway import ConnectipsGateway
from apps.payments.tests.misbehaving_server import NOT_ANSWERS, Server, answering, misbehaving_server

REQUEST = InitiateRequest(
    reference="SB-0123456789abcdef",
    order_reference="SB-ABCDEFGHJK",
    amount=Decimal("99.50"),
    title="Yoga, at home",
    return_url="",
    website_url="",
    customer_name="",
    customer_email="",
    customer_phone="",
)
LOOKUP = LookupRequest(
    token="", reference="SB-0123456789abcdef", amount=Decimal("99.50"), link_expires_at=None
)
SUCCESS = {
    "merchantId": 7,
    "appId": "MER-7-APP-1",
    "referenceId": "SB-0123456789abcdef",
    "txnAmt": "9950",
    "token": None,
    "status": "SUCCESS",
    "statusDesc": "TRANSACTION SUCCESSFUL",
}

pytestmark = pytest.mark.usefixtures("merchant_of_connectips")


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with misbehaving_server() as running:
        settings.CONNECTIPS_URL = running.url.rstrip("/")
        settings.GATEWAY_TIMEOUT_SECONDS = 2
        yield running


def require_signature(token: str, message: str, signing_key: str) -> None:
    """Raise InvalidSignature unless the token signs the message."""
    key = load_der_private_key(b64decode(signing_key), password=None)
    assert isinstance(key, RSAPrivateKey)
    key.public_key().verify(b64decode(token), message.encode(), PKCS1v15(), SHA256())


def form() -> Mapping[str, str]:
    action = ConnectipsGateway().initiate(REQUEST).action
    assert isinstance(action, FormPost)
    return action.fields


@time_machine.travel("2026-12-01 20:00:00+00:00", tick=False)
def test_the_form_is_complete_and_signed(signing_key: str) -> None:
    fields = dict(form())
    message = (
        "MERCHANTID=7,APPID=MER-7-APP-1,APPNAME=SewaBazaar,TXNID=SB-0123456789abcdef,TXNDATE=02-12-2026,"
        "TXNCRNCY=NPR,TXNAMT=9950,REFERENCEID=SB-ABCDEFGHJK,REMARKS=SB-ABCDEFGHJK,PARTICULARS=SB-ABCDEFGHJK,"
    )
    require_signature(fields.pop("TOKEN"), f"{message}TOKEN=TOKEN", signing_key)
    assert "".join(f"{name}={value}," for name, value in fields.items()) == message


def test_a_reference_is_as_long_as_it_takes() -> None:
    assert len(ConnectipsGateway().new_reference()) <= 20


def test_the_question_is_signed_and_has_the_password(server: Server, signing_key: str) -> None:
    server.behaviours = [answering(SUCCESS)]
    ConnectipsGateway().lookup(LOOKUP)

    assert server.paths == ["/connectipswebws/api/creditor/validatetxn"]
    login = b64encode(b"MER-7-APP-1:of the application").decode()
    assert server.headers[0]["Authorization"] == f"Basic {login}"
    asked = dict(server.bodies[0])
    message = "MERCHANTID=7,APPID=MER-7-APP-1,REFERENCEID=SB-0123456789abcdef,TXNAMT=9950"
    require_signature(asked.pop("token"), message, signing_key)
    assert asked == {
        "merchantId": 7,
        "appId": "MER-7-APP-1",
        "referenceId": "SB-0123456789abcdef",
        "txnAmt": 9950,
    }


@pytest.mark.parametrize(
    ("status", "said", "outcome"),
    [
        ("SUCCESS", "TRANSACTION SUCCESSFUL", Outcome.PAID),
        ("FAILED", "TRANSACTION FAILED", Outcome.FAILED),
        ("ERROR", "TRANSACTION NOT FOUND", Outcome.EXPIRED),
        ("ERROR", "TRANSACTION INCOMPLETE", Outcome.EXPIRED),
        ("SLEEPING", "", Outcome.UNKNOWN),
    ],
)
def test_the_answer_is_judged_by_its_words(server: Server, status: str, said: str, outcome: Outcome) -> None:
    server.behaviours = [answering({**SUCCESS, "status": status, "statusDesc": said})]
    answer = ConnectipsGateway().lookup(LOOKUP)
    assert (answer.outcome, answer.amount, answer.is_of_another) == (outcome, Decimal("99.50"), False)


@pytest.mark.parametrize("said", ["TRANSACTION NOT FOUND", "TRANSACTION INCOMPLETE"])
def test_what_is_unfinished_can_be_paid_while_the_form_is_good(server: Server, said: str) -> None:
    server.behaviours = [answering({**SUCCESS, "status": "ERROR", "statusDesc": said, "txnAmt": None})]
    later = timezone.now() + timedelta(minutes=10)
    request = LookupRequest(token="", reference=LOOKUP.reference, amount=LOOKUP.amount, link_expires_at=later)
    assert ConnectipsGateway().lookup(request).outcome == Outcome.UNPAID


@pytest.mark.parametrize("said", ["INVALID TOKEN", "MERCHANT NOT FOUND", "", None])
def test_any_other_error_is_one_of_the_call(server: Server, said: str | None) -> None:
    server.behaviours = [answering({**SUCCESS, "status": "ERROR", "statusDesc": said})]
    with pytest.raises(GatewayError) as raised:
        ConnectipsGateway().lookup(LOOKUP)
    assert raised.value.permanent


def test_a_wrong_password_is_a_refusal(server: Server) -> None:
    server.behaviours = [answering({"error": "Unauthorized"}, 401)]
    with pytest.raises(GatewayError) as raised:
        ConnectipsGateway().lookup(LOOKUP)
    assert raised.value.permanent


@pytest.mark.parametrize("change", [{"referenceId": "SB-2"}, {"appId": "MER-8-APP-1"}, {"merchantId": 8}])
def test_another_payment_in_the_answer_is_noticed(server: Server, change: dict[str, Any]) -> None:
    server.behaviours = [answering(SUCCESS | change)]
    assert ConnectipsGateway().lookup(LOOKUP).is_of_another


@pytest.mark.parametrize("printed", ["9950", "9950.00", 9950, 9950.0])
def test_paisa_are_read_however_they_are_printed(server: Server, printed: object) -> None:
    server.behaviours = [answering({**SUCCESS, "txnAmt": printed})]
    assert ConnectipsGateway().lookup(LOOKUP).amount == Decimal("99.50")


@pytest.mark.parametrize("odd", ["lots", "NaN", "99.5", None, True, [], "1e9999999", 1e300, "9" * 5000])
def test_paid_without_an_amount_is_no_answer(server: Server, odd: object) -> None:
    server.behaviours = [answering({**SUCCESS, "txnAmt": odd})]
    with pytest.raises(GatewayError):
        ConnectipsGateway().lookup(LOOKUP)


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_nonsense_is_no_answer(server: Server, name: str) -> None:
    server.behaviours = [NOT_ANSWERS[name]]
    with pytest.raises(GatewayError):
        ConnectipsGateway().lookup(LOOKUP)


@pytest.mark.parametrize("text", ["", "not base64", "bm90IGEga2V5", "कुञ्जी"])
def test_a_key_that_is_none_offers_nothing_and_signs_nothing(settings: Settings, text: str) -> None:
    settings.CONNECTIPS_PRIVATE_KEY = text
    assert not ConnectipsGateway().is_configured({})
    with pytest.raises(GatewayError):
        form()
