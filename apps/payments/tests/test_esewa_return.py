"""Back from eSewa: its signed word keeps a payment open, its status call alone settles."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, PaymentMethod
from apps.payments.reconciliation.watched import watched
from apps.payments.tests.fixtures import Sandbox, error_of
from apps.payments.tests.misbehaving_server import (
    NOT_ANSWERS,
    Handler,
    Server,
    answering,
    misbehaving_server,
)
from apps.payments.tests.test_esewa_redirect import GENUINE, NAMES, encoded, signed
from apps.services.models import Service

Initiate = Callable[..., Any]


@pytest.fixture
def payment(initiate: Initiate, draft: Booking, methods: dict[str, PaymentMethod]) -> Payment:
    """A payment with eSewa whose form was handed out."""
    assert initiate(draft, payment_method="esewa").status_code == 201
    return Payment.objects.get()


@pytest.fixture
def esewa(payment: Payment, settings: Settings) -> Iterator[Server]:
    """An eSewa whose status call does what a test tells it; to begin with it knows of nothing."""
    with misbehaving_server() as server:
        settings.ESEWA_STATUS_URL = f"{server.url}status/"
        settings.GATEWAY_TIMEOUT_SECONDS = 0.5
        server.behaviours = [saying(payment, "NOT_FOUND")]
        yield server


def saying(payment: Payment, status: str) -> Callable[[Handler], None]:
    """Answer the status call for this payment."""
    return answering(
        {
            "product_code": "EPAYTEST",
            "transaction_uuid": payment.transaction_id,
            "total_amount": float(payment.total_amount),
            "status": status,
            "ref_id": "0007G36" if status == "COMPLETE" else None,
        }
    )


def data_of(payment: Payment, **changes: str) -> str:
    """Return what eSewa appends after this payment was paid."""
    fields = {
        "transaction_code": "0007G36",
        "status": "COMPLETE",
        "total_amount": "1500.0",
        "transaction_uuid": payment.transaction_id,
        "product_code": "EPAYTEST",
        "signed_field_names": NAMES,
    }
    return encoded(signed(**fields | changes))


def come_back(payment: Payment, data: str = "") -> str:
    """Return as the payer's browser does; answer the result's word."""
    query = {"data": data} if data else {}
    answer = APIClient().get(f"/api/payments/esewa/return/{payment.transaction_id}/", query)
    assert answer.status_code == 302
    return str(answer.headers["Location"]).rpartition("status=")[2].partition("&")[0]


def state() -> tuple[str, str]:
    return Payment.objects.get().status, Booking.objects.get().status


def after_the_session() -> Any:
    return time_machine.travel(timezone.now() + timedelta(minutes=40), tick=False)


def test_a_signed_word_alone_pays_nothing(payment: Payment, esewa: Server) -> None:
    assert come_back(payment, data_of(payment)) == "pending"
    assert state() == ("processing", "draft")


@pytest.mark.parametrize("amount", ["1.0", "1,499.0", "15000", "NaN", "a lot"])
def test_a_signed_word_of_another_amount_counts_for_nothing(
    payment: Payment, esewa: Server, amount: str
) -> None:
    come_back(payment, data_of(payment, total_amount=amount))
    assert Payment.objects.get().claimed_paid_at is None


@pytest.mark.parametrize("amount", ["1500", "1500.0", "1,500.00"])
def test_its_own_amount_counts_however_it_is_printed(payment: Payment, esewa: Server, amount: str) -> None:
    come_back(payment, data_of(payment, total_amount=amount))
    assert Payment.objects.get().claimed_paid_at is not None


def test_not_found_closes_a_payment_whose_session_is_over(payment: Payment, esewa: Server) -> None:
    with after_the_session():
        assert come_back(payment) == "expired"


def test_not_found_does_not_close_what_esewa_signed_as_paid(payment: Payment, esewa: Server) -> None:
    with after_the_session() as clock:
        assert come_back(payment, data_of(payment)) == "pending"
        clock.shift(timedelta(hours=3))
        assert come_back(payment) == "pending"
        assert state() == ("processing", "draft")
        esewa.behaviours = [saying(payment, "COMPLETE")]
        clock.shift(timedelta(minutes=1))
        assert come_back(payment) == "completed"
    assert state() == ("completed", "confirmed")


def test_a_contradiction_of_a_day_is_for_a_person(payment: Payment, esewa: Server) -> None:
    come_back(payment, data_of(payment))
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert come_back(payment) == "pending"
    assert state() == ("needs_attention", "draft")


@pytest.mark.parametrize("name", NOT_ANSWERS)
def test_a_status_call_that_fails_leaves_it_open(payment: Payment, esewa: Server, name: str) -> None:
    esewa.behaviours = [NOT_ANSWERS[name]]
    assert come_back(payment, data_of(payment)) == "pending"
    assert state() == ("processing", "draft")


def test_a_closed_payment_that_esewa_signed_as_paid_is_watched_and_then_for_a_person(
    payment: Payment, esewa: Server
) -> None:
    with after_the_session() as clock:
        assert come_back(payment) == "expired"
        clock.shift(timedelta(days=5))
        come_back(payment, data_of(payment))
        assert state()[0] == "expired"
        assert watched(now=timezone.now()).filter(pk=payment.pk).exists()
        clock.shift(timedelta(hours=25))
        come_back(payment)
    assert state()[0] == "needs_attention"


def test_the_status_calls_word_on_a_cancelled_one_counts(payment: Payment, esewa: Server) -> None:
    esewa.behaviours = [saying(payment, "CANCELED")]
    assert come_back(payment, data_of(payment)) == "failed"


@pytest.mark.parametrize(
    "data",
    [
        lambda payment: GENUINE,
        lambda payment: data_of(payment, transaction_uuid="SB-another"),
        lambda payment: data_of(payment, product_code="OTHER"),
        lambda payment: data_of(payment, status="PENDING"),
        lambda payment: data_of(payment)[:-10] + "AAAAAAAAAA",
        lambda payment: "nonsense",
    ],
    ids=["another merchant's", "another payment's", "another code", "not complete", "forged", "nonsense"],
)
def test_a_forged_or_foreign_word_changes_nothing(
    payment: Payment, esewa: Server, data: Callable[[Payment], str]
) -> None:
    sent = data(payment)
    with after_the_session():
        assert come_back(payment, sent) == "expired"
    payment.refresh_from_db()
    assert payment.claimed_paid_at is None
    assert not payment.events.filter(operation="redirect").exists()


def test_the_data_of_one_booking_never_pays_another(
    payment: Payment, initiate: Initiate, service: Service, sandbox: Sandbox
) -> None:
    other = booked(payment.booking.customer, service, at="12:00", method="esewa")
    fields = initiate(other).json()["action"]["fields"]
    sandbox.browser.post("/sandbox/esewa/api/epay/main/v2/form", fields)
    paid = sandbox.browser.post(f"/sandbox/esewa/pay/{fields['transaction_uuid']}/", {"decision": "pay"})
    data = paid.headers["Location"].partition("?data=")[2]
    assert come_back(payment, data) == "pending"
    assert set(Booking.objects.values_list("status", flat=True)) == {"draft"}


def test_coming_back_again_writes_the_trail_once(payment: Payment, esewa: Server) -> None:
    for _ in range(2):
        come_back(payment, data_of(payment))
    event = payment.events.get(operation="redirect")
    assert event.detail == "signed COMPLETE, 1500.0"
    assert data_of(payment) not in event.digest


def test_a_payment_that_may_be_paid_is_not_opened_again(
    payment: Payment, draft: Booking, initiate: Initiate, esewa: Server
) -> None:
    come_back(payment, data_of(payment))
    assert error_of(initiate(draft)) == (409, "payment_in_progress")
    assert Payment.objects.count() == 1


def test_a_settled_payment_takes_no_hint(payment: Payment, esewa: Server) -> None:
    esewa.behaviours = [saying(payment, "COMPLETE")]
    assert come_back(payment) == "completed"
    assert come_back(payment, data_of(payment)) == "completed"
    payment.refresh_from_db()
    assert payment.claimed_paid_at is None


def test_khaltis_payments_have_no_such_data(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    initiate(draft)
    payment = Payment.objects.get()
    come_back(payment, data_of(payment))
    payment.refresh_from_db()
    assert payment.claimed_paid_at is None
