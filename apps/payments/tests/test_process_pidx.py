from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, Refund
from apps.payments.tests.fixtures import PAISA, Sandbox, error_of, pidx_of, statuses
from apps.payments.tests.misbehaving_server import NOT_ANSWERS, TOO_SLOW, Server, answering
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

ADDRESS = "/api/payments/process-khalti-payment/"
Initiate = Callable[..., Any]
Process = Callable[..., Any]


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
    assert error_of(process(draft, pidx=pidx)) == (409, "payment_not_completed")
    assert error_of(process(draft, pidx=pidx)) == (409, "payment_not_completed")
    assert Payment.objects.get().status == "refunded"
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


def test_of_two_paid_payments_the_second_goes_back(
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


def test_an_unpaid_payment_of_a_paid_booking_says_already_paid(
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


@pytest.mark.parametrize("more", [{}, {"total_amount": 0}])
@pytest.mark.parametrize(("word", "status"), [("Expired", "expired"), ("User canceled", "failed")])
def test_an_end_without_the_amount_closes_the_payment(
    initiate: Initiate,
    process: Process,
    draft: Booking,
    sandbox: Sandbox,
    broken_khalti: Server,
    settings: Settings,
    word: str,
    status: str,
    more: dict[str, Any],
) -> None:
    link = {"pidx": "thepidx", "payment_url": "https://test-pay.khalti.com/?pidx=thepidx"}
    body = {"pidx": "thepidx", "status": word, "transaction_id": None, "error_key": "khalti_error", **more}
    settings.KHALTI_BASE_URL = f"{broken_khalti.url}api/v2/"
    broken_khalti.behaviours = [answering(link), answering(body, 400)]
    initiate(draft)
    assert error_of(process(draft, pidx="thepidx")) == (409, "payment_not_completed")
    assert statuses(draft) == [status]
