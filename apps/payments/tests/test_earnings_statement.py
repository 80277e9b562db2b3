"""A month's earnings of a provider, to print: the lines add up to what they are owed."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.desk.roles import staff_roles_create
from apps.payments.earnings.owed import accounts_of
from apps.payments.earnings.payouts import payout_record
from apps.payments.earnings.per_payment import NAMES
from apps.payments.earnings.statement import statement_of
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.tests.test_receipts import settled
from apps.services.models import Service

Login = Callable[[User], APIClient]
URL = "/api/payments/earnings-statement/"
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def statement(client: APIClient, month: str = "2026-11", **query: Any) -> Any:
    return client.get(URL, {"month": month, **query}, headers={"Accept": "text/html"})


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    body = answer.content.decode().partition("<body")[2].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def at(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 6, tzinfo=UTC)


@pytest.fixture
def payment(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Payment:
    """Rs 1500 in cash on 22 November."""
    return settled(kamala, service, at="10:00", paid_at=at(22))


@pytest.fixture
def october(kamala: User, service: Service, payment: Payment) -> Payment:
    """Rs 1500 by wallet in October, of which a third went back in November."""
    earlier = settled(kamala, service, at="12:00", paid_at=at(20, 10))
    Payment.objects.filter(pk=earlier.pk).update(
        method=PaymentMethod.objects.get(code="khalti"), amount_collected=None
    )
    Refund.objects.create(payment=earlier, amount=500, reason="took half the time", created_at=at(3))
    return earlier


def test_it_lists_payments_in_both_calendars(login: Login, bishnu: User, payment: Payment) -> None:
    text = text_of(statement(login(bishnu)))

    for part in (
        "Earnings, November 2026",
        "2026-11-01 A.D. (15 Kartik 2083 B.S.)",
        "2026-11-22 6 Mangsir 2083 B.S.",
        payment.booking.reference,
        "1,500.00 0.00 0.00 150.00 -150.00",
        "Owed after the month Rs -150.00",
    ):
        assert part in text


def test_refunds_of_earlier_payments_and_payouts_are_in_it(
    login: Login, bishnu: User, anita: User, october: Payment
) -> None:
    payout_record(
        provider=bishnu,
        amount=Decimal(700),
        period_from=FIRST,
        period_to=LAST,
        note="NIC <7>",
        recorded_by=anita,
    )
    month = date.today().strftime("%Y-%m")  # noqa: DTZ011  # the payout is of now
    assert "NIC &lt;7&gt;" in statement(login(bishnu), month).content.decode()
    text = text_of(statement(login(bishnu)))
    assert "took half the time" in text
    assert "refunded this month" in text
    assert "Owed before the month Rs 1,350.00" in text


def test_lines_add_up_to_the_account(bishnu: User, october: Payment) -> None:
    whole = statement_of(bishnu, first=FIRST, last=LAST)
    (account,) = accounts_of([bishnu], first=FIRST, last=LAST)

    assert whole.account == account
    for name in NAMES:
        assert sum(getattr(line.earned, name) for line in whole.lines) == getattr(account.earned, name)


def test_an_admin_says_whose(login: Login, anita: User, bishnu: User, kamala: User, payment: Payment) -> None:
    admin = login(anita)

    assert payment.booking.reference in text_of(statement(admin, provider=bishnu.pk))
    assert statement(admin).status_code == 400
    assert statement(admin, provider=kamala.pk).status_code == 404


def test_support_sees_no_earnings(login: Login, bishnu: User, payment: Payment) -> None:
    staff_roles_create()
    support, finance = (UserFactory(role="admin", is_staff=True) for _ in range(2))
    support.groups.add(Group.objects.get(name="Support"))
    finance.groups.add(Group.objects.get(name="Finance"))

    assert statement(login(support), provider=bishnu.pk).status_code == 403
    assert statement(login(finance), provider=bishnu.pk).status_code == 200


def test_a_provider_sees_his_own_alone(login: Login, bishnu: User, gita: User, payment: Payment) -> None:
    assert payment.booking.reference not in text_of(statement(login(gita)))
    assert statement(login(gita), provider=bishnu.pk).status_code == 404


def test_customers_and_strangers_see_none(api: APIClient, customer: APIClient, payment: Payment) -> None:
    assert statement(customer).status_code == 403
    assert statement(api).status_code == 401


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-00", "1026-01", "9999-12", "२०२६-११"])
def test_a_month_that_is_none_is_told(login: Login, bishnu: User, month: str) -> None:
    answer = statement(login(bishnu), month)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "month"


def test_a_month_without_money_says_so(login: Login, bishnu: User) -> None:
    assert "Nobody paid in this month." in text_of(statement(login(bishnu), "2026-02"))


def test_it_takes_the_same_queries_for_any_number_of_payments(
    login: Login, bishnu: User, kamala: User, service: Service, payment: Payment
) -> None:
    client = login(bishnu)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            statement(client)
        return len(captured)

    with_one = queries()
    for hour in range(11, 16):
        more = settled(kamala, service, at=f"{hour}:00", paid_at=at(23))
        Refund.objects.create(payment=more, amount=100, reason="late", created_at=at(24))
    assert queries() == with_one <= 10
