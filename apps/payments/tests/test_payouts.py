"""What providers are owed, over periods, in the admin and as CSV."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.checks import run_checks
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.locked import LockedBooking
from apps.bookings.tests.factories import booked
from apps.common.models import AppendOnly
from apps.payments.actions.payments import payment_create
from apps.payments.earnings.owed import Account, accounts_of, providers_with_accounts
from apps.payments.earnings.payouts import payout_record
from apps.payments.gateways.cash.actions import cash_collect
from apps.payments.models import Payment, PaymentMethod, Payout, Refund
from apps.payments.staff import payouts
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

FIGURES = "/admin/payments/payout/figures/"
# Local time is 05:45 ahead: the first is on the last evening of October in Kathmandu, the second in November.
OCTOBER = datetime(2026, 10, 31, 18, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 10, 31, 18, 20, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 5, 6, 0, tzinfo=UTC)
MONTHS = {10: (date(2026, 10, 1), date(2026, 10, 31)), 11: (date(2026, 11, 1), date(2026, 11, 30))}

pytestmark = pytest.mark.usefixtures("methods")
Paid = Callable[..., Payment]


@pytest.fixture
def paid(kamala: User, service: Service) -> Paid:
    """Make payments that count: Rs 1500 each, by Khalti, to Bishnu."""
    hours = iter(range(10, 17))

    def call(paid_at: datetime, *, fee: str = "0.00", to: Service = service) -> Payment:
        booking = booked(kamala, to, at=f"{next(hours)}:00", method="khalti")
        method = PaymentMethod.objects.get(code="khalti")
        return payment_create(
            booking=LockedBooking(booking),
            method=method,
            fee=Decimal(fee),
            status="completed",
            actor=None,
            is_settlement=True,
            paid_at=paid_at,
        )

    return call


def collected(customer: User, service: Service, *, amount: str, paid_at: datetime) -> None:
    booking = LockedBooking(booked(customer, service, at="16:00"))
    with transaction.atomic():
        taken = Decimal(amount)
        cash_collect(booking=booking, actor=None, amount_collected=taken, reason="a friend", now=paid_at)


def refunded(payment: Payment, amount: str, at: datetime, status: str = "completed") -> None:
    Refund.objects.create(
        payment=payment, amount=Decimal(amount), reason="late", status=status, created_at=at
    )


def paid_out(provider: User, anita: User, amount: str, at: datetime, **more: Any) -> Payout:
    with time_machine.travel(at, tick=False):
        return payout_record(
            provider=provider,
            amount=Decimal(amount),
            period_from=MONTHS[10][0],
            period_to=MONTHS[10][1],
            note=more.get("note", ""),
            recorded_by=anita,
        )


def accounts(month: int) -> list[Account]:
    first, last = MONTHS[month]
    return accounts_of(providers_with_accounts(), first=first, last=last)


def account(month: int) -> Account:
    """Return the only account of a month."""
    (found,) = accounts(month)
    return found


def test_a_period_has_the_payments_of_its_local_days(paid: Paid, bishnu: User) -> None:
    paid(OCTOBER)
    paid(NOVEMBER, fee="30.00")
    october, november = account(10), account(11)
    assert october.provider == bishnu
    assert (october.earned.paid_online, october.earned.due) == (Decimal(1500), Decimal(1350))
    assert (november.earned.paid_online, november.earned.processing_fees) == (Decimal(1530), Decimal(30))
    assert (november.opening, november.closing) == (Decimal(1350), Decimal(2700))


def test_a_refund_counts_when_it_was_decided(paid: Paid) -> None:
    payment = paid(OCTOBER)
    refunded(payment, "500.00", NOVEMBER)
    assert account(10).earned.due == Decimal(1350)
    november = account(11)
    assert (november.earned.refunded, november.earned.commission) == (Decimal(500), Decimal(-50))
    assert (november.opening, november.earned.due, november.closing) == (
        Decimal(1350),
        Decimal(-450),
        Decimal(900),
    )


@pytest.mark.parametrize(
    ("status", "due"), [("pending", 900), ("processing", 900), ("needs_attention", 900), ("failed", 1350)]
)
def test_money_that_is_to_go_back_is_not_owed(paid: Paid, status: str, due: int) -> None:
    refunded(paid(OCTOBER), "500.00", OCTOBER, status)
    assert account(10).earned.due == due


def test_several_partial_refunds_and_a_full_one(paid: Paid) -> None:
    first, second = paid(OCTOBER), paid(OCTOBER)
    for amount in ("0.05", "0.05", "499.90"):
        refunded(first, amount, OCTOBER)
    refunded(second, "1500.00", OCTOBER)
    found = account(10).earned
    assert (found.paid_online, found.refunded, found.due) == (Decimal(3000), Decimal(2000), Decimal(900))


def test_commission_on_cash_is_owed_by_the_provider(paid: Paid, kamala: User, service: Service) -> None:
    paid(OCTOBER)
    collected(kamala, service, amount="1400.00", paid_at=OCTOBER)
    found = account(10).earned
    assert (found.paid_online, found.paid_in_cash) == (Decimal(1500), Decimal(1400))
    assert (found.commission, found.due) == (Decimal(300), Decimal(1350) - Decimal(150))


def test_what_was_paid_out_is_taken_off(paid: Paid, bishnu: User, anita: User) -> None:
    paid(OCTOBER)
    paid_out(bishnu, anita, "1000.00", NOVEMBER)
    paid_out(bishnu, anita, "-50.00", NOVEMBER)
    assert account(10).closing == Decimal(1350)
    november = account(11)
    assert (november.opening, november.paid_out, november.closing) == (
        Decimal(1350),
        Decimal(950),
        Decimal(400),
    )


def test_the_rate_is_that_of_the_day_the_payment_was_opened(paid: Paid, settings: Settings) -> None:
    settings.COMMISSION_PERCENT = "12.5"
    paid(OCTOBER)
    settings.COMMISSION_PERCENT = "50"
    assert account(10).earned.commission == Decimal("187.50")


@pytest.mark.parametrize(
    ("percent", "is_fit"), [("0", True), ("12.5", True), ("100", True), ("101", False), ("ten", False)]
)
def test_a_commission_that_is_no_percentage_is_noticed(
    settings: Settings, percent: str, is_fit: bool
) -> None:
    settings.COMMISSION_PERCENT = percent
    assert any(message.id == "payments.E001" for message in run_checks()) is not is_fit


def test_what_does_not_count_is_not_owed(paid: Paid) -> None:
    paid(OCTOBER)
    Payment.objects.update(is_settlement=False)
    assert accounts(10) == []


def test_each_provider_has_an_account_and_the_queries_stay_few(
    paid: Paid, gita: User, bishnu: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hers = BookableServiceFactory(provider=gita, price=Decimal("1000.00"))
    paid(OCTOBER)
    paid(OCTOBER, to=hers)
    paid(OCTOBER, to=hers)
    with django_assert_num_queries(8):
        found = accounts(10)
    assert [(one.provider, one.earned.due) for one in found] == [
        (bishnu, Decimal(1350)),
        (gita, Decimal(1800)),
    ]


# In the admin


@pytest.fixture
def staff(client: Client, anita: User) -> Client:
    client.force_login(anita)
    return client


def test_the_page_shows_the_figures_and_leads_to_a_payout(staff: Client, paid: Paid, bishnu: User) -> None:
    paid(OCTOBER)
    page = staff.get(FIGURES, {"first": "2026-10-01", "last": "2026-10-31"}).content.decode()
    assert "Bishnu Tamang" in page
    assert "1,350.00" in page
    assert 'form="<' not in page
    link = (
        f"/admin/payments/payout/add/?provider={bishnu.pk}&amp;amount=1350.00"
        "&amp;period_from=2026-10-01&amp;period_to=2026-10-31"
    )
    assert link in page
    form = staff.get(link.replace("&amp;", "&"))
    assert 'value="1350.00"' in form.content.decode()


def test_the_period_is_this_month_unless_another_is_asked_for(staff: Client, paid: Paid) -> None:
    with time_machine.travel(DECEMBER, tick=False):
        paid(DECEMBER)
        page = staff.get(FIGURES).content.decode()
    assert "1,350.00" in page


def test_providers_are_shown_by_name_a_page_at_a_time(
    staff: Client, paid: Paid, gita: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(payouts, "PROVIDERS_A_PAGE", 1)
    paid(OCTOBER)
    paid(OCTOBER, to=BookableServiceFactory(provider=gita))
    october = {"first": "2026-10-01", "last": "2026-10-31"}
    first, second = (staff.get(FIGURES, {**october, "page": page}).content.decode() for page in "12")
    assert ("Bishnu" in first, "Gita" in first) == (True, False)
    assert ("Bishnu" in second, "Gita" in second) == (False, True)
    assert "page=2" in first
    whole = staff.get(FIGURES, {**october, "export": "csv"}).content.decode("utf-8-sig")
    assert "Bishnu" in whole
    assert "Gita" in whole


def test_the_page_takes_as_many_queries_for_any_number_of_payments(
    staff: Client, paid: Paid, gita: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(FIGURES, {"first": "2026-10-01", "last": "2026-10-31"})
        return len(captured)

    paid(OCTOBER)
    few = queries()
    paid(OCTOBER)
    paid(OCTOBER, to=BookableServiceFactory(provider=gita))
    assert queries() == few


@pytest.mark.parametrize("name", ["first", "last"])
def test_days_outside_all_accounts_are_said(staff: Client, paid: Paid, name: str) -> None:
    paid(OCTOBER)
    edges = {"first": "0001-01-01", "last": "9999-12-31"}
    answer = staff.get(FIGURES, {"first": "2026-10-01", "last": "2026-10-31", name: edges[name]})
    assert answer.status_code == 200
    assert "Only the years 2000 to 2199 have accounts." in answer.content.decode()
    assert "Bishnu" not in answer.content.decode()


@pytest.mark.parametrize(
    "query", [{"first": "x"}, {"first": "2026-10-31", "last": "2026-10-01"}, {"first": "", "export": "csv"}]
)
def test_a_period_that_is_none_is_said(staff: Client, paid: Paid, query: dict[str, str]) -> None:
    paid(OCTOBER)
    answer = staff.get(FIGURES, query)
    assert answer.status_code == 200
    assert "Bishnu" not in answer.content.decode()


def test_the_csv_has_the_same_figures_and_no_formula(
    staff: Client, kamala: User, paid: Paid, service: Service, bishnu: User
) -> None:
    bishnu.full_name = "=HYPERLINK(1)"
    bishnu.save()
    collected(kamala, service, amount="1500.00", paid_at=OCTOBER)
    answer = staff.get(FIGURES, {"first": "2026-10-01", "last": "2026-10-31", "export": "csv"})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="owed-2026-10-01')
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig")))
    assert row == {
        "provider_id": str(bishnu.pk),
        "provider": "'=HYPERLINK(1)",
        "opening": "0.00",
        "paid_online": "0.00",
        "paid_in_cash": "1500.00",
        "refunded": "0.00",
        "processing_fees": "0.00",
        "commission": "150.00",
        "due": "-150.00",
        "held": "0.00",
        "unpaid_commission": "0.00",
        "paid_out": "0.00",
        "closing": "-150.00",
    }


PAYOUT = {"amount": "1350.00", "period_from": "2026-10-01", "period_to": "2026-10-31", "note": "FT1"}


def test_a_payout_is_recorded_with_who_and_when(staff: Client, bishnu: User, anita: User) -> None:
    answer = staff.post("/admin/payments/payout/add/", {**PAYOUT, "provider": bishnu.pk})
    assert answer.status_code == 302
    payout = Payout.objects.get()
    assert (payout.provider, payout.amount, payout.recorded_by) == (bishnu, Decimal("1350.00"), anita)
    assert "FT1" in staff.get("/admin/payments/payout/").content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount": "0"}, "Of what?"),
        ({"amount": "x"}, "Enter a number"),
        ({"period_to": "2026-09-30"}, "The period ends before it begins."),
        ({"provider": ""}, "This field is required"),
    ],
)
def test_nonsense_is_not_recorded(staff: Client, bishnu: User, change: dict[str, str], says: str) -> None:
    answer = staff.post("/admin/payments/payout/add/", {**PAYOUT, "provider": bishnu.pk, **change})
    assert says in answer.content.decode()
    assert not Payout.objects.exists()


def test_a_page_that_is_sent_twice_records_one(staff: Client, bishnu: User) -> None:
    for _ in range(2):
        answer = staff.post("/admin/payments/payout/add/", {**PAYOUT, "provider": bishnu.pk})
    assert "recorded already" in answer.content.decode()
    assert Payout.objects.count() == 1


def test_the_database_allows_no_payout_twice(bishnu: User, anita: User) -> None:
    paid_out(bishnu, anita, "10.00", NOVEMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        paid_out(bishnu, anita, "10.00", NOVEMBER)
    paid_out(bishnu, anita, "10.00", NOVEMBER, note="another")


def test_payouts_are_never_changed(staff: Client, bishnu: User, anita: User) -> None:
    payout = paid_out(bishnu, anita, "10.00", NOVEMBER)
    address = f"/admin/payments/payout/{payout.pk}"
    assert "Rs 10.00" in staff.get(f"{address}/change/").content.decode()
    assert staff.post(f"{address}/change/", {"amount": "1"}).status_code == 403
    assert staff.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    with pytest.raises(AppendOnly):
        payout.delete()


def test_staff_who_are_no_admins_record_nothing(client: Client, bishnu: User) -> None:
    client.force_login(UserFactory(email="desk@example.com", role="customer", is_staff=True))
    assert client.get(FIGURES).status_code == 302
    answer = client.post("/admin/payments/payout/add/", {**PAYOUT, "provider": bishnu.pk})
    assert answer.status_code == 302
    assert not Payout.objects.exists()
