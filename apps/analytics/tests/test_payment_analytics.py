"""`GET /api/payments/payment-analytics/`."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.tests.fixtures import BAD_DAYS, ClientOf, Clock, lines_of
from apps.bookings.tests.factories import draft_at_payment_step
from apps.payments.gateways.base import Outcome
from apps.payments.models import Payment, Refund
from apps.payments.tests.factories import answered, paid, payment_of
from apps.services.models import Service

pytestmark = pytest.mark.django_db
ADDRESS = "/api/payments/payment-analytics/"
Ask = Callable[..., Any]


@pytest.fixture
def wallet(week: Service, clock: Clock, suresh: User) -> Payment:
    """Suresh pays Bishnu with Khalti at the second try, five minutes after they began it."""
    draft = draft_at_payment_step(suresh, week, at="14:00")
    failed = payment_of(draft)
    answered(failed, "User canceled", outcome=Outcome.FAILED)
    attempt = payment_of(draft)
    clock.shift(timedelta(minutes=5))
    payment = answered(attempt)
    assert payment.is_settlement
    return payment


def by_method(figures: Any) -> dict[str, Any]:
    return {method["method"]: method for method in figures["methods"]}


def test_methods_are_compared(wallet: Payment, bishnu: User, ask: Ask) -> None:
    for _ in range(2):
        figures = ask(bishnu, ADDRESS)
        khalti, cash = (by_method(figures)[code] for code in ("khalti", "cash"))
        assert (khalti["attempts"], khalti["success_rate"]["percent"]) == (2, 50.0)
        assert khalti["success_rate"]["of"] == "attempts that were paid, failed or expired"
        assert khalti["preference"]["percent"] == cash["preference"]["percent"] == 50.0
        assert (khalti["time_to_settle"]["mean_minutes"], khalti["time_to_settle"]["count"]) == (5.0, 1)
        assert figures["revenue"]["gross"] == "3000.00"
        days_roll_up()


def test_failures_say_why(wallet: Payment, anita: User, ask: Ask) -> None:
    assert ask(anita, ADDRESS)["failure_reasons"] == [
        {"method": "khalti", "reason": "The payment was cancelled or failed.", "attempts": 1}
    ]


def test_a_refund_counts_on_the_day_of_its_end(wallet: Payment, clock: Clock, anita: User, ask: Ask) -> None:
    refund = Refund.objects.create(payment=wallet, amount=Decimal("500.00"), reason="late")
    days_roll_up()
    clock.shift(timedelta(days=2))
    Refund.objects.filter(pk=refund.pk).update(status="completed", completed_at=timezone.now())

    figures = ask(anita, ADDRESS)

    assert (figures["refunds"]["count"], figures["refunds"]["amount"]) == (1, "500.00")
    by_day = {period["from"]: (period["paid"], period["refunded"]) for period in figures["series"]}
    assert (by_day["2026-12-11"], by_day["2026-12-13"]) == (("1500.00", "0.00"), ("0.00", "500.00"))
    assert ask(anita, ADDRESS, to="2026-12-12")["refunds"]["count"] == 0


def test_net_is_what_the_providers_account_says(wallet: Payment, bishnu: User, ask: Ask) -> None:
    Payment.objects.update(commission_percent=Decimal("10.00"))
    revenue = ask(bishnu, ADDRESS)["revenue"]
    assert (revenue["commission"], revenue["net"]) == ("300.00", "2700.00")


def test_everybody_sees_his_own(
    wallet: Payment, kamala: User, suresh: User, bishnu: User, gita: User, anita: User, ask: Ask
) -> None:
    attempts = {user: ask(user, ADDRESS)["total_attempts"] for user in (kamala, suresh, bishnu, gita, anita)}
    assert attempts == {kamala: 1, suresh: 2, bishnu: 3, gita: 0, anita: 3}
    assert ask(anita, ADDRESS, provider=gita.pk)["total_attempts"] == 0
    assert ask(suresh, ADDRESS)["revenue"]["commission"] is None


def test_money_that_goes_back_at_once_is_no_revenue(
    week: Service, suresh: User, anita: User, ask: Ask
) -> None:
    draft = draft_at_payment_step(suresh, week, at="15:00")
    second = payment_of(draft)
    paid(draft)
    answered(second)
    Refund.objects.update(status="completed", completed_at=timezone.now())
    figures = ask(anita, ADDRESS)
    assert (figures["refunds"]["amount"], figures["revenue"]["refunded"]) == ("1500.00", "0.00")
    assert figures["revenue"]["gross"] == "3000.00"


def test_without_login_401(api: APIClient) -> None:
    assert api.get(ADDRESS).status_code == 401


@pytest.mark.parametrize("query", BAD_DAYS)
def test_bad_questions_are_400(
    week: Service, anita: User, client_of: ClientOf, query: dict[str, str]
) -> None:
    answer = client_of(anita).get(ADDRESS, query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] in query


def test_others_providers_and_services_are_as_unknown(
    week: Service, kamala: User, gita: User, bishnu: User, client_of: ClientOf
) -> None:
    assert client_of(gita).get(ADDRESS, {"service": week.pk}).status_code == 400
    for user in (gita, kamala):
        assert client_of(user).get(ADDRESS, {"provider": bishnu.pk}).status_code == 400


def test_a_file_has_a_line_a_period(wallet: Payment, anita: User, client_of: ClientOf) -> None:
    lines = lines_of(client_of(anita).get(ADDRESS, {"export": "csv"}))
    assert lines[0].startswith("from,to,attempts,attempts_paid,attempts_failed")
    assert lines[-1] == "2026-12-11,2026-12-11,2,1,1,1,1500.00,0,0.00"


def test_six_queries_at_most(
    wallet: Payment,
    login: Callable[[User], APIClient],
    kamala: User,
    bishnu: User,
    anita: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    narrowed: dict[str, Any] = {"provider": bishnu.pk, "city": "kathmandu"}
    for user, query in ((kamala, {}), (bishnu, {}), (anita, narrowed)):
        client = login(user)
        with django_assert_max_num_queries(6):
            assert client.get(ADDRESS, query).status_code == 200
