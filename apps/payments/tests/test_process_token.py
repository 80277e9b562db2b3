from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.actions.settle import payment_settle
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import Payment, PaymentMethod, PaymentSecret
from apps.payments.tests.fixtures import PAISA, Sandbox, error_of, pidx_of
from apps.payments.tests.misbehaving_server import Server, answering
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

ADDRESS = "/api/payments/process-khalti-payment/"
Initiate = Callable[..., Any]
Process = Callable[..., Any]


def test_a_token_is_verified_and_confirms_the_booking(
    process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    token = sandbox.token()
    answer = process(draft, token=token, amount=PAISA)
    assert answer.status_code == 200
    assert answer.json()["payment"]["status"] == "completed"
    assert answer.json()["booking"]["status"] == "confirmed"
    at_khalti = KhaltiPayment.objects.get(reference=token)
    assert at_khalti.status == "Completed"
    assert answer.json()["payment"]["gateway_transaction_id"] == at_khalti.transaction_id
    assert token not in answer.content.decode()
    assert PaymentSecret.objects.get().token == token


def test_a_closed_token_takes_no_money_for_a_booking_that_went_on_without_it(
    process: Process, kamala: User, service: Service, sandbox: Sandbox
) -> None:
    request = booked(kamala, service, method="cash")
    token = sandbox.token()
    sandbox.fault("verify", "error_500")
    process(request, token=token, amount=PAISA)
    Payment.objects.filter(is_widget_token=True).update(status="failed")
    assert error_of(process(request, token=token, amount=PAISA)) == (409, "payment_not_completed")
    assert KhaltiPayment.objects.get(reference=token).status != "Completed"


def test_a_token_again_answers_the_same_and_asks_nobody(
    process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    token = sandbox.token()
    first = process(draft, token=token, amount=PAISA)
    sandbox.fault("verify", "error_500")
    assert process(draft, token=token, amount=PAISA).json() == first.json()


@pytest.mark.parametrize("amount", [PAISA - 1, PAISA + 1, 1])
def test_another_amount_is_refused_before_khalti_is_asked(
    process: Process, draft: Booking, sandbox: Sandbox, amount: int
) -> None:
    token = sandbox.token()
    assert error_of(process(draft, token=token, amount=amount)) == (409, "amount_mismatch")
    assert KhaltiPayment.objects.get(reference=token).status == "Confirmed"
    assert not Payment.objects.exists()


def test_a_token_for_less_money_pays_nothing(process: Process, draft: Booking, sandbox: Sandbox) -> None:
    token = sandbox.token(1000)
    assert error_of(process(draft, token=token, amount=PAISA)) == (409, "payment_not_completed")
    assert Payment.objects.get().status == "failed"


def test_a_made_up_token_pays_nothing(process: Process, draft: Booking, sandbox: Sandbox) -> None:
    for _ in range(2):
        assert error_of(process(draft, token="made-up", amount=PAISA)) == (409, "payment_not_completed")
    assert Payment.objects.get().status == "failed"


def test_a_token_used_for_another_booking_is_refused(
    process: Process, draft: Booking, sandbox: Sandbox, kamala: User, service: Service
) -> None:
    token = sandbox.token()
    process(draft, token=token, amount=PAISA)
    other = booked(kamala, service, at="12:00", method="khalti")
    assert error_of(process(other, token=token, amount=PAISA)) == (409, "token_already_used")
    other.refresh_from_db()
    assert (other.status, other.payment_status) == ("draft", "pending")


def test_no_money_is_taken_for_a_booking_that_is_paid(
    process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    process(draft, token=sandbox.token(), amount=PAISA)
    second = sandbox.token()
    assert error_of(process(draft, token=second, amount=PAISA)) == (409, "already_paid")
    assert KhaltiPayment.objects.get(reference=second).status == "Confirmed"


def test_no_money_is_taken_for_a_time_that_is_gone(
    login: Callable[[User], APIClient],
    kamala: User,
    suresh: User,
    draft: Booking,
    service: Service,
    sandbox: Sandbox,
) -> None:
    token = sandbox.token()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        booked(suresh, service)
        body = {"booking_id": draft.pk, "token": token, "amount": PAISA}
        assert error_of(login(kamala).post(ADDRESS, body)) == (409, "hold_expired")
    assert KhaltiPayment.objects.get(reference=token).status == "Confirmed"


@pytest.mark.parametrize("fault", ["lost_answer", "error_500", "broken_json", "html", "empty", "dropped"])
def test_after_a_call_that_failed_the_same_call_settles(
    process: Process, draft: Booking, sandbox: Sandbox, fault: str
) -> None:
    token = sandbox.token()
    sandbox.fault("verify", fault)
    assert error_of(process(draft, token=token, amount=PAISA)) == (503, "gateway_unavailable")
    assert Payment.objects.get().status == "processing"
    answer = process(draft, token=token, amount=PAISA)
    assert answer.status_code == 200
    assert answer.json()["booking"]["status"] == "confirmed"
    assert Payment.objects.count() == 1


def test_a_slower_answer_still_tells_the_transaction(
    process: Process, draft: Booking, broken_khalti: Server, kamala: User
) -> None:
    """Khalti's status call names no transaction; a verify that overlaps with it does."""
    complete = {"status": True, "detail": "Transaction complete.", "state": "Complete"}
    broken_khalti.behaviours = [answering({"token": ["Invalid token."]}, 400), answering(complete)]
    assert process(draft, token="a-token", amount=PAISA).status_code == 200
    payment = Payment.objects.get()
    assert (payment.status, payment.gateway_transaction_id) == ("completed", "")

    verified = LookupAnswer(
        outcome=Outcome.PAID, word="Completed", amount=payment.total_amount, transaction_id="8xmeJnNX"
    )
    payment_settle(payment=payment, answer=verified, operation="verify", actor=kamala)
    payment.refresh_from_db()
    assert (payment.status, payment.gateway_transaction_id) == ("completed", "8xmeJnNX")


def test_verify_of_the_payment_takes_no_money(
    process: Process, customer: APIClient, draft: Booking, sandbox: Sandbox
) -> None:
    token = sandbox.token()
    sandbox.fault("verify", "error_500")
    process(draft, token=token, amount=PAISA)
    payment = Payment.objects.get()
    assert customer.post(f"/api/payments/{payment.pk}/verify/").json()["payment"]["status"] == "processing"
    assert KhaltiPayment.objects.get(reference=token).status == "Confirmed"


def test_a_wrong_amount_in_the_answer_settles_nothing(
    process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    sandbox.fault("verify", "wrong_amount")
    answer = process(draft, token=sandbox.token(), amount=PAISA)
    assert error_of(answer) == (409, "gateway_mismatch")
    assert Payment.objects.get().status == "needs_attention"


def test_a_token_closes_the_open_link(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    initiate(draft)
    process(draft, token=sandbox.token(), amount=PAISA)
    assert list(Payment.objects.order_by("pk").values_list("status", flat=True)) == [
        "superseded",
        "completed",
    ]


def test_a_cash_booking_is_paid_with_a_token_at_the_door(
    process: Process,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
) -> None:
    booking = booked(kamala, service)
    answer = process(booking, token=sandbox.token(), amount=PAISA)
    assert answer.json()["booking"]["status"] == "confirmed"
    assert answer.json()["booking"]["payment_method"] == "khalti"


def test_a_draft_that_chose_another_method_takes_no_token(
    process: Process,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
) -> None:
    draft = booked(kamala, service, method="esewa")
    answer = process(draft, token=sandbox.token(), amount=PAISA)
    assert error_of(answer) == (409, "step_out_of_order")


def test_a_pidx_is_no_token(initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox) -> None:
    answer = process(draft, token=pidx_of(initiate(draft)), amount=PAISA)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "token"


def test_the_token_form_is_off_without_payment_integration(
    process: Process, draft: Booking, settings: Settings
) -> None:
    settings.ENABLE_PAYMENT_INTEGRATION = False
    answer = process(draft, token="a-token", amount=PAISA)
    assert error_of(answer) == (404, "feature_disabled")
