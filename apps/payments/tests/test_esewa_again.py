"""Pay again with eSewa, after its form was handed out: eSewa takes each reference once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.bookings.models import Booking
from apps.payments.models import Payment, PaymentMethod
from apps.payments.reconciliation.watched import watched
from apps.payments.tests.fixtures import Initiate, Sandbox, error_of, statuses
from apps.sandbox.models import EsewaPayment

FORM = "/sandbox/esewa/api/epay/main/v2/form"


@pytest.fixture
def pay(
    initiate: Initiate, draft: Booking, sandbox: Sandbox, methods: dict[str, PaymentMethod]
) -> Callable[[], Any]:
    """Press "Pay with eSewa"."""
    return lambda: initiate(draft, payment_method="esewa")


def form_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 201
    fields: dict[str, str] = answer.json()["action"]["fields"]
    return fields


def post(sandbox: Sandbox, fields: dict[str, str]) -> Any:
    """Post the form as the payer's browser does."""
    return sandbox.browser.post(FORM, fields)


def decide(sandbox: Sandbox, fields: dict[str, str], decision: str) -> str:
    """Press a button on eSewa's page; return where the browser is sent, without our address."""
    answer = sandbox.browser.post(f"/sandbox/esewa/pay/{fields['transaction_uuid']}/", {"decision": decision})
    return str(answer.headers["Location"]).removeprefix("http://127.0.0.1:8000")


def at_esewa(fields: dict[str, str], status: str) -> None:
    EsewaPayment.objects.filter(transaction_uuid=fields["transaction_uuid"]).update(status=status)


def test_a_form_is_never_handed_out_twice(pay: Callable[[], Any], draft: Booking) -> None:
    first, second = form_of(pay()), form_of(pay())
    assert first["transaction_uuid"] != second["transaction_uuid"]
    assert statuses(draft) == ["superseded", "processing"]


def test_form_posted_back_and_pay_again_works(
    pay: Callable[[], Any], draft: Booking, sandbox: Sandbox, api: APIClient
) -> None:
    first = form_of(pay())
    assert post(sandbox, first).status_code == 302
    second = form_of(pay())
    assert post(sandbox, second).status_code == 302
    api.get(decide(sandbox, second, "pay"))
    assert statuses(draft) == ["superseded", "completed"]


def test_esewa_refuses_a_form_that_was_posted_before(pay: Callable[[], Any], sandbox: Sandbox) -> None:
    fields = form_of(pay())
    post(sandbox, fields)
    refused = post(sandbox, fields)
    assert (refused.status_code, refused.json()["code"]) == (409, 0)


def test_the_form_before_is_still_watched(pay: Callable[[], Any], sandbox: Sandbox, draft: Booking) -> None:
    first = form_of(pay())
    post(sandbox, first)
    pay()
    old = Payment.objects.get(transaction_id=first["transaction_uuid"])
    assert watched(now=timezone.now() + timedelta(days=1)).filter(pk=old.pk).exists()


def test_the_form_before_paid_after_all_settles_the_booking(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking, api: APIClient
) -> None:
    first = form_of(pay())
    post(sandbox, first)
    pay()
    api.get(decide(sandbox, first, "pay"))
    assert statuses(draft) == ["completed", "superseded"]
    draft.refresh_from_db()
    assert draft.status == "confirmed"


def test_paid_there_settles_instead(pay: Callable[[], Any], sandbox: Sandbox, draft: Booking) -> None:
    first = form_of(pay())
    post(sandbox, first)
    decide(sandbox, first, "pay")
    assert error_of(pay()) == (409, "already_paid")
    assert statuses(draft) == ["completed"]


def test_pending_there_after_the_payer_came_back_is_waited_for(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking, api: APIClient
) -> None:
    first = form_of(pay())
    post(sandbox, first)
    api.get(decide(sandbox, first, "pending"))
    assert error_of(pay()) == (409, "payment_in_progress")
    assert statuses(draft) == ["processing"]


def test_ambiguous_there_is_waited_for_wherever_the_payer_is(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking
) -> None:
    first = form_of(pay())
    post(sandbox, first)
    at_esewa(first, "AMBIGUOUS")
    assert error_of(pay()) == (409, "payment_in_progress")
    assert statuses(draft) == ["processing"]


@pytest.mark.parametrize(("said", "becomes"), [("CANCELED", "failed"), ("NOT_FOUND", "superseded")])
def test_what_ended_there_makes_way_for_a_new_form(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking, said: str, becomes: str
) -> None:
    first = form_of(pay())
    post(sandbox, first)
    at_esewa(first, said)
    form_of(pay())
    assert statuses(draft) == [becomes, "processing"]


def test_a_session_that_ran_out_unpaid_holds_nobody_who_came_back(
    pay: Callable[[], Any], sandbox: Sandbox, draft: Booking, api: APIClient
) -> None:
    first = form_of(pay())
    post(sandbox, first)
    api.get(f"/api/payments/esewa/return/{first['transaction_uuid']}/")
    assert error_of(pay()) == (409, "payment_in_progress")
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        form_of(pay())
    assert statuses(draft) == ["superseded", "processing"]


def test_the_same_request_again_is_answered_with_the_same_form(customer: APIClient, draft: Booking) -> None:
    def pay_with_key() -> Any:
        body = {"booking_id": draft.pk, "payment_method": "esewa"}
        return customer.post("/api/payments/initiate/", body, headers={"Idempotency-Key": "tap"})

    assert form_of(pay_with_key()) == form_of(pay_with_key())
    assert statuses(draft) == ["processing"]
