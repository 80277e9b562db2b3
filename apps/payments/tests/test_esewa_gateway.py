from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.payments.gateways.base import FormPost, GatewayError, InitiateRequest, LookupRequest, Outcome
from apps.payments.gateways.esewa.gateway import EsewaGateway, amount_text, signature
from apps.payments.tests.misbehaving_server import NOT_ANSWERS, Server, answering, misbehaving_server

NAMES = ("total_amount", "transaction_uuid", "product_code")
LOOKUP = LookupRequest(token="", reference="SB-1", amount=Decimal("100.00"), link_expires_at=None)
COMPLETE = {
    "product_code": "EPAYTEST",
    "transaction_uuid": "SB-1",
    "total_amount": 100.0,
    "status": "COMPLETE",
    "ref_id": "0007G36",
}


@pytest.fixture
def esewa(settings: Settings) -> Iterator[Server]:
    with misbehaving_server() as running:
        settings.ESEWA_STATUS_URL = f"{running.url}status/"
        settings.GATEWAY_TIMEOUT_SECONDS = 2
        yield running


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("110", "241028", "EPAYTEST"), "i94zsd3oXF6ZsSr/kGqT4sSzYQzjj1W/waxjWyRwaME="),
        (("99.5", "bk-7-1", "EPAYTEST"), "AuC3AWasfikprQrp3YGrA2FMeU2ipaF6oZmvLRGoe6U="),
    ],
)
def test_the_documented_signatures_come_out(values: tuple[str, ...], expected: str) -> None:
    assert signature(dict(zip(NAMES, values, strict=True)), NAMES) == expected


@pytest.mark.parametrize(
    ("rupees", "text"), [("1500.00", "1500"), ("99.50", "99.5"), ("0.01", "0.01"), ("200000.00", "200000")]
)
def test_an_amount_has_one_spelling(rupees: str, text: str) -> None:
    assert amount_text(Decimal(rupees)) == text


def test_the_form_is_complete_and_signed() -> None:
    answer = EsewaGateway().initiate(
        InitiateRequest(
            reference="SB-1",
            order_reference="",
            amount=Decimal("99.50"),
            title="",
            return_url="http://127.0.0.1/back/",
            website_url="",
            customer_name="",
            customer_email="",
            customer_phone="",
        )
    )
    assert isinstance(answer.action, FormPost)
    fields = answer.action.fields
    assert len(fields) == 11
    assert all(fields.values())
    assert fields["total_amount"] == "99.5"
    assert fields["signature"] == signature(fields, NAMES)


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("COMPLETE", Outcome.PAID),
        ("PENDING", Outcome.BEGUN),
        ("AMBIGUOUS", Outcome.PROCESSING),
        ("CANCELED", Outcome.FAILED),
        ("FULL_REFUND", Outcome.REFUNDED),
        ("PARTIAL_REFUND", Outcome.PARTIALLY_REFUNDED),
        ("NOT_FOUND", Outcome.EXPIRED),
        ("SLEEPING", Outcome.UNKNOWN),
    ],
)
def test_the_status_is_judged_by_its_word(esewa: Server, word: str, outcome: Outcome) -> None:
    esewa.behaviours = [answering({**COMPLETE, "status": word})]
    answer = EsewaGateway().lookup(LOOKUP)
    assert (answer.outcome, answer.is_of_another) == (outcome, False)
    assert answer.amount == Decimal("100.00")
    assert esewa.paths == ["/status/?product_code=EPAYTEST&total_amount=100&transaction_uuid=SB-1"]


def test_not_found_says_nothing_while_the_form_may_still_be_posted(esewa: Server) -> None:
    esewa.behaviours = [answering({**COMPLETE, "status": "NOT_FOUND", "ref_id": None})]
    later = timezone.now() + timedelta(minutes=10)
    request = LookupRequest(token="", reference="SB-1", amount=Decimal("100.00"), link_expires_at=later)
    assert EsewaGateway().lookup(request).outcome == Outcome.UNPAID


@pytest.mark.parametrize("amount", [None, 0.0])
def test_not_found_needs_no_amount(esewa: Server, amount: float | None) -> None:
    body = {**COMPLETE, "status": "NOT_FOUND", "ref_id": None, "total_amount": amount}
    esewa.behaviours = [answering(body)]
    answer = EsewaGateway().lookup(LOOKUP)
    assert (answer.outcome, answer.amount, answer.is_of_another) == (Outcome.EXPIRED, None, False)


def test_another_transaction_in_the_answer_is_noticed(esewa: Server) -> None:
    esewa.behaviours = [answering({**COMPLETE, "transaction_uuid": "SB-2"})]
    assert EsewaGateway().lookup(LOOKUP).is_of_another


def test_a_thousands_comma_is_read(esewa: Server) -> None:
    esewa.behaviours = [answering({**COMPLETE, "total_amount": "1,000.0"})]
    assert EsewaGateway().lookup(LOOKUP).amount == Decimal(1000)


@pytest.mark.parametrize(
    "odd",
    ["lots", "NaN", "Infinity", None, True, [], "1e9999999", "1e-9999999", "0e9999999", 1e300, "9" * 5000],
)
def test_an_amount_that_is_none_is_no_answer(esewa: Server, odd: Any) -> None:
    esewa.behaviours = [answering({**COMPLETE, "total_amount": odd})]
    with pytest.raises(GatewayError):
        EsewaGateway().lookup(LOOKUP)


def test_an_outage_in_esewas_words_is_no_answer(esewa: Server) -> None:
    esewa.behaviours = [answering({"code": 0, "error_message": "Service is currently unavailable"})]
    with pytest.raises(GatewayError):
        EsewaGateway().lookup(LOOKUP)


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_nonsense_is_no_answer(esewa: Server, name: str) -> None:
    esewa.behaviours = [NOT_ANSWERS[name]]
    with pytest.raises(GatewayError):
        EsewaGateway().lookup(LOOKUP)
