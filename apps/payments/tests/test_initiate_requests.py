from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments.models import Payment, PaymentMethod
from apps.payments.tests.fixtures import Sandbox, error_of, pidx_of
from apps.services.models import Service

Initiate = Callable[..., Any]


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
    assert Payment.objects.get().times_tried == 0
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
