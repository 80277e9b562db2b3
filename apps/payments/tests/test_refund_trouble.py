"""Refunds whose answer is lost: looked up before they are sent again, and never sent twice."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.tests.factories import booked
from apps.common.errors import DomainError
from apps.operations.jobs import process_refunds
from apps.payments.models import Payment, PaymentEvent, Refund
from apps.payments.refunds.by_hand import refund_record_done, refund_try_again
from apps.payments.tests.factories import paid
from apps.payments.tests.fixtures import Refunding, Sandbox, error_of
from apps.payments.tests.misbehaving_server import Server, answering
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

NOT_CARRIED_OUT = ["error_500", "error_502", "html", "empty", "dropped"]
CARRIED_OUT = ["broken_json", "lost_answer"]


def at_khalti() -> int:
    """Return the paisa that Khalti has given back."""
    return KhaltiPayment.objects.get().refunded_amount


def stand() -> tuple[str, str]:
    """Return where the only payment and its newest refund stand."""
    return Payment.objects.get().status, Refund.objects.latest("id").status


def asked_to_refund() -> int:
    return PaymentEvent.objects.filter(kind="request", operation="refund").count()


def process_a_minute_later() -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        call_command("process_refunds")


@pytest.mark.parametrize("fault", NOT_CARRIED_OUT)
def test_what_was_not_carried_out_is_sent_again(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, fault: str
) -> None:
    sandbox.fault("refund", fault)
    assert error_of(refund(khalti_paid)) == (503, "gateway_unavailable")
    assert stand() == ("refund_pending", "processing")
    call_command("process_refunds")
    assert stand() == ("refund_pending", "processing")
    assert (at_khalti(), asked_to_refund()) == (0, 1)
    process_a_minute_later()
    assert stand() == ("refunded", "completed")
    assert (at_khalti(), asked_to_refund()) == (150_000, 2)


@pytest.mark.parametrize("fault", ["error_500", "error_502", "html", "dropped"])
def test_what_is_carried_out_after_an_error_is_not_sent_again(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, fault: str
) -> None:
    sandbox.fault("refund", fault)
    assert error_of(refund(khalti_paid, amount="500.00")) == (503, "gateway_unavailable")
    assert refund(khalti_paid, amount="500.00").json()["refund"]["status"] == "processing"
    KhaltiPayment.objects.update(refunded_amount=50_000)  # the first request, three seconds later
    process_a_minute_later()
    assert stand() == ("partially_refunded", "completed")
    assert (at_khalti(), asked_to_refund()) == (50_000, 1)


def test_what_never_left_is_sent_again_at_once(
    khalti_paid: Payment, refund: Refunding, settings: Settings
) -> None:
    with settings_of_nobody(settings):
        assert error_of(refund(khalti_paid)) == (503, "gateway_unavailable")
    assert refund(khalti_paid).json()["payment"]["status"] == "refunded"
    assert (at_khalti(), asked_to_refund()) == (150_000, 2)


@contextmanager
def settings_of_nobody(settings: Settings) -> Iterator[None]:
    """Let Khalti's address be one where nobody listens."""
    khalti = settings.KHALTI_BASE_URL
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.KHALTI_BASE_URL = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v2/"
        yield
    settings.KHALTI_BASE_URL = khalti


@pytest.mark.parametrize("amount", [None, "500.00"])
@pytest.mark.parametrize("fault", CARRIED_OUT)
def test_what_was_carried_out_is_not_sent_again(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, fault: str, amount: str | None
) -> None:
    sandbox.fault("refund", fault)
    wanted = {} if amount is None else {"amount": amount}
    assert error_of(refund(khalti_paid, **wanted)) == (503, "gateway_unavailable")
    call_command("process_refunds")
    assert stand()[1] == "completed"
    assert (at_khalti(), asked_to_refund()) == (50_000 if amount else 150_000, 1)


def test_asking_again_after_a_503_goes_on_with_the_same_refund(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    sandbox.fault("refund", "error_500", times=2)
    for minutes in (0, 2):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert refund(khalti_paid, amount="500.00", key="mine").status_code == 503
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        answer = refund(khalti_paid, amount="500.00", key="mine")
    assert answer.json()["refund"]["status"] == "completed"
    assert Refund.objects.count() == 1
    assert at_khalti() == 50_000


def test_another_amount_waits_until_the_first_is_clear(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    sandbox.fault("refund", "error_500")
    refund(khalti_paid, amount="500.00")
    assert error_of(refund(khalti_paid, amount="400.00")) == (409, "request_in_progress")
    assert Refund.objects.count() == 1


def test_after_a_timeout_it_is_looked_up_but_not_sent_again_at_once(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, settings: Settings
) -> None:
    sandbox.fault("refund", "slow")
    settings.GATEWAY_TIMEOUT_SECONDS = 0.3
    assert refund(khalti_paid).status_code == 503
    settings.GATEWAY_TIMEOUT_SECONDS = 10
    KhaltiPayment.objects.update(refunded_amount=0)  # as if Khalti were still working on it
    call_command("process_refunds")
    assert stand() == ("refund_pending", "processing")
    assert asked_to_refund() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        call_command("process_refunds")
    assert stand() == ("refunded", "completed")
    assert at_khalti() == 150_000


def test_after_a_timeout_what_was_carried_out_is_found(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, settings: Settings
) -> None:
    sandbox.fault("refund", "slow")
    settings.GATEWAY_TIMEOUT_SECONDS = 0.3
    assert refund(khalti_paid).status_code == 503
    settings.GATEWAY_TIMEOUT_SECONDS = 10
    call_command("process_refunds")
    assert stand() == ("refunded", "completed")
    assert (at_khalti(), asked_to_refund()) == (150_000, 1)


@pytest.mark.parametrize("fault", ["lost_answer", "error_500"])
def test_a_second_part_whose_answer_is_lost_is_a_persons_to_decide(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, anita: User, fault: str
) -> None:
    refund(khalti_paid, amount="500.00")
    sandbox.fault("refund", fault)
    refund(khalti_paid, amount="500.00")
    call_command("process_refunds")
    assert stand() == ("refund_pending", "processing")
    process_a_minute_later()
    assert stand() == ("refund_pending", "needs_attention")
    call_command("process_refunds")
    assert stand() == ("refund_pending", "needs_attention")
    assert asked_to_refund() == 2
    assert error_of(refund(khalti_paid, amount="100.00")) == (409, "invalid_transition")

    doubtful = Refund.objects.get(status="needs_attention")
    if fault == "lost_answer":
        refund_record_done(refund=doubtful, actor=anita, note="Khalti's panel shows it")
    else:
        refund_try_again(refund=doubtful, actor=anita, note="Khalti's panel doesn't show it")
        call_command("process_refunds")
    assert stand() == ("partially_refunded", "completed")
    assert at_khalti() == 100_000


def test_the_last_part_is_told_from_the_parts_before(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    refund(khalti_paid, amount="500.00")
    sandbox.fault("refund", "error_500")
    refund(khalti_paid)
    process_a_minute_later()
    assert stand() == ("refunded", "completed")
    assert at_khalti() == 150_000


def test_what_was_given_back_in_khaltis_panel_is_not_given_back_again(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    sandbox.says(khalti_paid.secret.token, "Completed", refunded_amount=150_000)
    assert refund(khalti_paid).json()["payment"]["status"] == "refunded"
    assert list(Refund.objects.values_list("amount", "status")) == [(Decimal("1500.00"), "completed")]


def test_what_khalti_refuses_is_a_persons_to_decide(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    Payment.objects.update(gateway_transaction_id="UnknownThere")
    assert error_of(refund(khalti_paid)) == (503, "gateway_unavailable")
    assert stand() == ("refund_pending", "needs_attention")
    assert at_khalti() == 0


def test_a_look_up_that_names_another_payment_decides_nothing(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox
) -> None:
    sandbox.fault("refund", "error_500")
    refund(khalti_paid)
    sandbox.fault("lookup", "wrong_id")
    assert error_of(refund(khalti_paid)) == (409, "gateway_mismatch")
    assert stand() == ("refund_pending", "processing")
    assert asked_to_refund() == 1


UNKNOWN_ANSWER = {"detail": "Your request was taken."}
REFUSALS_WITH_200 = [
    {"detail": "Not found.", "error_key": "validation_error"},
    {"detail": "Insufficient balance", "status_code": 400},
]


@pytest.mark.parametrize("body", REFUSALS_WITH_200)
def test_an_error_with_http_200_gives_nothing_back(
    khalti_paid: Payment, refund: Refunding, broken_khalti: Server, body: dict[str, Any]
) -> None:
    broken_khalti.behaviours = [answering(body), answering(looked_up(khalti_paid, "Completed"))]
    assert error_of(refund(khalti_paid)) == (503, "gateway_unavailable")
    assert stand() == ("refund_pending", "needs_attention")


@pytest.mark.parametrize(
    ("word", "expected", "status"),
    [
        ("Refunded", ("refunded", "completed"), 200),
        ("Completed", ("refund_pending", "processing"), 503),
    ],
)
def test_after_an_unknown_answer_a_look_up_tells(
    khalti_paid: Payment,
    refund: Refunding,
    broken_khalti: Server,
    word: str,
    expected: tuple[str, str],
    status: int,
) -> None:
    broken_khalti.behaviours = [answering(UNKNOWN_ANSWER), answering(looked_up(khalti_paid, word))]
    assert refund(khalti_paid).status_code == status
    assert stand() == expected
    refund(khalti_paid)
    assert asked_to_refund() == 1


def looked_up(payment: Payment, word: str) -> dict[str, Any]:
    return {
        "pidx": payment.secret.token,
        "total_amount": 150_000,
        "status": word,
        "transaction_id": payment.gateway_transaction_id,
    }


# The command


def test_a_cancelled_bookings_money_goes_back_by_itself(
    khalti_paid: Payment, kamala: User, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    assert stand() == ("refund_pending", "pending")
    call_command("process_refunds")
    assert capsys.readouterr().out == "process_refunds: 1 refunds: 1 completed\n"
    assert stand() == ("refunded", "completed")
    assert at_khalti() == 150_000


def test_a_failed_one_waits_longer_each_time_under_run_jobs(
    khalti_paid: Payment, kamala: User, sandbox: Sandbox
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    sandbox.fault("refund", "error_500", times=9)
    sandbox.fault("lookup", "error_500", times=9)
    now = timezone.now()
    waits = []
    for _ in range(4):
        with time_machine.travel(now, tick=False):
            assert process_refunds() == "1 refunds: 1 unanswered"
            assert process_refunds() == "0 refunds"
        again_at = Refund.objects.get().try_again_at
        assert again_at is not None
        waits.append((again_at - now) / timedelta(minutes=1))
        now = again_at
    assert waits == [1, 2, 4, 8]


def test_an_hour_without_khalti_is_no_reason_to_give_up_however_often_it_is_tried_by_hand(
    khalti_paid: Payment, kamala: User, sandbox: Sandbox
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    sandbox.fault("refund", "error_500", times=99)
    sandbox.fault("lookup", "error_500", times=99)
    now = timezone.now()
    for minute in range(60):
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            call_command("process_refunds")
    assert stand()[1] == "processing"

    sandbox.is_well()
    with time_machine.travel(now + timedelta(hours=1), tick=False):
        call_command("process_refunds")
    assert stand() == ("refunded", "completed")
    assert at_khalti() == 150_000


def test_trying_by_hand_does_not_put_off_the_next_try_under_run_jobs(
    khalti_paid: Payment, kamala: User, sandbox: Sandbox
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    sandbox.fault("refund", "error_500", times=99)
    sandbox.fault("lookup", "error_500", times=99)
    with time_machine.travel(timezone.now(), tick=False):
        process_refunds()
        again_at = Refund.objects.get().try_again_at
        for _ in range(15):
            call_command("process_refunds")
    assert (Refund.objects.get().try_again_at, Refund.objects.get().times_tried) == (again_at, 1)


def test_what_fails_for_days_is_a_persons_to_decide(
    khalti_paid: Payment, kamala: User, sandbox: Sandbox
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    Refund.objects.update(times_tried=14)
    sandbox.fault("refund", "error_500")
    call_command("process_refunds")
    assert stand() == ("refund_pending", "needs_attention")


def test_payments_that_khalti_does_not_know_keep_no_other_refund_waiting(
    khalti_paid: Payment, kamala: User, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    for days in range(5, 11):
        unknown_there = paid(booked(kamala, service, days=days, method="khalti"))
        booking_cancel(booking_id=unknown_there.booking_id, actor=kamala, reason="ill")
    Refund.objects.update(status="processing", sent_at=timezone.now() - timedelta(hours=1))
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    call_command("process_refunds")
    assert capsys.readouterr().out == "process_refunds: 7 refunds: 1 completed, 6 refused\n"
    assert at_khalti() == 150_000


def test_a_refund_that_another_machine_is_sending_is_left_alone(
    khalti_paid: Payment, refund: Refunding, kamala: User
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    Refund.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    call_command("process_refunds")
    assert error_of(refund(khalti_paid)) == (409, "request_in_progress")
    assert at_khalti() == 0


def test_a_process_that_died_while_sending_is_followed_up(
    khalti_paid: Payment, kamala: User, sandbox: Sandbox
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    now = timezone.now()
    Refund.objects.update(status="processing", sent_at=now, leased_until=now + timedelta(seconds=60))
    KhaltiPayment.objects.update(refunded_amount=150_000)
    with time_machine.travel(now + timedelta(minutes=2)):
        call_command("process_refunds")
    assert stand() == ("refunded", "completed")
    assert asked_to_refund() == 0


def test_what_goes_back_by_hand_is_left_to_people(
    cash_paid: Payment, refund: Refunding, capsys: pytest.CaptureFixture[str]
) -> None:
    refund(cash_paid)
    call_command("process_refunds")
    assert capsys.readouterr().out == "process_refunds: 0 refunds\n"


def test_nobody_records_what_khalti_will_do(khalti_paid: Payment, kamala: User, anita: User) -> None:

    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    with pytest.raises(DomainError, match="invalid_transition"):
        refund_record_done(refund=Refund.objects.get(), actor=anita, note="done")
    with pytest.raises(DomainError, match="invalid_transition"):
        refund_try_again(refund=Refund.objects.get(), actor=anita, note="again")
