from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, PaymentSecret
from apps.payments.tests.fixtures import PAISA, Sandbox, error_of, pidx_of
from apps.payments.tests.misbehaving_server import (
    NOT_ANSWERS,
    TOO_SLOW,
    Server,
    answering,
    silent,
)
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

Initiate = Callable[..., Any]


def statuses(booking: Booking) -> list[str]:
    """Return the statuses of a booking's attempts, oldest first."""
    return list(booking.payments.order_by("pk").values_list("status", flat=True))


def test_a_draft_gets_a_link_to_khalti(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    answer = initiate(draft)
    assert answer.status_code == 201
    body = answer.json()
    assert body["action"]["type"] == "redirect"
    assert body["action"]["expires_at"].endswith("+05:45")
    payment = body["payment"]
    assert (payment["status"], payment["payment_method"]) == ("processing", "khalti")
    assert (payment["amount"], payment["processing_fee"]) == ("1500.00", "0.00")
    at_khalti = KhaltiPayment.objects.get(reference=pidx_of(answer))
    assert (at_khalti.amount, at_khalti.order_id) == (PAISA, payment["transaction_id"])
    assert at_khalti.return_url == "http://127.0.0.1:8000/api/payments/khalti/return/"
    draft.refresh_from_db()
    assert draft.payment_status == "processing"


def test_our_reference_is_random_and_plain(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    reference = initiate(draft).json()["payment"]["transaction_id"]
    assert len(reference.removeprefix("SB-")) >= 24
    assert reference.replace("-", "").isalnum()


def test_the_pidx_is_stored_encrypted_alone(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    pidx = pidx_of(initiate(draft))
    payment = Payment.objects.get()
    assert pidx not in str(Payment.objects.values().get())
    assert PaymentSecret.objects.get(payment=payment).token == pidx
    assert all(pidx not in str(event) for event in PaymentEvent.objects.values())


def test_a_good_link_is_handed_out_again(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    first, second = initiate(draft), initiate(draft)
    assert second.status_code == 201
    assert second.json() == first.json()
    assert statuses(draft) == ["processing"]


def test_a_link_about_to_end_makes_way_for_a_new_one(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    first = initiate(draft)
    Payment.objects.update(link_expires_at=timezone.now() + timedelta(minutes=4))
    second = initiate(draft)
    assert pidx_of(second) != pidx_of(first)
    assert statuses(draft) == ["superseded", "processing"]


@pytest.mark.parametrize(
    ("word", "first_becomes"), [("User canceled", "failed"), ("Expired", "expired"), ("Failed", "failed")]
)
def test_an_attempt_that_ended_at_khalti_makes_way_for_a_new_one(
    initiate: Initiate, draft: Booking, sandbox: Sandbox, word: str, first_becomes: str
) -> None:
    sandbox.says(pidx_of(initiate(draft)), word)
    assert initiate(draft).status_code == 201
    assert statuses(draft) == [first_becomes, "processing"]


def test_a_paid_attempt_is_settled_instead(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    sandbox.decides(pidx_of(initiate(draft)))
    assert error_of(initiate(draft)) == (409, "already_paid")
    draft.refresh_from_db()
    assert (draft.status, draft.payment_status) == ("confirmed", "completed")
    assert error_of(initiate(draft)) == (409, "already_paid")
    assert statuses(draft) == ["completed"]


def test_an_attempt_that_is_pending_there_is_waited_for(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    sandbox.decides(pidx_of(initiate(draft)), "pending")
    assert error_of(initiate(draft)) == (409, "payment_in_progress")
    assert statuses(draft) == ["processing"]


def test_a_lookup_that_fails_opens_no_second_attempt(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    initiate(draft)
    sandbox.fault("lookup", "error_500")
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert statuses(draft) == ["processing"]


def test_an_answer_about_another_amount_needs_a_person(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    sandbox.decides(pidx_of(initiate(draft)))
    sandbox.fault("lookup", "wrong_amount")
    assert error_of(initiate(draft)) == (409, "gateway_mismatch")
    assert statuses(draft) == ["needs_attention"]
    assert error_of(initiate(draft)) == (409, "already_paid")
    assert statuses(draft) == ["completed"]


@pytest.mark.parametrize("name", [*NOT_ANSWERS, *TOO_SLOW])
def test_an_unreachable_khalti_leaves_the_attempt_open_and_a_retry_makes_a_new_one(
    initiate: Initiate, draft: Booking, broken_khalti: Server, name: str
) -> None:
    link = {"pidx": "HT6o6PEZRWFJ5ygavzHWd5", "payment_url": "https://test-pay.khalti.com/?pidx=HT6o"}
    broken_khalti.behaviours = [{**NOT_ANSWERS, **TOO_SLOW}[name], answering(link)]
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert statuses(draft) == ["processing"]
    assert initiate(draft).status_code == 201
    assert statuses(draft) == ["superseded", "processing"]


def test_a_refusal_that_retrying_cannot_cure_fails_the_attempt(
    initiate: Initiate, draft: Booking, broken_khalti: Server, caplog: pytest.LogCaptureFixture
) -> None:
    broken_khalti.behaviours = [
        answering({"amount": ["Amount must be less than 200."], "error_key": "validation_error"}, 400)
    ]
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert statuses(draft) == ["failed"]
    assert any(record.levelname == "ERROR" and "less than 200" in record.message for record in caplog.records)


def test_no_secret_and_nothing_personal_is_logged(
    initiate: Initiate, draft: Booking, sandbox: Sandbox, caplog: pytest.LogCaptureFixture, kamala: User
) -> None:
    caplog.set_level("DEBUG")
    pidx = pidx_of(initiate(draft))
    sandbox.fault("lookup", "broken_json")
    initiate(draft)
    for secret in (pidx, "live_secret_key_sandbox", kamala.email, kamala.phone, "9841234567"):
        assert all(
            secret not in record.getMessage()
            for record in caplog.records
            if record.name.startswith("apps.payments")
        )


def test_another_request_that_opens_the_link_is_waited_for(
    initiate: Initiate, draft: Booking, broken_khalti: Server
) -> None:
    broken_khalti.behaviours = [silent]
    initiate(draft)
    Payment.objects.update(failure_reason="", created_at=timezone.now())
    answer = initiate(draft)
    assert error_of(answer) == (409, "request_in_progress")
    assert answer.headers["Retry-After"] == "1"


def test_an_attempt_whose_process_died_is_followed_by_a_new_one(
    initiate: Initiate, draft: Booking, broken_khalti: Server, sandbox: Sandbox
) -> None:
    initiate(draft)
    long_ago = timezone.now() - timedelta(minutes=1)
    Payment.objects.update(failure_reason="", gateway_token_hash=None, created_at=long_ago)
    assert initiate(draft).status_code == 201
    assert statuses(draft) == ["superseded", "processing"]


def test_a_pidx_that_another_payment_has_needs_a_person(
    initiate: Initiate, draft: Booking, broken_khalti: Server, kamala: User, service: Service
) -> None:
    link = {"pidx": "HT6o6PEZRWFJ5ygavzHWd5", "payment_url": "https://test-pay.khalti.com/?pidx=HT6o"}
    broken_khalti.behaviours = [answering(link)]
    initiate(draft)
    other = booked(kamala, service, at="12:00", method="khalti")
    assert error_of(initiate(other)) == (409, "gateway_mismatch")
    assert statuses(other) == ["needs_attention"]


def test_the_hold_is_renewed_once(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    reservation = draft.reservation
    assert reservation is not None
    first_end = reservation.expires_at
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        initiate(draft)
        reservation.refresh_from_db()
        renewed = reservation.expires_at
    with time_machine.travel(timezone.now() + timedelta(minutes=12), tick=False):
        initiate(draft)
    reservation.refresh_from_db()
    assert renewed is not None
    assert first_end is not None
    assert renewed > first_end
    assert reservation.expires_at == renewed


def test_a_hold_that_ran_out_and_was_taken_is_told(
    login: Callable[[User], APIClient],
    kamala: User,
    suresh: User,
    draft: Booking,
    service: Service,
) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        booked(suresh, service)
        answer = login(kamala).post("/api/payments/initiate/", {"booking_id": draft.pk})
    assert error_of(answer) == (409, "hold_expired")
    assert statuses(draft) == []


def test_another_method_in_the_body_does_the_payment_step(
    initiate: Initiate, draft: Booking, methods: dict[str, PaymentMethod], sandbox: Sandbox
) -> None:
    PaymentMethod.objects.filter(code="esewa").update(processing_fee_percentage=Decimal("2.50"))
    initiate(draft)
    answer = initiate(draft, payment_method="esewa")
    assert answer.status_code == 201
    assert answer.json()["action"]["type"] == "form_post"
    assert answer.json()["payment"]["total_amount"] == "1537.50"
    draft.refresh_from_db()
    assert (draft.payment_method, draft.fee, draft.total_amount) == (
        "esewa",
        Decimal("37.50"),
        Decimal("1537.50"),
    )
    assert statuses(draft) == ["superseded", "processing"]


def test_cash_waits_without_any_action(initiate: Initiate, draft: Booking) -> None:
    first = initiate(draft, payment_method="cash")
    assert first.status_code == 201
    assert first.json()["action"] == {"type": "none"}
    assert first.json()["payment"]["status"] == "pending"
    assert initiate(draft).json() == first.json()
    assert statuses(draft) == ["pending"]


def test_a_bank_transfer_comes_with_instructions(initiate: Initiate, draft: Booking) -> None:
    answer = initiate(draft, payment_method="bank_transfer")
    action = answer.json()["action"]
    assert action["type"] == "instructions"
    assert action["account"]["account_number"] == "00100123456789"
    assert (action["reference"], action["amount"]) == (draft.reference, "1500.00")
    assert initiate(draft).json() == answer.json()


def test_a_bank_transfer_for_a_near_visit_is_refused(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    tomorrow = booked(kamala, service, days=1, method="khalti")
    answer = initiate(tomorrow, payment_method="bank_transfer")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "payment_method"


def test_an_amount_beyond_the_methods_limit_is_refused(initiate: Initiate, draft: Booking) -> None:
    PaymentMethod.objects.filter(code="khalti").update(max_amount=Decimal("1499.99"))
    answer = initiate(draft)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "payment_method"


def test_a_cash_booking_can_be_paid_by_wallet_at_the_door(
    initiate: Initiate,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
) -> None:
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("2.00"))
    booking = booked(kamala, service)
    initiate(booking)
    answer = initiate(booking, payment_method="khalti")
    assert answer.json()["payment"]["total_amount"] == "1530.00"
    booking.refresh_from_db()
    assert (booking.payment_method, booking.total_amount) == ("cash", Decimal("1500.00"))
    assert statuses(booking) == ["pending", "processing"]

    sandbox.decides(pidx_of(answer))
    assert error_of(initiate(booking, payment_method="khalti")) == (409, "already_paid")
    booking.refresh_from_db()
    assert (booking.status, booking.payment_method) == ("confirmed", "khalti")
    assert (booking.fee, booking.total_amount) == (Decimal("30.00"), Decimal("1530.00"))
    assert statuses(booking) == ["superseded", "completed"]


def test_a_cash_booking_is_not_paid_by_bank_transfer(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    assert initiate(booked(kamala, service), payment_method="bank_transfer").status_code == 400


def test_a_cancelled_booking_can_not_be_paid(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    booking = booked(kamala, service)
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")
    assert error_of(initiate(booking, payment_method="khalti")) == (409, "invalid_transition")


@pytest.mark.parametrize("body", [{}, {"payment_method": "khalti"}])
def test_a_draft_before_its_payment_step_can_not_be_paid(
    initiate: Initiate,
    customer: APIClient,
    service: Service,
    methods: dict[str, PaymentMethod],
    body: dict[str, str],
) -> None:
    step = {"booking_step": "service_selection", "service": service.pk}
    draft = Booking.objects.get(
        pk=customer.post("/api/booking-wizard/create-step/", step).json()["booking_id"]
    )
    assert error_of(initiate(draft, **body)) == (409, "step_out_of_order")


def test_the_same_key_answers_the_same(customer: APIClient, draft: Booking, sandbox: Sandbox) -> None:
    body = {"booking_id": draft.pk}
    first = customer.post("/api/payments/initiate/", body, headers={"Idempotency-Key": "a-key"})
    second = customer.post("/api/payments/initiate/", body, headers={"Idempotency-Key": "a-key"})
    assert (second.status_code, second.json()) == (201, first.json())
    assert Payment.objects.get().times_asked == 0
    other = {"booking_id": draft.pk, "payment_method": "cash"}
    reused = customer.post("/api/payments/initiate/", other, headers={"Idempotency-Key": "a-key"})
    assert error_of(reused) == (422, "idempotency_key_reused")


def test_it_needs_a_login(api: APIClient, draft: Booking) -> None:
    assert api.post("/api/payments/initiate/", {"booking_id": draft.pk}).status_code == 401


def test_it_is_for_customers(login: Callable[[User], APIClient], bishnu: User, draft: Booking) -> None:
    assert login(bishnu).post("/api/payments/initiate/", {"booking_id": draft.pk}).status_code == 403


def test_a_strangers_booking_is_not_found(
    login: Callable[[User], APIClient], suresh: User, draft: Booking
) -> None:
    assert login(suresh).post("/api/payments/initiate/", {"booking_id": draft.pk}).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"booking_id": "x"},
        {"booking_id": -1},
        {"booking_id": 10**30},
        {"booking_id": None},
        {"payment_method": "cash"},
    ],
)
def test_bad_input_is_refused(customer: APIClient, body: Any) -> None:
    answer = customer.post("/api/payments/initiate/", body)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"


def test_an_unknown_method_is_refused(initiate: Initiate, draft: Booking) -> None:
    answer = initiate(draft, payment_method="cheque")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "payment_method"


def test_it_is_off_without_payment_integration(
    initiate: Initiate, draft: Booking, settings: Settings
) -> None:
    settings.ENABLE_PAYMENT_INTEGRATION = False
    assert error_of(initiate(draft)) == (404, "feature_disabled")


def test_too_many_payments_in_a_minute_are_throttled(
    initiate: Initiate, draft: Booking, settings: Settings
) -> None:
    settings.THROTTLE_PAYMENT = "1/min"
    initiate(draft, payment_method="cash")
    assert initiate(draft, payment_method="cash").status_code == 429
