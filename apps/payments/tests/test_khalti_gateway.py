import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from apps.payments.gateways.base import (
    GatewayError,
    InitiateRequest,
    LookupRequest,
    Outcome,
    Redirect,
    RefundRequest,
)
from apps.payments.gateways.khalti.gateway import KhaltiGateway
from apps.payments.gateways.khalti.widget import KhaltiTokenGateway
from apps.payments.tests.misbehaving_server import (
    NOT_ANSWERS,
    TOO_SLOW,
    Server,
    answering,
    misbehaving_server,
    sending,
)

PIDX = "HT6o6PEZRWFJ5ygavzHWd5"
INITIATE = InitiateRequest(
    reference="SB-1",
    order_reference="SB1234",
    amount=Decimal("1500.50"),
    title="Deep cleaning",
    return_url="http://127.0.0.1:8000/api/payments/khalti/return/",
    website_url="http://127.0.0.1:3000",
    customer_name="Kamala Shrestha",
    customer_email="kamala@example.com",
    customer_phone="+9779841234567",
)
LOOKUP = LookupRequest(token=PIDX, reference="SB-1", amount=Decimal("10.00"), link_expires_at=None)
LINK: dict[str, Any] = {
    "pidx": PIDX,
    "payment_url": f"https://test-pay.khalti.com/?pidx={PIDX}",
    "expires_at": "2023-05-25T16:26:16.471649+05:45",
    "expires_in": 1800,
}
COMPLETED = {
    "pidx": PIDX,
    "total_amount": 1000,
    "status": "Completed",
    "transaction_id": "GFq9PFS7b2iYvL8Lir9oXe",
    "fee": 0,
    "refunded": False,
}
VERIFIED = {
    "idx": "8xmeJnNXfoVjCvGcZiiGe7",
    "state": {"idx": "DhvMj9hdRufLqkP8ZY4d8g", "name": "Completed", "template": "is complete"},
    "amount": 1000,
    "fee_amount": 30,
    "refunded": False,
}


@pytest.fixture
def khalti(settings: Settings) -> Iterator[Server]:
    with misbehaving_server() as running:
        settings.KHALTI_BASE_URL = f"{running.url}api/v2/"
        settings.GATEWAY_TIMEOUT_SECONDS = 2
        yield running


def test_initiate_sends_whole_paisa_and_the_key(khalti: Server, settings: Settings) -> None:
    khalti.behaviours = [answering(LINK)]
    answer = KhaltiGateway().initiate(INITIATE)
    assert answer.token == PIDX
    assert answer.action == Redirect(
        url=LINK["payment_url"], expires_at=datetime(2023, 5, 25, 10, 41, 16, 471649, tzinfo=UTC)
    )
    assert khalti.paths == ["/api/v2/epayment/initiate/"]
    assert khalti.headers[0]["Authorization"] == f"Key {settings.KHALTI_SECRET_KEY}"
    assert khalti.bodies[0]["amount"] == 150050
    assert khalti.bodies[0]["customer_info"]["phone"] == "9841234567"


@pytest.mark.parametrize("slash", ["", "/", "//"])
def test_the_base_address_may_end_in_a_slash_or_not(khalti: Server, settings: Settings, slash: str) -> None:
    settings.KHALTI_BASE_URL = f"{khalti.url}api/v2{slash}"
    khalti.behaviours = [answering(COMPLETED)]
    KhaltiGateway().lookup(LOOKUP)
    assert khalti.paths == ["/api/v2/epayment/lookup/"]


def test_a_validation_error_of_initiate_is_permanent(khalti: Server) -> None:
    refusal = {"amount": ["Amount must be less than 200."], "error_key": "validation_error"}
    khalti.behaviours = [answering(refusal, 400)]
    with pytest.raises(GatewayError, match="less than 200") as raised:
        KhaltiGateway().initiate(INITIATE)
    assert raised.value.permanent


def test_a_wrong_key_is_permanent(khalti: Server) -> None:
    khalti.behaviours = [answering({"detail": "Invalid token.", "status_code": 401}, 401)]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().initiate(INITIATE)
    assert raised.value.permanent


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_nonsense_is_no_answer_of_initiate(khalti: Server, name: str) -> None:
    khalti.behaviours = [NOT_ANSWERS[name]]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().initiate(INITIATE)
    assert not raised.value.permanent


@pytest.mark.parametrize(
    "odd", [{"pidx": ""}, {"pidx": 7}, {"payment_url": "javascript:alert(1)"}, {"payment_url": None}]
)
def test_a_link_without_pidx_or_address_is_no_answer(khalti: Server, odd: dict[str, Any]) -> None:
    khalti.behaviours = [answering({**LINK, **odd})]
    with pytest.raises(GatewayError):
        KhaltiGateway().initiate(INITIATE)


@pytest.mark.parametrize("odd", [None, "soon", "2023-13-45T00:00:00Z", "2023-05-25T16:26:16"])
def test_a_link_without_a_readable_end_lives_an_hour(khalti: Server, odd: str | None) -> None:
    khalti.behaviours = [answering({**LINK, "expires_at": odd, "expires_in": None})]
    expires_at = KhaltiGateway().initiate(INITIATE).expires_at
    assert expires_at is not None
    assert 59 * 60 < (expires_at - datetime.now(UTC)).total_seconds() <= 60 * 60


def test_a_link_without_an_end_lives_as_long_as_khalti_says(khalti: Server) -> None:
    khalti.behaviours = [answering({**LINK, "expires_at": None, "expires_in": 200})]
    expires_at = KhaltiGateway().initiate(INITIATE).expires_at
    assert expires_at is not None
    assert 0 < (expires_at - datetime.now(UTC)).total_seconds() <= 200


@pytest.mark.parametrize(
    ("word", "status", "outcome"),
    [
        ("Completed", 200, Outcome.PAID),
        ("Pending", 200, Outcome.PROCESSING),
        ("Initiated", 200, Outcome.UNPAID),
        ("Expired", 400, Outcome.EXPIRED),
        ("User canceled", 400, Outcome.FAILED),
        ("Canceled", 200, Outcome.FAILED),
        ("Failed", 200, Outcome.FAILED),
        ("Refunded", 200, Outcome.REFUNDED),
        ("Partially Refunded", 200, Outcome.PARTIALLY_REFUNDED),
        ("Partially refunded", 200, Outcome.PARTIALLY_REFUNDED),
        ("On hold", 200, Outcome.UNKNOWN),
    ],
)
def test_lookup_is_judged_by_its_word_not_by_http(
    khalti: Server, word: str, status: int, outcome: Outcome
) -> None:
    khalti.behaviours = [answering({**COMPLETED, "status": word}, status)]
    answer = KhaltiGateway().lookup(LOOKUP)
    assert (answer.outcome, answer.amount, answer.is_of_another) == (outcome, Decimal("10.00"), False)


def test_the_captured_cancellation_without_refunded_is_an_answer(khalti: Server) -> None:
    khalti.behaviours = [
        answering(
            {
                "pidx": PIDX,
                "total_amount": 1000,
                "status": "User canceled",
                "transaction_id": None,
                "fee": 0,
                "error_key": "khalti_error",
            },
            400,
        )
    ]
    assert KhaltiGateway().lookup(LOOKUP).outcome == Outcome.FAILED


@pytest.mark.parametrize("more", [{}, {"total_amount": None}, {"total_amount": 0}])
@pytest.mark.parametrize(
    ("word", "outcome"), [("Expired", Outcome.EXPIRED), ("User canceled", Outcome.FAILED)]
)
def test_what_was_not_paid_needs_no_amount(
    khalti: Server, word: str, outcome: Outcome, more: dict[str, Any]
) -> None:
    body = {"pidx": PIDX, "status": word, "transaction_id": None, "error_key": "khalti_error", **more}
    khalti.behaviours = [answering(body, 400)]
    answer = KhaltiGateway().lookup(LOOKUP)
    assert (answer.outcome, answer.amount, answer.is_of_another) == (outcome, None, False)


@pytest.mark.parametrize("word", ["Completed", "Partially Refunded", "Refunded", "On hold"])
def test_what_speaks_of_money_needs_an_amount(khalti: Server, word: str) -> None:
    khalti.behaviours = [answering({**COMPLETED, "status": word, "total_amount": None})]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


def test_another_pidx_without_an_amount_is_no_answer(khalti: Server) -> None:
    khalti.behaviours = [answering({"pidx": "another", "status": "Expired"}, 400)]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


@pytest.mark.parametrize("amount", [1000, "1000", 1000.0])
def test_an_amount_may_come_as_a_number_or_text(khalti: Server, amount: object) -> None:
    khalti.behaviours = [answering({**COMPLETED, "total_amount": amount})]
    assert KhaltiGateway().lookup(LOOKUP).amount == Decimal("10.00")


@pytest.mark.parametrize("transaction_id", ["x" * 5000, 7, "line\nbreak"])
def test_a_garbled_transaction_id_is_no_answer(khalti: Server, transaction_id: object) -> None:
    khalti.behaviours = [answering({**COMPLETED, "transaction_id": transaction_id})]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


def test_completed_but_refunded_is_for_a_person(khalti: Server) -> None:
    khalti.behaviours = [answering({**COMPLETED, "refunded": True})]
    assert KhaltiGateway().lookup(LOOKUP).outcome == Outcome.UNKNOWN


def test_another_pidx_in_the_answer_is_noticed(khalti: Server) -> None:
    khalti.behaviours = [answering({**COMPLETED, "pidx": "another"})]
    assert KhaltiGateway().lookup(LOOKUP).is_of_another


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_nonsense_is_no_answer_of_lookup(khalti: Server, name: str) -> None:
    khalti.behaviours = [NOT_ANSWERS[name]]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


@pytest.mark.parametrize("name", TOO_SLOW)
def test_too_slow_is_no_answer(khalti: Server, settings: Settings, name: str) -> None:
    settings.GATEWAY_TIMEOUT_SECONDS = 0.3
    khalti.behaviours = [TOO_SLOW[name]]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


@pytest.mark.parametrize(
    "odd",
    [
        {"total_amount": "lots"},
        {"total_amount": None},
        {"total_amount": True},
        {"total_amount": "1e9999999"},
        {"total_amount": "0" * 5000 + "1000"},
        {"status": 1},
    ],
)
def test_a_lookup_without_word_or_amount_is_no_answer(khalti: Server, odd: dict[str, Any]) -> None:
    khalti.behaviours = [answering({**COMPLETED, **odd})]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


def test_an_unknown_pidx_is_no_answer(khalti: Server) -> None:
    khalti.behaviours = [answering({"detail": "Not found.", "error_key": "validation_error"}, 404)]
    with pytest.raises(GatewayError):
        KhaltiGateway().lookup(LOOKUP)


def test_a_refusal_carries_no_phone_and_no_address(khalti: Server) -> None:
    refusal = {"customer_info": ["9841234567 kamala@example.com"], "error_key": "validation_error"}
    khalti.behaviours = [answering(refusal, 400)]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().initiate(INITIATE)
    assert "9841234567" not in str(raised.value)
    assert "kamala" not in str(raised.value)


@pytest.mark.parametrize("secret", [PIDX, "short_id", "with space"])
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {"detail": "Payment {} was not found.", "error_key": "validation_error"}),
        (400, {"{}": ["Not found."], "error_key": "validation_error"}),
        (400, {"pidx": "{}", "note": "about {}"}),
        (400, {"{}": "unknown"}),
        (500, {"detail": "no {}", "status_code": 500}),
    ],
)
def test_a_refusal_does_not_quote_what_it_refuses(
    khalti: Server, status: int, body: dict[str, Any], secret: str
) -> None:
    khalti.behaviours = [sending(json.dumps(body).replace("{}", secret).encode(), status)]
    with pytest.raises(GatewayError) as looked_up:
        KhaltiGateway().lookup(replace(LOOKUP, token=secret))
    with pytest.raises(GatewayError) as token:
        KhaltiTokenGateway().lookup(replace(LOOKUP, token=secret))
    with pytest.raises(GatewayError) as refunded:
        KhaltiGateway().refund(RefundRequest(transaction_id=secret, amount=Decimal(1), is_full=True))
    for raised in (looked_up, token, refunded):
        assert secret not in str(raised.value)


def test_an_unknown_refusal_tells_its_fields(khalti: Server) -> None:
    khalti.behaviours = [answering({"reason": "9841234567 is blocked", "code": 7}, 400)]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().lookup(LOOKUP)
    assert str(raised.value) == "HTTP 400: not an answer, reason, code"


def test_a_full_refund_has_an_empty_body_and_no_version(khalti: Server) -> None:
    khalti.behaviours = [answering({"detail": "Transaction refund successful."})]
    KhaltiGateway().refund(RefundRequest(transaction_id="GFq9", amount=Decimal("10.00"), is_full=True))
    assert (khalti.paths, khalti.bodies) == (["/api/merchant-transaction/GFq9/refund/"], [{}])


def test_a_part_refund_names_whole_paisa(khalti: Server) -> None:
    khalti.behaviours = [answering({"detail": "Transaction refund successful."})]
    KhaltiGateway().refund(RefundRequest(transaction_id="GFq9", amount=Decimal("2.50"), is_full=False))
    assert khalti.bodies == [{"amount": 250}]


def test_a_refused_refund_is_an_error(khalti: Server) -> None:
    khalti.behaviours = [answering({"detail": "Cannot be refunded.", "error_key": "validation_error"}, 400)]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().refund(RefundRequest(transaction_id="GFq9", amount=Decimal("2.50"), is_full=False))
    assert raised.value.permanent


@pytest.mark.parametrize(
    "body",
    [
        {"detail": "Not found.", "error_key": "validation_error"},
        {"detail": "Insufficient balance", "status_code": 400},
        {"detail": "Transaction refund successful.", "status_code": "401"},
    ],
)
def test_an_errors_body_with_http_200_is_a_refusal(khalti: Server, body: dict[str, Any]) -> None:
    khalti.behaviours = [answering(body)]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().refund(RefundRequest(transaction_id="GFq9", amount=Decimal("2.50"), is_full=False))
    assert raised.value.permanent


@pytest.mark.parametrize("status", [200, 400, 503])
def test_an_errors_body_of_the_server_refuses_nothing(khalti: Server, status: int) -> None:
    khalti.behaviours = [answering({"detail": "Try later.", "status_code": 503}, status)]
    with pytest.raises(GatewayError) as raised:
        KhaltiGateway().refund(RefundRequest(transaction_id="GFq9", amount=Decimal("2.50"), is_full=False))
    assert not raised.value.permanent


@pytest.mark.parametrize(
    ("detail", "is_clear"),
    [
        ("Transaction refund successful.", True),
        ("transaction refund successful", True),
        ("Transaction refund successfully requested.", False),
        ("Please wait.", False),
        (None, False),
    ],
)
def test_only_the_documented_text_says_that_it_was_done(
    khalti: Server, detail: str | None, is_clear: bool
) -> None:
    khalti.behaviours = [answering({"detail": detail})]
    request = RefundRequest(transaction_id="GFq9", amount=Decimal("2.50"), is_full=False)
    assert KhaltiGateway().refund(request).is_clear == is_clear


def test_verify_takes_the_money_of_a_token(khalti: Server) -> None:
    khalti.behaviours = [answering(VERIFIED)]
    answer = KhaltiTokenGateway().verify(replace(LOOKUP, token="QUao9cqFzxPgvWJNi9aKac"))
    assert (answer.outcome, answer.amount) == (Outcome.PAID, Decimal("10.00"))
    assert answer.transaction_id == VERIFIED["idx"]
    assert khalti.bodies == [{"token": "QUao9cqFzxPgvWJNi9aKac", "amount": 1000}]


def test_a_refused_verify_asks_for_the_state(khalti: Server) -> None:
    state = {"status": True, "detail": "Transaction complete.", "state": "Complete"}
    khalti.behaviours = [answering({"token": ["Invalid token."]}, 400), answering(state)]
    assert KhaltiTokenGateway().verify(LOOKUP).outcome == Outcome.PAID
    assert khalti.paths[1] == f"/api/v2/payment/status/?token={PIDX}&amount=1000"


def test_a_refused_verify_stands_where_khalti_knows_no_state(khalti: Server) -> None:
    khalti.behaviours = [answering({"token": ["Invalid token."]}, 400), answering({}, 404)]
    assert KhaltiTokenGateway().verify(LOOKUP).outcome == Outcome.FAILED


def test_a_refused_verify_is_open_while_khalti_is_down(khalti: Server) -> None:
    khalti.behaviours = [answering({"token": ["Invalid token."]}, 400), answering({}, 502)]
    with pytest.raises(GatewayError):
        KhaltiTokenGateway().verify(LOOKUP)


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        ("Complete", Outcome.PAID),
        ("Initiated", Outcome.PROCESSING),
        ("Confirmed", Outcome.UNPAID),
        ("Refunded", Outcome.REFUNDED),
        ("Partially refunded", Outcome.PARTIALLY_REFUNDED),
        ("Failed", Outcome.FAILED),
        ("Error", Outcome.FAILED),
        ("Sleeping", Outcome.UNKNOWN),
    ],
)
def test_a_token_is_judged_by_its_state(khalti: Server, state: str, outcome: Outcome) -> None:
    khalti.behaviours = [answering({"status": True, "detail": "", "state": state})]
    assert KhaltiTokenGateway().lookup(LOOKUP).outcome == outcome


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_nonsense_is_no_answer_of_verify_or_status(khalti: Server, name: str) -> None:
    khalti.behaviours = [NOT_ANSWERS[name]]
    with pytest.raises(GatewayError):
        KhaltiTokenGateway().verify(LOOKUP)
    with pytest.raises(GatewayError):
        KhaltiTokenGateway().lookup(LOOKUP)
