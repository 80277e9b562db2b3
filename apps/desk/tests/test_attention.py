"""What needs a person leaves its list once somebody has looked, and comes back with a new doubt."""

from decimal import Decimal

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.bookings.tests.factories import draft_at_payment_step
from apps.desk.waiting import payments_needing_attention
from apps.payments.gateways.base import Outcome
from apps.payments.models import AttentionReason, Payment, Refund
from apps.payments.tests.factories import answered, paid, payment_of
from apps.services.models import Service


def test_nothing_is_handled_that_needs_no_attention(finance: Client, payment: Payment) -> None:
    page = finance.post(f"/admin/payments/payment/{payment.pk}/handled/", {"note": "looked"})

    assert "needs no attention" in page.content.decode()


def test_what_was_handled_leaves_the_list_and_comes_back_with_a_new_doubt(
    finance: Client, farid: User, kamala: User, service: Service
) -> None:
    payment = payment_of(draft_at_payment_step(kamala, service), status="needs_attention")
    asked = "/admin/payments/payment/?attention=needed"
    assert len(finance.get(asked).context["cl"].result_list) == 1

    finance.post(f"/admin/payments/payment/{payment.pk}/handled/", {"note": "Khalti's panel says paid twice"})

    note = payment.attention_notes.get()
    assert (note.noted_by, note.note) == (farid, "Khalti's panel says paid twice")
    assert len(finance.get(asked).context["cl"].result_list) == 0
    assert len(finance.get("/admin/payments/payment/?attention=noted").context["cl"].result_list) == 1
    assert (
        "panel says paid twice"
        in finance.get(f"/admin/payments/payment/{payment.pk}/change/").content.decode()
    )

    payment.events.create(kind="move", from_status="processing", to_status="needs_attention")
    assert len(finance.get(asked).context["cl"].result_list) == 1


@pytest.mark.parametrize("outcome", [Outcome.REFUNDED, Outcome.PARTIALLY_REFUNDED])
def test_money_that_was_taken_back_needs_a_person_until_it_is_handled(
    finance: Client, kamala: User, service: Service, outcome: Outcome
) -> None:
    payment = paid(draft_at_payment_step(kamala, service))
    answered(payment, "Refunded", outcome=outcome)
    asked = "/admin/payments/payment/?attention=needed"
    assert len(finance.get(asked).context["cl"].result_list) == 1
    assert payments_needing_attention().count == 1

    finance.post(f"/admin/payments/payment/{payment.pk}/handled/", {"note": "she pays in cash"})

    assert len(finance.get(asked).context["cl"].result_list) == 0
    assert len(finance.get("/admin/payments/payment/?attention=noted").context["cl"].result_list) == 1


def test_a_refund_in_doubt_is_handled_too(finance: Client, refund: Refund) -> None:
    Refund.objects.update(status="needs_attention")
    asked = "/admin/payments/refund/?waiting=doubt"
    assert len(finance.get(asked).context["cl"].result_list) == 1

    finance.post(f"/admin/payments/refund/{refund.pk}/handled/", {"note": "asked Khalti"})

    assert len(finance.get(asked).context["cl"].result_list) == 0
    assert Refund.objects.get().status == "needs_attention"


def test_the_desk_says_why_a_payment_needs_attention(finance: Client, kamala: User, service: Service) -> None:
    payment = answered(payment_of(draft_at_payment_step(kamala, service)), less=Decimal(1))

    for page in (
        "/admin/",
        "/admin/payments/payment/",
        f"/admin/payments/payment/{payment.pk}/change/",
        f"/admin/payments/payment/{payment.pk}/handled/",
    ):
        assert "the amount differs" in finance.get(page).content.decode(), page


def test_the_desk_says_why_a_refund_needs_attention(finance: Client, refund: Refund) -> None:
    Refund.objects.update(status="needs_attention", attention_reason=AttentionReason.REFUSED)

    for page in (
        "/admin/",
        "/admin/payments/refund/",
        f"/admin/payments/refund/{refund.pk}/change/",
        f"/admin/payments/refund/{refund.pk}/handled/",
        f"/admin/bookings/booking/{refund.payment.booking_id}/change/",
    ):
        assert AttentionReason.REFUSED.label in finance.get(page).content.decode(), page
