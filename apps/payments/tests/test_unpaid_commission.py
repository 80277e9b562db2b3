"""Who says that nothing was collected owes the commission all the same."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.common.localtime import local
from apps.payments.audit import findings
from apps.payments.earnings.owed import Account, accounts_of
from apps.payments.earnings.statement import statement_of
from apps.payments.models import PaymentMethod
from apps.payments.tests.fixtures import Sandbox, pidx_of
from apps.payments.tests.test_cash import complete
from apps.payments.tests.test_earnings_statement import statement, text_of
from apps.services.models import Service

Login = Callable[[User], APIClient]
FIGURES = "/admin/payments/payout/figures/"
COMMISSION = Decimal("150.00")


@pytest.fixture
def cash_booking(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    """Rs 1500, of which a tenth is ours."""
    return booked(kamala, service)


def day_of(booking: Booking) -> date:
    assert booking.starts_at is not None
    return local(booking.starts_at).date()


def account(provider: User, first: date, last: date | None = None) -> Account | None:
    """Return what both, the list and the printed statement, say of a period; they agree."""
    found = accounts_of([provider], first=first, last=last or first)
    printed = statement_of(provider, first=first, last=last or first).account
    assert found == [printed] or (not found and printed.closing == printed.opening == 0)
    return found[0] if found else None


def pay_by_wallet(login: Login, booking: Booking, sandbox: Sandbox, *, at: datetime) -> None:
    with time_machine.travel(at):
        customer = login(booking.customer)
        body = {"booking_id": booking.pk, "payment_method": "khalti"}
        answer: Any = customer.post("/api/payments/initiate/", body)
        assert answer.status_code == 201
        sandbox.decides(pidx_of(answer))
        customer.post(f"/api/payments/{answer.json()['payment']['id']}/verify/")


@pytest.mark.parametrize("amount", ["0", "0.00", "0.01"])
def test_nothing_saves_no_more_commission_than_a_paisa(
    login: Login, cash_booking: Booking, bishnu: User, amount: str
) -> None:
    complete(login, cash_booking, amount_collected=amount)

    owed = account(bishnu, day_of(cash_booking))

    assert owed is not None
    assert owed.closing == -COMMISSION


def test_it_stays_owed_in_the_periods_that_follow(login: Login, cash_booking: Booking, bishnu: User) -> None:
    complete(login, cash_booking, amount_collected="0")

    later = account(bishnu, day_of(cash_booking) + timedelta(days=40))
    before = account(bishnu, day_of(cash_booking) - timedelta(days=1))

    assert later is not None
    assert (later.opening, later.unpaid_commission, later.closing) == (-COMMISSION, Decimal(0), -COMMISSION)
    assert before is None


def test_what_is_paid_by_wallet_later_is_charged_once(
    login: Login, cash_booking: Booking, bishnu: User, sandbox: Sandbox
) -> None:
    complete(login, cash_booking, amount_collected="0")
    assert cash_booking.ends_at is not None
    pay_by_wallet(login, cash_booking, sandbox, at=cash_booking.ends_at + timedelta(days=2))

    done_on = day_of(cash_booking)
    then, paid = account(bishnu, done_on), account(bishnu, done_on + timedelta(days=2))

    assert then is not None
    assert paid is not None
    assert then.closing == -COMMISSION
    assert (paid.opening, paid.unpaid_commission) == (-COMMISSION, -COMMISSION)
    assert (
        paid.closing == paid.earned.due == paid.earned.paid_online - paid.earned.processing_fees - COMMISSION
    )
    assert list(findings()) == []


def test_the_statement_shows_the_commission_of_what_was_due(
    login: Login, cash_booking: Booking, bishnu: User
) -> None:
    complete(login, cash_booking, amount_collected="0")

    text = text_of(statement(login(bishnu), f"{day_of(cash_booking):%Y-%m}"))

    assert f"{cash_booking.reference} {cash_booking.service.title} 1,500.00 150.00" in text
    assert "Commission on work that nobody paid, less that on what was paid since Rs -150.00" in text
    assert "Owed after the month Rs -150.00" in text


def test_the_admins_list_has_a_column_for_it(
    login: Login, client: Client, cash_booking: Booking, anita: User
) -> None:
    complete(login, cash_booking, amount_collected="0")
    day = day_of(cash_booking).isoformat()

    client.force_login(anita)
    answer = client.get(FIGURES, {"first": day, "last": day, "export": "csv"})

    head, row = answer.content.decode("utf-8-sig").splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["unpaid_commission"] == "150.00"


def test_any_number_of_them_takes_the_same_queries(
    login: Login, kamala: User, cash_booking: Booking, service: Service, bishnu: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            statement_of(bishnu, first=day_of(cash_booking), last=day_of(cash_booking))
        return len(captured)

    complete(login, cash_booking, amount_collected="0")
    with_one = queries()
    complete(login, booked(kamala, service, at="13:00"), amount_collected="0")

    assert queries() == with_one


def test_nothing_is_charged_before_the_work_is_done(cash_booking: Booking, bishnu: User) -> None:
    assert account(bishnu, local(timezone.now()).date()) is None
