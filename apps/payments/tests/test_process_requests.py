from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import draft_at_payment_step
from apps.payments.models import PaymentEvent
from apps.payments.tests.fixtures import PAISA, Sandbox, pidx_of
from apps.services.models import Service

ADDRESS = "/api/payments/process-khalti-payment/"
Initiate = Callable[..., Any]
Process = Callable[..., Any]


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
