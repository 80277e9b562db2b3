"""The daily report: our books against what the gateways say, and nothing moved."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, Refund
from apps.payments.tests.fixtures import Sandbox
from apps.services.models import Service

Initiate = Callable[..., Any]
Report = Callable[..., Any]


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Report:
    """Write the report of today, or of another day, and return it."""

    def call(day: str = "", *options: str) -> Any:
        capsys.readouterr()
        call_command("reconcile_payments", "--report", day or str(timezone.localdate()), *options)
        written = capsys.readouterr().out
        return list(csv.DictReader(written.splitlines())) if "csv" in options else json.loads(written)

    return call


def test_where_both_agree_nothing_differs(khalti_paid: Payment, report: Report) -> None:
    document = report()
    assert document["date"] == str(timezone.localdate())
    assert document["differences"] == []
    (line,) = document["payments"]
    assert line["payment"] == khalti_paid.pk
    assert line["booking"] == khalti_paid.booking.reference
    assert (line["status"], line["gateway_status"]) == ("completed", "Completed")
    assert (line["amount"], line["gateway_amount"], line["refunded"]) == ("1500.00", "1500.00", "0.00")
    assert document["totals"] == {
        "payments": 1,
        "paid": "1500.00",
        "refunded": "0.00",
        "differences": 0,
        "unanswered": 0,
    }


def test_a_refund_behind_our_back_is_a_difference(
    khalti_paid: Payment, report: Report, sandbox: Sandbox
) -> None:
    sandbox.says(khalti_paid.secret.token, "Completed", refunded_amount=150_000)
    (line,) = report()["differences"]
    assert line["differences"] == ["completed here, Refunded there"]


def test_money_that_we_do_not_know_of_is_a_difference(
    initiate: Initiate, draft: Booking, report: Report, sandbox: Sandbox
) -> None:
    initiate(draft)
    sandbox.decides(Payment.objects.get().secret.token)
    (line,) = report()["differences"]
    assert line["differences"] == ["processing here, Completed there"]


def test_another_amount_and_another_id_are_differences(
    khalti_paid: Payment, report: Report, sandbox: Sandbox
) -> None:
    sandbox.fault("lookup", "wrong_amount")
    assert report()["differences"][0]["differences"] == ["Rs 1500.00 here, Rs 1499.99 there"]
    sandbox.fault("lookup", "wrong_id")
    assert report()["differences"][0]["differences"] == ["the answer names another payment"]
    Payment.objects.update(gateway_transaction_id="another")
    assert report()["differences"][0]["differences"] == ["another transaction id"]


@pytest.mark.parametrize("amount", ["500.00", "1500.00"])
def test_our_own_refunds_are_none(
    khalti_paid: Payment, refund: Callable[..., Any], report: Report, amount: str
) -> None:
    refund(khalti_paid, amount=amount)
    document = report()
    assert document["differences"] == []
    assert document["totals"]["refunded"] == amount


def test_an_open_link_is_none(initiate: Initiate, draft: Booking, report: Report, sandbox: Sandbox) -> None:
    initiate(draft)
    assert report()["totals"] == {
        "payments": 1,
        "paid": "0.00",
        "refunded": "0.00",
        "differences": 0,
        "unanswered": 0,
    }


def test_it_moves_nothing_and_leaves_a_trail(
    initiate: Initiate, draft: Booking, report: Report, sandbox: Sandbox
) -> None:
    initiate(draft)
    sandbox.decides(Payment.objects.get().secret.token)
    report()
    assert Payment.objects.get().status == "processing"
    assert not Refund.objects.exists()
    told = PaymentEvent.objects.filter(operation="report").values_list("kind", flat=True)
    assert list(told) == ["request", "answer"]


def test_a_gateway_that_is_down_is_told_apart(
    khalti_paid: Payment, report: Report, settings: Settings
) -> None:
    settings.KHALTI_BASE_URL = "http://127.0.0.1:9/"
    document = report()
    assert document["payments"][0]["gateway_status"] == "no_answer"
    assert (document["totals"]["differences"], document["totals"]["unanswered"]) == (0, 1)


def test_cash_is_listed_and_nobody_is_asked(cash_paid: Payment, report: Report) -> None:
    (line,) = report()["payments"]
    assert (line["method"], line["gateway_status"], line["differences"]) == ("cash", "not_asked", [])


def test_a_day_begins_at_the_local_midnight(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod], report: Report
) -> None:
    initiate(booked(kamala, service))
    # Kathmandu's 2 December begins at 18:15 UTC of the first.
    for made, day in [("2026-12-01T18:14:59Z", "2026-12-01"), ("2026-12-01T18:15:00Z", "2026-12-02")]:
        Payment.objects.update(created_at=made)
        assert report(day)["totals"]["payments"] == 1
    assert report("2026-12-01")["totals"]["payments"] == 0


def test_a_payment_is_listed_on_the_day_it_was_paid_too(khalti_paid: Payment, report: Report) -> None:
    Payment.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert report()["totals"]["payments"] == 1
    assert report(str(timezone.localdate() - timedelta(days=2)))["totals"]["payments"] == 1
    assert report(str(timezone.localdate() - timedelta(days=1)))["totals"]["payments"] == 0


def test_for_spreadsheets_it_is_a_line_a_payment(
    khalti_paid: Payment, report: Report, sandbox: Sandbox
) -> None:
    sandbox.says(khalti_paid.secret.token, "Completed", refunded_amount=10_000)
    (row,) = report("", "--format", "csv")
    assert row["payment"] == str(khalti_paid.pk)
    assert row["amount"] == "1500.00"
    assert row["differences"] == "completed here, Partially Refunded there"


@pytest.mark.parametrize("begins", list("=+-@"))
def test_a_cell_that_looks_like_a_formula_is_escaped(
    khalti_paid: Payment, report: Report, begins: str
) -> None:
    Payment.objects.update(gateway_transaction_id=f"{begins}1+1")
    (row,) = report("", "--format", "csv")
    assert row["gateway_transaction_id"] == f"'{begins}1+1"


def test_a_day_without_payments_is_empty(db: None, report: Report) -> None:
    assert report("2020-01-01")["payments"] == []
    assert report("2020-01-01", "--format", "csv") == []


def test_what_is_no_date_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="no date"):
        call_command("reconcile_payments", "--report", "yesterday")
    with pytest.raises(CommandError, match="goes with --report"):
        call_command("reconcile_payments", "--format", "csv")


def test_it_does_not_stand_in_the_way_of_the_next_pass(
    initiate: Initiate, draft: Booking, report: Report, sandbox: Sandbox
) -> None:
    initiate(draft)
    sandbox.decides(Payment.objects.get().secret.token)
    report()
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        call_command("reconcile_payments", verbosity=0)
    assert Payment.objects.get().status == "completed"
