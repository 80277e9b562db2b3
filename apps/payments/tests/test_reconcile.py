"""Payments that nobody asks about any more: asked about, and finished."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.wizard.actions import wizard_drop
from apps.operations.jobs import reconcile_payments
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, Refund
from apps.payments.tests.fixtures import Sandbox, pidx_of, statuses
from apps.sandbox.models import EsewaPayment, KhaltiPayment
from apps.services.models import Service

Initiate = Callable[..., Any]
Process = Callable[..., Any]


@pytest.fixture
def opened(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> Payment:
    """A payment that nobody has paid."""
    assert initiate(draft).status_code == 201
    return Payment.objects.get()


@pytest.fixture
def paid(opened: Payment, sandbox: Sandbox) -> Payment:
    """A payment that is paid at Khalti, and whose payer closed the browser."""
    sandbox.decides(opened.secret.token)
    return opened


def reconcile() -> None:
    call_command("reconcile_payments", verbosity=0)


def status_of(payment: Payment) -> str:
    payment.refresh_from_db()
    return payment.status


def later(**time: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**time))


def asked() -> int:
    return PaymentEvent.objects.filter(kind="request", operation="lookup").count()


def test_a_payer_who_never_came_back_is_settled(paid: Payment, capsys: pytest.CaptureFixture[str]) -> None:
    reconcile()
    assert status_of(paid) == "completed"
    booking = Booking.objects.get()
    assert (booking.status, booking.payment_status) == ("confirmed", "completed")
    assert capsys.readouterr().out == "reconcile_payments: 1 payments: 1 completed\n"


def test_again_it_does_nothing_more(paid: Payment) -> None:
    reconcile()
    moves = PaymentEvent.objects.filter(kind="move").count()
    reconcile()
    assert PaymentEvent.objects.filter(kind="move").count() == moves
    assert not Refund.objects.exists()


def test_an_open_link_stays_open(opened: Payment, capsys: pytest.CaptureFixture[str]) -> None:
    reconcile()
    assert status_of(opened) == "processing"
    assert capsys.readouterr().out == "reconcile_payments: 1 payments: 1 unchanged\n"


def test_a_link_that_ran_out_expires(opened: Payment) -> None:
    KhaltiPayment.objects.update(expires_at=timezone.now())
    reconcile()
    assert status_of(opened) == "expired"
    assert Booking.objects.get().payment_status == "expired"


@pytest.mark.parametrize(
    ("said", "status"),
    [("User canceled", "failed"), ("Failed", "failed"), ("Pending", "processing")],
)
def test_it_becomes_what_khalti_says(opened: Payment, sandbox: Sandbox, said: str, status: str) -> None:
    sandbox.says(opened.secret.token, said)
    reconcile()
    assert status_of(opened) == status
    assert Booking.objects.get().status == "draft"


def test_an_amount_that_differs_is_for_a_person(opened: Payment, sandbox: Sandbox) -> None:
    sandbox.decides(opened.secret.token)
    KhaltiPayment.objects.update(amount=149_999)
    reconcile()
    assert status_of(opened) == "needs_attention"
    assert Booking.objects.get().status == "draft"


def test_a_wrong_amount_that_a_person_gave_back_in_khaltis_panel_is_done(
    opened: Payment, sandbox: Sandbox
) -> None:
    sandbox.decides(opened.secret.token)
    KhaltiPayment.objects.update(amount=149_999)
    reconcile()
    sandbox.says(opened.secret.token, "Completed", refunded_amount=149_999)
    reconcile()
    assert status_of(opened) == "refunded"


def test_a_later_answer_that_is_in_order_clears_the_doubt(paid: Payment, sandbox: Sandbox) -> None:
    sandbox.fault("lookup", "wrong_amount")
    reconcile()
    assert status_of(paid) == "needs_attention"
    reconcile()
    assert status_of(paid) == "completed"


@pytest.mark.parametrize("closed", ["failed", "expired", "superseded"])
def test_a_closed_payment_is_watched_for_three_days(paid: Payment, closed: str) -> None:
    Payment.objects.update(status=closed)
    with later(days=2):
        reconcile()
    assert status_of(paid) == "completed"


@pytest.mark.parametrize("closed", ["failed", "expired", "superseded"])
def test_after_that_it_is_left_alone(paid: Payment, closed: str) -> None:
    Payment.objects.update(status=closed)
    with later(days=3, hours=2):
        reconcile()
    assert status_of(paid) == closed
    assert asked() == 0


def test_money_for_a_dropped_draft_goes_back_by_itself(paid: Payment, kamala: User) -> None:
    wizard_drop(customer=kamala, booking_id=paid.booking_id)
    reconcile()
    assert status_of(paid) == "refund_pending"
    call_command("process_refunds")
    assert status_of(paid) == "refunded"
    assert KhaltiPayment.objects.get().refunded_amount == 150_000


def test_of_two_paid_payments_one_goes_back(initiate: Initiate, paid: Payment, sandbox: Sandbox) -> None:
    Payment.objects.update(link_expires_at=None, status="superseded")
    sandbox.decides(pidx_of(initiate(paid.booking)))
    reconcile()
    assert sorted(statuses(paid.booking)) == ["completed", "refund_pending"]
    call_command("process_refunds")
    assert sorted(statuses(paid.booking)) == ["completed", "refunded"]


# Payments without a link


def test_a_payment_whose_link_was_lost_fails(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> None:
    sandbox.fault("initiate", "lost_answer")
    assert initiate(draft).status_code == 503
    assert statuses(draft) == ["processing"]
    reconcile()
    payment = Payment.objects.get()
    assert (payment.status, payment.failure_reason) == ("failed", "The payment page could not be opened.")
    assert initiate(draft).status_code == 201


def test_one_that_is_being_opened_is_waited_for(opened: Payment) -> None:
    Payment.objects.update(gateway_token_hash=None)
    reconcile()
    assert status_of(opened) == "processing"
    with later(seconds=11):
        reconcile()
    assert status_of(opened) == "failed"


def test_cash_and_bank_transfers_have_nobody_to_ask(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    initiate(booked(kamala, service))
    initiate(booked(kamala, service, at="12:00", method="bank_transfer"))
    with later(hours=1):
        reconcile()
    assert set(Payment.objects.values_list("status", flat=True)) == {"pending"}


# Khalti's older widget


def test_a_token_whose_answer_was_lost_is_settled(process: Process, draft: Booking, sandbox: Sandbox) -> None:
    sandbox.fault("verify", "lost_answer")
    assert process(draft, token=sandbox.token(), amount=150_000).status_code == 503
    reconcile()
    assert statuses(draft) == ["completed"]


def test_a_token_that_was_never_redeemed_fails_after_an_hour(
    process: Process, draft: Booking, sandbox: Sandbox
) -> None:
    sandbox.fault("verify", "error_500")
    process(draft, token=sandbox.token(), amount=150_000)
    reconcile()
    assert statuses(draft) == ["processing"]
    with later(minutes=61):
        reconcile()
    assert statuses(draft) == ["failed"]
    assert KhaltiPayment.objects.get().status == "Confirmed"


# Money that was given back at the gateway


def test_a_refund_in_khaltis_panel_is_noticed(khalti_paid: Payment, sandbox: Sandbox) -> None:
    sandbox.says(khalti_paid.secret.token, "Completed", refunded_amount=150_000)
    reconcile()
    assert status_of(khalti_paid) == "refunded"
    refund = Refund.objects.get()
    assert (refund.amount, refund.status, refund.completed_by) == (
        khalti_paid.total_amount,
        "completed",
        None,
    )
    assert Booking.objects.get().payment_status == "refunded"


def test_a_part_of_unknown_size_is_noticed(khalti_paid: Payment, sandbox: Sandbox) -> None:
    sandbox.says(khalti_paid.secret.token, "Completed", refunded_amount=10_000)
    reconcile()
    assert status_of(khalti_paid) == "partially_refunded"
    assert not Refund.objects.exists()


def test_an_unknown_payment_that_was_refunded_there_is_refunded(paid: Payment, sandbox: Sandbox) -> None:
    sandbox.says(paid.secret.token, "Completed", refunded_amount=150_000)
    reconcile()
    assert status_of(paid) == "refunded"
    assert Booking.objects.get().status == "draft"


# eSewa


@pytest.fixture
def esewa(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> Payment:
    """A payment at eSewa, whose form nobody has posted."""
    initiate(draft, payment_method="esewa")
    return Payment.objects.get()


def at_esewa(payment: Payment, status: str) -> EsewaPayment:
    row, _ = EsewaPayment.objects.update_or_create(
        transaction_uuid=payment.transaction_id,
        defaults={
            "product_code": "EPAYTEST",
            "total_amount": payment.total_amount,
            "status": status,
            "ref_id": "0007G36",
            "success_url": "http://127.0.0.1/",
            "failure_url": "http://127.0.0.1/",
            "expires_at": payment.created_at + timedelta(minutes=5),
        },
    )
    return row


def test_esewas_not_found_closes_nothing_before_its_session_is_over(esewa: Payment) -> None:
    with later(minutes=29):
        reconcile()
    assert status_of(esewa) == "processing"
    with later(minutes=31):
        reconcile()
    assert status_of(esewa) == "expired"


def test_money_that_comes_to_esewa_after_that_still_counts(esewa: Payment) -> None:
    with later(minutes=31):
        reconcile()
    at_esewa(esewa, "COMPLETE")
    with later(hours=2):
        reconcile()
    assert status_of(esewa) == "completed"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("AMBIGUOUS", "processing"),
        ("PENDING", "processing"),
        ("CANCELED", "failed"),
        ("COMPLETE", "completed"),
    ],
)
def test_it_becomes_what_esewa_says(esewa: Payment, said: str, status: str) -> None:
    at_esewa(esewa, said)
    reconcile()
    assert status_of(esewa) == status


@pytest.mark.parametrize("said", ["FULL_REFUND", "CANCELED"])
def test_esewa_that_took_the_money_back_is_noticed(esewa: Payment, said: str) -> None:
    at_esewa(esewa, "COMPLETE")
    reconcile()
    at_esewa(esewa, said)
    reconcile()
    assert status_of(esewa) == "refunded"
    assert Refund.objects.get().amount == esewa.total_amount


@pytest.mark.parametrize(
    ("amount", "said", "status"),
    [("1500.00", "FULL_REFUND", "refunded"), ("500.00", "PARTIAL_REFUND", "partially_refunded")],
)
def test_a_refund_done_in_esewas_panel_is_recorded(
    esewa: Payment, refund: Callable[..., Any], amount: str, said: str, status: str
) -> None:
    at_esewa(esewa, "COMPLETE")
    reconcile()
    assert refund(esewa, amount=amount).json()["payment"]["status"] == "refund_pending"
    at_esewa(esewa, said)
    reconcile()
    assert status_of(esewa) == status
    assert Refund.objects.get().status == "completed"


# When, and by whom


def test_under_run_jobs_it_waits_longer_each_time(opened: Payment) -> None:
    now = timezone.now()
    waits = []
    for _ in range(4):
        with time_machine.travel(now, tick=False):
            assert reconcile_payments() == "1 payments: 1 unchanged"
            assert reconcile_payments() == "0 payments"
        again_at = Payment.objects.get().ask_again_at
        assert again_at is not None
        waits.append((again_at - now) / timedelta(minutes=1))
        now = again_at
    assert waits == [1, 2, 4, 8]


def test_the_wait_never_grows_beyond_six_hours(opened: Payment) -> None:
    Payment.objects.update(times_asked=500)
    reconcile_payments()
    again_at = Payment.objects.get().ask_again_at
    assert again_at is not None
    assert timedelta(hours=5, minutes=59) < again_at - timezone.now() <= timedelta(hours=6)


def test_by_hand_everything_is_asked_about_at_once(opened: Payment) -> None:
    Payment.objects.update(ask_again_at=timezone.now() + timedelta(hours=6))
    assert reconcile_payments() == "0 payments"
    reconcile()
    assert asked() == 1


def test_a_settled_payment_is_looked_at_once_a_day(khalti_paid: Payment) -> None:
    before = asked()
    assert reconcile_payments() == "0 payments"
    with later(hours=25):
        assert reconcile_payments() == "1 payments: 1 unchanged"
        assert reconcile_payments() == "0 payments"
    with later(days=4):
        assert reconcile_payments() == "0 payments"
    assert asked() == before + 1


def test_a_payment_that_another_machine_asks_about_is_left_alone(paid: Payment) -> None:
    Payment.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    reconcile()
    assert (asked(), status_of(paid)) == (0, "processing")
    with later(seconds=31):
        reconcile()
    assert status_of(paid) == "completed"


@pytest.mark.parametrize("fault", ["error_500", "html", "empty", "broken_json", "dropped"])
def test_a_gateway_that_says_nothing_changes_nothing(paid: Payment, sandbox: Sandbox, fault: str) -> None:
    sandbox.fault("lookup", fault)
    reconcile()
    assert status_of(paid) == "processing"
    reconcile()
    assert status_of(paid) == "completed"


def test_one_gateway_that_is_down_stops_nobody_else(
    initiate: Initiate,
    kamala: User,
    service: Service,
    sandbox: Sandbox,
    settings: Settings,
    customer: APIClient,
) -> None:
    bookings = [booked(kamala, service, at=f"{hour}:00", method="khalti") for hour in range(10, 17)]
    for booking in bookings:
        initiate(booking)
    with_esewa = booked(kamala, service, days=4, method="esewa")
    initiate(with_esewa)
    at_esewa(with_esewa.payments.get(), "COMPLETE")
    settings.KHALTI_BASE_URL = "http://127.0.0.1:9/"
    before = asked()
    reconcile()
    assert statuses(with_esewa) == ["completed"]
    assert asked() == before + 6  # five at Khalti, then it counts as down


def unknown_there(payment: Payment) -> None:
    KhaltiPayment.objects.filter(reference=payment.secret.token).delete()


def test_payments_that_khalti_does_not_know_stop_nobody_else(
    initiate: Initiate, kamala: User, service: Service, sandbox: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    bookings = [booked(kamala, service, at=f"{hour}:00", method="khalti") for hour in range(10, 17)]
    pidxs = [pidx_of(initiate(booking)) for booking in bookings]
    for booking in bookings[:6]:
        unknown_there(booking.payments.get())
    sandbox.decides(pidxs[6])
    reconcile()
    assert statuses(bookings[6]) == ["completed"]
    assert "6 refused" in capsys.readouterr().out


@pytest.mark.parametrize(("hours", "status"), [(24, "processing"), (26, "needs_attention")])
def test_what_khalti_does_not_know_a_day_after_its_link_is_for_a_person(
    opened: Payment, hours: int, status: str
) -> None:
    unknown_there(opened)
    with later(hours=hours):
        reconcile()
    assert status_of(opened) == status
    assert Booking.objects.get().payment_status == status


def test_a_payment_that_cannot_be_read_stops_nobody_else(
    initiate: Initiate, kamala: User, service: Service, paid: Payment, sandbox: Sandbox
) -> None:
    booking = booked(kamala, service, at="12:00", method="khalti")
    sandbox.decides(pidx_of(initiate(booking)))
    Payment.objects.filter(pk=paid.pk).update(times_asked=1)
    paid.secret.delete()
    reconcile()
    assert statuses(booking) == ["completed"]
    assert status_of(paid) == "processing"
