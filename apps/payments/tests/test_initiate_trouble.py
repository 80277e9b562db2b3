from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment
from apps.payments.tests.fixtures import Sandbox, error_of, pidx_of, statuses
from apps.payments.tests.misbehaving_server import (
    NOT_ANSWERS,
    TOO_SLOW,
    Server,
    answering,
    silent,
)
from apps.services.models import Service

Initiate = Callable[..., Any]


def test_a_payment_that_is_pending_there_is_waited_for(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    sandbox.decides(pidx_of(initiate(draft)), "pending")
    assert error_of(initiate(draft)) == (409, "payment_in_progress")
    assert statuses(draft) == ["processing"]


def test_a_lookup_that_fails_opens_no_second_payment(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    initiate(draft)
    sandbox.fault("lookup", "error_500")
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert statuses(draft) == ["processing"]


def test_after_a_lookup_that_failed_the_next_call_makes_a_new_payment(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    first = pidx_of(initiate(draft))
    sandbox.fault("lookup", "error_500", times=2)
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    answer = initiate(draft)
    assert answer.status_code == 201
    assert pidx_of(answer) != first
    assert statuses(draft) == ["superseded", "processing"]


def test_a_lookup_that_works_again_lets_the_payment_go_on(
    initiate: Initiate, process: Callable[..., Any], draft: Booking, sandbox: Sandbox
) -> None:
    first = pidx_of(initiate(draft))
    sandbox.fault("lookup", "error_500")
    initiate(draft)
    assert error_of(process(draft, pidx=first)) == (409, "payment_not_completed")
    assert pidx_of(initiate(draft)) == first


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
def test_an_unreachable_khalti_leaves_the_payment_open_and_a_retry_makes_a_new_one(
    initiate: Initiate, draft: Booking, broken_khalti: Server, name: str
) -> None:
    link = {"pidx": "HT6o6PEZRWFJ5ygavzHWd5", "payment_url": "https://test-pay.khalti.com/?pidx=HT6o"}
    broken_khalti.behaviours = [{**NOT_ANSWERS, **TOO_SLOW}[name], answering(link)]
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert statuses(draft) == ["processing"]
    assert initiate(draft).status_code == 201
    assert statuses(draft) == ["superseded", "processing"]


def test_a_refusal_that_retrying_cannot_cure_fails_the_payment(
    initiate: Initiate, draft: Booking, broken_khalti: Server, caplog: pytest.LogCaptureFixture
) -> None:
    broken_khalti.behaviours = [
        answering({"amount": ["Amount must be less than 200."], "error_key": "validation_error"}, 400)
    ]
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert statuses(draft) == ["failed"]
    assert any(record.levelname == "ERROR" and "less than 200" in record.message for record in caplog.records)


def test_another_request_that_opens_the_link_is_waited_for(
    initiate: Initiate, draft: Booking, broken_khalti: Server
) -> None:
    broken_khalti.behaviours = [silent]
    initiate(draft)
    Payment.objects.update(failure_reason="", created_at=timezone.now())
    answer = initiate(draft)
    assert error_of(answer) == (409, "request_in_progress")
    assert answer.headers["Retry-After"] == "1"


def test_a_payment_whose_process_died_is_followed_by_a_new_one(
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
