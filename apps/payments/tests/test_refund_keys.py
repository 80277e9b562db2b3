"""An Idempotency-Key means one refund, and one payment, also where the server dies before it has answered."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking
from apps.common.models import IdempotencyKey
from apps.payments.models import Payment, PaymentEvent, Refund
from apps.payments.tests.fixtures import Refunding, Sandbox, error_of
from apps.sandbox.models import KhaltiPayment


def die_before_the_answer_is_stored() -> None:
    """Leave what a killed process leaves after its last commit, a minute later."""
    claimed_at = timezone.now() - timedelta(seconds=61)
    assert IdempotencyKey.objects.update(answer=None, answer_status=None, claimed_at=claimed_at) == 1


def asked_to_refund() -> int:
    return PaymentEvent.objects.filter(kind="request", operation="refund").count()


def test_a_refund_that_was_done_is_answered_and_not_done_again(
    khalti_paid: Payment, refund: Refunding
) -> None:
    first = refund(khalti_paid, key="K", amount="300.00")
    die_before_the_answer_is_stored()
    again = refund(khalti_paid, key="K", amount="300.00")
    assert (again.status_code, again.json()) == (200, first.json())
    assert (Refund.objects.count(), asked_to_refund()) == (1, 1)
    assert KhaltiPayment.objects.get().refunded_amount == 30_000


def test_a_refund_by_hand_is_not_begun_again(cash_paid: Payment, refund: Refunding) -> None:
    refund(cash_paid, key="K", amount="300.00")
    die_before_the_answer_is_stored()
    assert refund(cash_paid, key="K", amount="300.00").status_code == 200
    assert Refund.objects.count() == 1


def test_a_refund_that_was_gone_on_with_is_not_done_again(
    khalti_paid: Payment, refund: Refunding, kamala: User
) -> None:
    """Two requests, one refund: each of them keeps meaning it."""
    starts_at = khalti_paid.booking.starts_at
    assert starts_at is not None
    with time_machine.travel(starts_at - timedelta(hours=1)):
        booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    amount = Refund.objects.get().amount
    assert amount < khalti_paid.total_amount
    refund(khalti_paid, key="K", amount=str(amount))
    die_before_the_answer_is_stored()
    refund(khalti_paid, key="K", amount=str(amount))
    assert (Refund.objects.count(), asked_to_refund()) == (1, 1)


def test_after_a_503_the_key_still_means_the_refund_that_was_done_since(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    sandbox.fault("refund", "lost_answer")
    assert error_of(refund(khalti_paid, key="K", amount="300.00")) == (503, "gateway_unavailable")
    call_command("process_refunds")
    answer = refund(khalti_paid, key="K", amount="300.00")
    assert answer.json()["refund"]["status"] == "completed"
    assert (Refund.objects.count(), asked_to_refund()) == (1, 1)


def test_after_a_503_the_key_takes_no_other_body(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    sandbox.fault("refund", "lost_answer")
    refund(khalti_paid, key="K", amount="300.00")
    call_command("process_refunds")
    assert error_of(refund(khalti_paid, key="K", amount="400.00")) == (422, "idempotency_key_reused")


def test_another_day_the_key_means_another_refund(khalti_paid: Payment, refund: Refunding) -> None:
    refund(khalti_paid, key="K", amount="300.00")
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        refund(khalti_paid, key="K", amount="300.00")
        die_before_the_answer_is_stored()
        refund(khalti_paid, key="K", amount="300.00")
    assert (Refund.objects.count(), asked_to_refund()) == (2, 2)


@pytest.mark.parametrize("method", ["khalti", "cash"])
def test_a_payment_that_was_opened_is_handed_out_again(
    customer: APIClient, draft: Booking, sandbox: Sandbox, method: str
) -> None:
    def initiate() -> Any:
        body = {"booking_id": draft.pk, "payment_method": method}
        return customer.post("/api/payments/initiate/", body, HTTP_IDEMPOTENCY_KEY="K")

    first = initiate()
    die_before_the_answer_is_stored()
    second = initiate()
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["action"] == second.json()["action"]
    assert first.json()["payment"]["id"] == second.json()["payment"]["id"]
    assert Payment.objects.count() == 1


def test_a_form_of_esewas_is_never_handed_out_again(
    customer: APIClient, draft: Booking, sandbox: Sandbox
) -> None:
    """Nobody knows whether the answer that was lost had reached the browser, and eSewa takes a form once."""
    body = {"booking_id": draft.pk, "payment_method": "esewa"}

    def initiate() -> Any:
        return customer.post("/api/payments/initiate/", body, HTTP_IDEMPOTENCY_KEY="K").json()

    first = initiate()
    die_before_the_answer_is_stored()
    second = initiate()

    assert first["payment"]["transaction_id"] != second["payment"]["transaction_id"]
    assert Payment.objects.get(pk=first["payment"]["id"]).status == "superseded"
