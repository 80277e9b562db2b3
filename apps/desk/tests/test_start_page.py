"""The start page: what waits, and charts, for whom they are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.payments.gateways.bank_transfer.actions import bank_transfer_prove
from apps.payments.gateways.base import Outcome
from apps.payments.models import Payment, Refund
from apps.payments.tests.factories import answered, paid, paid_twice, payment_of
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory

START = "/admin/"


def text(client: Client) -> str:
    answer = client.get(START)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def busy(kamala: User, service: Service) -> None:
    """A day at the desk: a request, a paid booking, money in doubt or to return, a transfer, a service."""
    booked(kamala, service, at="10:00")
    paid(draft_at_payment_step(kamala, service, at="11:00"))
    answered(payment_of(draft_at_payment_step(kamala, service, at="12:00")), "Odd", outcome=Outcome.UNKNOWN)
    paid_twice(draft_at_payment_step(kamala, service, at="13:00"))
    transfer = booked(kamala, service, days=5, at="14:00", method="bank_transfer")
    payment = payment_of(transfer, status="pending")
    bank_transfer_prove(payment=payment, customer=kamala, reference="NIC-1", slip=None)
    ServiceFactory(title="Newly offered", status="pending")


@pytest.mark.usefixtures("busy")
def test_it_shows_what_waits_for_somebody(chief: Client) -> None:
    answer = chief.get(START)

    counts = {
        name: answer.context[name].count
        for name in ("requests", "payments", "refunds", "refunds_in_doubt", "transfers", "services")
    }
    assert counts == {
        "requests": 1,
        "payments": 1,
        "refunds": 1,
        "refunds_in_doubt": 0,
        "transfers": 1,
        "services": 1,
    }
    assert "Newly offered" in answer.content.decode()


@pytest.mark.usefixtures("busy")
def test_every_list_of_work_leads_to_the_same_rows(chief: Client) -> None:
    for name, address in {
        "requests": "/admin/bookings/booking/?waits=provider",
        "payments": "/admin/payments/payment/?attention=needed",
        "refunds": "/admin/payments/refund/?waiting=yes",
        "transfers": "/admin/payments/banktransfer/?check=proof",
        "services": "/admin/services/service/?review=needed",
    }.items():
        page = chief.get(START)
        assert address in page.content.decode()
        linked = chief.get(address).context["cl"].result_list
        assert {row.pk for row in linked} == {row.pk for row in page.context[name].rows}


@pytest.mark.usefixtures("busy")
def test_payments_and_refunds_in_doubt_count_together(chief: Client) -> None:
    Refund.objects.update(status="needs_attention")

    assert "<span>Money needing attention</span><strong>2</strong>" in text(chief)
    page = chief.get(START)
    address = "/admin/payments/refund/?waiting=doubt"
    assert address in page.content.decode()
    linked = chief.get(address).context["cl"].result_list
    assert list(linked) == page.context["refunds_in_doubt"].rows == list(Refund.objects.all())


@pytest.mark.usefixtures("busy")
def test_how_far_drafts_come_adds_up(chief: Client) -> None:
    content = text(chief)

    assert "Sent off" in content
    steps = [step for step, _ in chief.get(START).context["funnel"]]
    for step in steps[:-1]:
        if step.open:
            assert f"{step.open} open)" in content
    assert any(step.open for step in steps)


@pytest.mark.usefixtures("busy")
def test_figures_are_those_of_the_raw_rows(chief: Client) -> None:
    context = chief.get(START).context

    assert context["paid_today"] == sum(
        payment.total_amount for payment in Payment.objects.filter(is_settlement=True)
    )
    assert context["methods"][0].method == "khalti"
    Booking.objects.filter(status="pending").update(booking_date=timezone.localdate() - timedelta(days=1))
    again = chief.get(START).context
    assert again["bookings_total"] == 2


def test_an_empty_marketplace_has_a_start_page_too(chief: Client) -> None:
    content = text(chief)

    assert "Every request has its answer." in content
    assert "Nobody has paid." in content


def test_work_that_nobody_paid_is_shown_as_owed(chief: Client, kamala: User, service: Service) -> None:
    booking = booked(kamala, service)
    Booking.objects.update(status="completed", completed_at=timezone.now())
    Payment.objects.filter(pk=payment_of(booking, status="pending").pk).update(amount_collected=0)

    assert "Done, and not paid (1)" in text(chief)
    assert chief.get(START).context["unpaid"].rows == [booking]


@pytest.mark.usefixtures("busy")
def test_nothing_comes_from_elsewhere(chief: Client) -> None:
    content = text(chief)

    for place in ('src="http', "src='http", 'href="http', 'src="//', "url(http", "@import"):
        assert place not in content


@pytest.mark.usefixtures("busy")
def test_finance_sees_money_and_support_sees_no_transfers(support: Client, finance: Client) -> None:
    assert "transfers" in finance.get(START).context
    assert "services" not in finance.get(START).context
    assert "transfers" not in support.get(START).context
    assert "Transfers to check" not in text(support)
    assert "Services to review" in text(support)


def test_staff_without_a_role_see_nothing_but_that_they_need_one(client: Client, gita: User) -> None:
    gita.role, gita.is_staff = "admin", True
    gita.save()
    client.force_login(gita)

    context = client.get(START).context

    assert "Your account has no role here yet" in text(client)
    assert not any(name in context for name in ("requests", "payments", "bookings_chart", "revenue_chart"))


@pytest.mark.usefixtures("busy")
def test_it_takes_the_same_queries_however_much_there_is(
    chief: Client, kamala: User, service: Service
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            chief.get(START)
        return len(captured)

    before = queries()
    for day in range(6, 10):
        booked(kamala, service, days=day)
        paid(draft_at_payment_step(kamala, service, days=day, at="12:00"))
        ServiceFactory(status="pending")
    # Three of them have PostgreSQL plan the others for their values.
    assert queries() == before <= 37


@pytest.mark.parametrize(
    ("who", "unseen"),
    [
        ("support", ["Payouts", "Bank transfers", "Roles"]),
        ("finance", ["Working hours", "Services", "Roles"]),
    ],
)
def test_the_sidebar_has_what_one_may_open(
    request: pytest.FixtureRequest, who: str, unseen: list[str]
) -> None:
    browser: Client = request.getfixturevalue(who)
    links = [
        (item["title"], item["link"])
        for group in browser.get(START).context["sidebar_navigation"]
        for item in group["items"]
    ]

    assert not set(unseen) & {title for title, _ in links}
    for _, link in links:
        assert browser.get(link).status_code == 200


def test_a_chief_can_open_everything_in_the_sidebar(chief: Client) -> None:
    links = [
        item["link"] for group in chief.get(START).context["sidebar_navigation"] for item in group["items"]
    ]

    assert len(links) == 22
    for link in links:
        assert chief.get(link).status_code == 200
