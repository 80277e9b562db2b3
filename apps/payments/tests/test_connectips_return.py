"""Pay with ConnectIPS: its form, back from it, and what its validation alone settles."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod
from apps.payments.reconciliation.run import payments_reconcile
from apps.payments.tests.fixtures import Initiate, Sandbox, error_of, statuses
from apps.payments.tests.test_races import at_once
from apps.sandbox.models import ConnectipsPayment
from apps.services.models import Service

RETURN = "/api/payments/connectips/return/"


@pytest.fixture
def pay(initiate: Initiate, draft: Booking, sandbox: Sandbox, connectips: PaymentMethod) -> Callable[[], Any]:
    """Press "Pay with ConnectIPS"."""
    return lambda: initiate(draft, payment_method="connectips")


def fields_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 201
    fields: dict[str, str] = answer.json()["action"]["fields"]
    return fields


def decide(sandbox: Sandbox, fields: dict[str, str], decision: str) -> str:
    """Post the form, press a button on ConnectIPS's page, and return where the browser is sent."""
    page = sandbox.browser.post("/sandbox/connectips/connectipswebgw/loginpage", fields)
    answer = sandbox.browser.post(page.headers["Location"], {"decision": decision})
    return str(answer.headers["Location"])


def come_back(address: str, **query: str) -> str:
    """Return as the payer's browser does; answer the result's word."""
    answer = APIClient().get(address, query)
    assert answer.status_code == 302
    return str(answer.headers["Location"]).rpartition("status=")[2].partition("&")[0]


def stands(booking: Booking) -> tuple[str, str]:
    booking.refresh_from_db()
    return booking.status, booking.payment_status


def test_it_is_no_way_to_pay_until_its_settings_are_there(
    api: APIClient, methods: dict[str, PaymentMethod], request: pytest.FixtureRequest
) -> None:
    def codes() -> list[str]:
        return [method["code"] for method in api.get("/api/payment-methods/").json()]

    assert codes() == ["khalti", "esewa", "bank_transfer", "cash"]
    request.getfixturevalue("connectips")
    assert set(codes()) == {"khalti", "esewa", "connectips", "bank_transfer", "cash"}


@pytest.mark.parametrize(
    "name",
    [
        "CONNECTIPS_PRIVATE_KEY",
        "CONNECTIPS_URL",
        "CONNECTIPS_MERCHANT_ID",
        "CONNECTIPS_APP_ID",
        "CONNECTIPS_APP_NAME",
        "CONNECTIPS_PASSWORD",
    ],
)
def test_without_one_of_its_settings_again_it_is_not_offered(
    api: APIClient,
    connectips: PaymentMethod,
    initiate: Initiate,
    draft: Booking,
    settings: Settings,
    name: str,
) -> None:
    setattr(settings, name, "")
    assert "connectips" not in str(api.get("/api/payment-methods/").json())
    assert initiate(draft, payment_method="connectips").status_code == 400


def test_paid_there_confirms_the_booking(pay: Callable[[], Any], sandbox: Sandbox, draft: Booking) -> None:
    address = decide(sandbox, fields_of(pay()), "pay")
    assert urlsplit(address).path == RETURN
    assert come_back(address) == "completed"
    assert stands(draft) == ("confirmed", "completed")
    assert list(findings()) == []


def test_paid_by_who_never_came_back_is_found(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking
) -> None:
    decide(sandbox, fields_of(pay()), "pay")
    payments_reconcile(by_hand=True)
    assert stands(draft) == ("confirmed", "completed")


@pytest.mark.parametrize("decision", ["cancel", "pending"])
def test_not_paid_there_holds_nobody_from_paying_again(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking, decision: str
) -> None:
    assert come_back(decide(sandbox, fields_of(pay()), decision)) == "pending"
    again = fields_of(pay())
    assert come_back(decide(sandbox, again, "pay")) == "completed"
    assert statuses(draft) == ["superseded", "completed"]


def test_failed_there_is_failed(pay: Callable[[], Any], sandbox: Sandbox, draft: Booking) -> None:
    address = decide(sandbox, fields_of(pay()), "pending")
    ConnectipsPayment.objects.update(status="FAILED")
    assert come_back(address) == "failed"
    assert statuses(draft) == ["failed"]


def test_a_form_that_nobody_posted_expires(pay: Callable[[], Any], draft: Booking) -> None:
    reference = fields_of(pay())["TXNID"]
    assert come_back(RETURN, TXNID=reference) == "pending"
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert come_back(RETURN, TXNID=reference) == "expired"
    assert statuses(draft) == ["expired"]


def test_money_for_a_form_before_settles_instead(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking
) -> None:
    first = fields_of(pay())
    pay()
    assert come_back(decide(sandbox, first, "pay")) == "completed"
    assert statuses(draft) == ["completed", "superseded"]


def test_paid_there_is_not_opened_again(pay: Callable[[], Any], sandbox: Sandbox, draft: Booking) -> None:
    decide(sandbox, fields_of(pay()), "pay")
    assert error_of(pay()) == (409, "already_paid")
    assert stands(draft) == ("confirmed", "completed")


def test_coming_back_alone_pays_nothing(pay: Callable[[], Any], draft: Booking) -> None:
    assert come_back(RETURN, TXNID=fields_of(pay())["TXNID"]) == "pending"
    assert stands(draft) == ("draft", "processing")


def test_coming_back_again_and_again_settles_once(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking
) -> None:
    address = decide(sandbox, fields_of(pay()), "pay")
    assert [come_back(address) for _ in range(3)] == ["completed"] * 3
    assert draft.payments.get().events.filter(to_status="completed").count() == 1


@pytest.mark.race
def test_two_tabs_that_come_back_at_once_settle_once(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking
) -> None:
    address = decide(sandbox, fields_of(pay()), "pay")
    at_once([lambda: APIClient().get(address)] * 3)
    assert stands(draft) == ("confirmed", "completed")
    assert draft.payments.get().events.filter(to_status="completed").count() == 1
    assert list(findings()) == []


def test_the_payment_of_one_booking_never_pays_another(
    pay: Callable[[], Any],
    initiate: Initiate,
    sandbox: Sandbox,
    draft: Booking,
    kamala: User,
    service: Service,
) -> None:
    other = booked(kamala, service, at="12:00", method="connectips")
    fields_of(initiate(other))
    address = decide(sandbox, fields_of(pay()), "pay")
    foreign = Payment.objects.get(booking=other).transaction_id
    assert come_back(RETURN, TXNID=foreign) == "pending"
    assert come_back(address) == "completed"
    assert stands(draft) == ("confirmed", "completed")
    assert stands(other) == ("draft", "processing")


@pytest.mark.parametrize("brought", ["", "SB-nobody", "x" * 200, "\x00", "नाम"])
def test_a_reference_that_is_none_is_unknown(db: None, brought: str) -> None:
    assert come_back(RETURN, TXNID=brought) == "unknown"


def test_money_goes_back_by_hand(
    pay: Callable[[], Any], sandbox: Sandbox, refund: Callable[..., Any], draft: Booking
) -> None:
    come_back(decide(sandbox, fields_of(pay()), "pay"))
    answer = refund(draft.payments.get())
    assert answer.status_code == 200
    assert statuses(draft) == ["refund_pending"]
