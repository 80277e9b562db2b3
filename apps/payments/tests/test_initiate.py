from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, PaymentEvent, PaymentSecret
from apps.payments.tests.fixtures import PAISA, Sandbox, error_of, pidx_of, statuses
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

Initiate = Callable[..., Any]


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
def test_a_payment_that_ended_at_khalti_makes_way_for_a_new_one(
    initiate: Initiate, draft: Booking, sandbox: Sandbox, word: str, first_becomes: str
) -> None:
    sandbox.says(pidx_of(initiate(draft)), word)
    assert initiate(draft).status_code == 201
    assert statuses(draft) == [first_becomes, "processing"]


def test_a_paid_payment_is_settled_instead(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    sandbox.decides(pidx_of(initiate(draft)))
    assert error_of(initiate(draft)) == (409, "already_paid")
    draft.refresh_from_db()
    assert (draft.status, draft.payment_status) == ("confirmed", "completed")
    assert error_of(initiate(draft)) == (409, "already_paid")
    assert statuses(draft) == ["completed"]


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
