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
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.payments.actions.settle import payment_settle
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, PaymentSecret, Refund
from apps.payments.tests.fixtures import PAISA, Sandbox, error_of, pidx_of
from apps.payments.tests.misbehaving_server import NOT_ANSWERS, TOO_SLOW, Server, answering
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

ADDRESS = "/api/payments/process-khalti-payment/"
Initiate = Callable[..., Any]
Process = Callable[..., Any]


@pytest.fixture
def process(customer: APIClient) -> Process:
    def call(booking: Booking, **body: Any) -> Any:
        return customer.post(ADDRESS, {"booking_id": booking.pk, **body})

    return call


# With the pidx of the web checkout


def test_a_paid_pidx_confirms_the_booking(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    answer = process(draft, pidx=pidx)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["payment"]["status"], body["booking"]["status"]) == ("completed", "confirmed")
    assert (body["booking"]["payment_status"], body["booking"]["booking_step"]) == ("completed", "completed")
    at_khalti = KhaltiPayment.objects.get(reference=pidx)
    assert body["payment"]["gateway_transaction_id"] == at_khalti.transaction_id
    assert body["payment"]["paid_at"].endswith("+05:45")
    assert Payment.objects.get().is_settlement
    assert pidx not in answer.content.decode()


def test_the_same_call_again_answers_the_same_and_asks_nobody(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    first = process(draft, pidx=pidx)
    sandbox.fault("lookup", "error_500")
    assert process(draft, pidx=pidx).json() == first.json()


@pytest.mark.parametrize(
    ("word", "code", "status"),
    [
        ("Initiated", "payment_not_completed", "processing"),
        ("Pending", "payment_in_progress", "processing"),
        ("User canceled", "payment_not_completed", "failed"),
        ("Expired", "payment_not_completed", "expired"),
        ("Failed", "payment_not_completed", "failed"),
    ],
)
def test_an_unpaid_pidx_says_so(
    initiate: Initiate,
    process: Process,
    draft: Booking,
    sandbox: Sandbox,
    word: str,
    code: str,
    status: str,
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.says(pidx, word)
    assert error_of(process(draft, pidx=pidx)) == (409, code)
    assert Payment.objects.get().status == status
    draft.refresh_from_db()
    assert (draft.status, draft.payment_status) == ("draft", status)


def test_a_word_that_nobody_knows_is_put_in_front_of_a_person(
    initiate: Initiate, process: Process, draft: Booking, broken_khalti: Server
) -> None:
    link = {"pidx": "HT6o6PEZRWFJ5ygavzHWd5", "payment_url": "https://test-pay.khalti.com/?pidx=HT6o"}
    odd = {"pidx": link["pidx"], "total_amount": PAISA, "status": "On hold", "transaction_id": None}
    broken_khalti.behaviours = [answering(link), answering(odd)]
    initiate(draft)
    assert error_of(process(draft, pidx=link["pidx"])) == (409, "payment_not_completed")
    assert Payment.objects.get().status == "needs_attention"


@pytest.mark.parametrize("fault", ["wrong_amount", "wrong_id"])
def test_an_answer_that_does_not_fit_settles_nothing(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox, fault: str
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    sandbox.fault("lookup", fault)
    assert error_of(process(draft, pidx=pidx)) == (409, "gateway_mismatch")
    assert Payment.objects.get().status == "needs_attention"
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_money_refunded_behind_our_back_pays_nothing(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.says(pidx, "Completed", refunded_amount=PAISA)
    assert process(draft, pidx=pidx).json()["payment"]["status"] == "refunded"
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize("name", [*NOT_ANSWERS, *TOO_SLOW])
def test_an_unreachable_khalti_is_told_and_asked_again(
    initiate: Initiate, process: Process, draft: Booking, broken_khalti: Server, name: str
) -> None:
    link = {"pidx": "HT6o6PEZRWFJ5ygavzHWd5", "payment_url": "https://test-pay.khalti.com/?pidx=HT6o"}
    paid = {"pidx": link["pidx"], "total_amount": PAISA, "status": "Completed", "transaction_id": "GFq9"}
    broken_khalti.behaviours = [answering(link), {**NOT_ANSWERS, **TOO_SLOW}[name], answering(paid)]
    initiate(draft)
    assert error_of(process(draft, pidx=link["pidx"])) == (503, "gateway_unavailable")
    assert Payment.objects.get().status == "processing"
    assert process(draft, pidx=link["pidx"]).json()["booking"]["status"] == "confirmed"


def test_the_pidx_of_another_booking_is_refused(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox, kamala: User, service: Service
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    other = booked(kamala, service, at="12:00", method="khalti")
    for body in ({"pidx": pidx}, {"pidx": "unknown"}):
        answer = process(other, **body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "pidx"
    other.refresh_from_db()
    assert other.status == "draft"


def test_a_transaction_that_settled_another_payment_is_not_counted_twice(
    initiate: Initiate,
    process: Process,
    draft: Booking,
    sandbox: Sandbox,
    kamala: User,
    service: Service,
) -> None:
    first, other = pidx_of(initiate(draft)), booked(kamala, service, at="12:00", method="khalti")
    sandbox.decides(first)
    process(draft, pidx=first)
    Payment.objects.filter(is_settlement=True).update(gateway_transaction_id="the-same")
    second = pidx_of(initiate(other))
    sandbox.decides(second)
    KhaltiPayment.objects.filter(reference=second).update(transaction_id="the-same")
    assert error_of(process(other, pidx=second)) == (409, "gateway_mismatch")
    other.refresh_from_db()
    assert (other.status, other.payment_status) == ("draft", "needs_attention")


def test_of_two_paid_attempts_the_second_goes_back(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    first = pidx_of(initiate(draft))
    Payment.objects.update(link_expires_at=timezone.now())
    second = pidx_of(initiate(draft))
    for pidx in (first, second):
        sandbox.decides(pidx)
        assert process(draft, pidx=pidx).status_code == 200
    assert list(Payment.objects.order_by("pk").values_list("status", "is_settlement")) == [
        ("completed", True),
        ("refund_pending", False),
    ]
    refund = Refund.objects.get()
    assert (refund.amount, refund.payment.is_settlement) == (Payment.objects.first().total_amount, False)  # type: ignore[union-attr]
    draft.refresh_from_db()
    assert draft.payment_status == "completed"


def test_an_unpaid_attempt_of_a_paid_booking_says_already_paid(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    first = pidx_of(initiate(draft))
    Payment.objects.update(link_expires_at=timezone.now())
    second = pidx_of(initiate(draft))
    sandbox.decides(second)
    process(draft, pidx=second)
    assert error_of(process(draft, pidx=first)) == (409, "already_paid")


def test_it_works_on_without_payment_integration(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox, settings: Settings
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    settings.ENABLE_PAYMENT_INTEGRATION = False
    assert process(draft, pidx=pidx).status_code == 200


# With the token of the older widget


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


# Both


def test_the_trail_has_every_request_answer_and_move(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox, kamala: User
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    process(draft, pidx=pidx)
    events = PaymentEvent.objects.order_by("pk")
    assert [(event.kind, event.operation or event.to_status) for event in events] == [
        ("move", "processing"),
        ("request", "initiate"),
        ("answer", "initiate"),
        ("request", "lookup"),
        ("answer", "lookup"),
        ("move", "completed"),
    ]
    assert {event.actor for event in events} == {kamala}
    assert all(event.request_id for event in events)
    assert [bool(event.digest) for event in events] == [False, False, True, False, True, False]


def test_it_needs_a_login(api: APIClient, draft: Booking) -> None:
    assert api.post(ADDRESS, {"booking_id": draft.pk, "pidx": "x"}).status_code == 401


def test_it_is_for_customers(login: Callable[[User], APIClient], bishnu: User, draft: Booking) -> None:
    assert login(bishnu).post(ADDRESS, {"booking_id": draft.pk, "pidx": "x"}).status_code == 403


@pytest.mark.parametrize("body", [{"pidx": "x"}, {"token": "x", "amount": PAISA}])
def test_a_strangers_booking_is_not_found(
    login: Callable[[User], APIClient], suresh: User, draft: Booking, body: dict[str, Any]
) -> None:
    assert login(suresh).post(ADDRESS, {"booking_id": draft.pk, **body}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "x",
        {"pidx": "x"},
        {"booking_id": 1},
        {"booking_id": 1, "pidx": ""},
        {"booking_id": 1, "pidx": None},
        {"booking_id": 1, "pidx": "a\x00b"},
        {"booking_id": 1, "pidx": ["x"]},
        {"booking_id": 1, "pidx": "x" * 1000},
        {"booking_id": 1, "token": "x"},
        {"booking_id": 1, "token": "x", "amount": "much"},
        {"booking_id": 1, "token": "x", "amount": -5},
        {"booking_id": 1, "token": "x", "amount": 10.5},
        {"booking_id": 1, "amount": PAISA},
        {"booking_id": 10**30, "pidx": "x"},
    ],
)
def test_bad_input_is_refused(customer: APIClient, body: Any) -> None:
    answer = customer.post(ADDRESS, body)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


def test_a_second_draft_for_the_same_customer_is_paid_on_its_own(
    initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox, kamala: User, service: Service
) -> None:
    other = draft_at_payment_step(kamala, service, at="13:00")
    pidx = pidx_of(initiate(other))
    sandbox.decides(pidx)
    assert process(other, pidx=pidx).json()["booking"]["id"] == other.pk
    draft.refresh_from_db()
    assert draft.status == "draft"
