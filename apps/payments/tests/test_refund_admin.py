"""Refunds by hand: an admin says in the admin pages that they were done."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.actions import booking_cancel
from apps.payments.models import Payment, PaymentEvent, Refund
from apps.payments.tests.fixtures import Refunding, Sandbox

LIST = "/admin/payments/refund/"


@pytest.fixture
def staff(client: Client, anita: User) -> Client:
    """Anita's browser in the admin."""
    client.force_login(anita)
    return client


@pytest.fixture
def waiting(cash_paid: Payment, refund: Refunding) -> Refund:
    """A refund that somebody has to hand over."""
    assert refund(cash_paid, amount="500.00").status_code == 200
    return Refund.objects.get()


def address(refund: Refund, decision: str) -> str:
    return f"{LIST}{refund.pk}/{decision}/"


def test_an_admin_records_that_it_was_done(staff: Client, waiting: Refund, anita: User) -> None:
    page = staff.get(address(waiting, "record-done")).content.decode()
    assert waiting.payment.booking.reference in page
    answer = staff.post(address(waiting, "record-done"), {"note": "cheque 71"}, follow=True)
    assert f"refund {waiting.pk}: completed" in answer.content.decode()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.completed_by, waiting.note) == ("completed", anita, "cheque 71")
    assert waiting.completed_at is not None
    assert Payment.objects.get().status == "partially_refunded"
    told = PaymentEvent.objects.filter(operation="refund").latest("id")
    assert (told.actor, told.detail) == (anita, f"refund {waiting.pk} recorded as done by hand")


def test_decisions_are_offered_on_a_refunds_page_alone(staff: Client, waiting: Refund) -> None:
    done = address(waiting, "record-done")
    assert done not in staff.get(LIST).content.decode()
    assert done in staff.get(f"{LIST}{waiting.pk}/change/").content.decode()
    staff.post(done, {"note": "cheque 71"})
    assert done not in staff.get(f"{LIST}{waiting.pk}/change/").content.decode()


def test_amounts_have_their_currency(staff: Client, waiting: Refund) -> None:
    for page in (LIST, f"{LIST}{waiting.pk}/change/", address(waiting, "record-done")):
        assert "Rs 500.00" in staff.get(page).content.decode()


def test_a_page_shows_what_a_refused_refund_has_left_behind(
    staff: Client, khalti_paid: Payment, sandbox: Sandbox
) -> None:
    sandbox.fault("refund", "error_500")
    form = {"amount": "500.00", "reason": "late"}
    page = staff.post(f"/admin/payments/payment/{khalti_paid.pk}/refund/", form).content.decode()
    assert "(refund_pending)" in page
    assert "Rs 1,000.00" in page
    again = staff.post(f"/admin/payments/payment/{khalti_paid.pk}/refund/", form, follow=True)
    assert "asked for before: late" in again.content.decode()


def test_it_needs_a_note(staff: Client, waiting: Refund) -> None:
    assert staff.post(address(waiting, "record-done"), {"note": " "}).status_code == 200
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_it_is_recorded_once(staff: Client, waiting: Refund) -> None:
    for note in ("cheque 71", "cheque 72"):
        staff.post(address(waiting, "record-done"), {"note": note})
    waiting.refresh_from_db()
    assert waiting.note == "cheque 71"


def test_what_khalti_will_send_is_not_recorded_by_hand(
    staff: Client, khalti_paid: Payment, kamala: User
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    refund = Refund.objects.get()
    page = staff.post(address(refund, "record-done"), {"note": "done"}).content.decode()
    assert "its gateway will do it" in page
    refund.refresh_from_db()
    assert refund.status == "pending"


def test_a_doubtful_one_is_tried_again(staff: Client, khalti_paid: Payment, kamala: User) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    Refund.objects.update(status="needs_attention", times_tried=15)
    refund = Refund.objects.get()
    staff.post(address(refund, "try-again"), {"note": "not in the panel"})
    refund.refresh_from_db()
    assert (refund.status, refund.times_tried, refund.note) == ("pending", 0, "not in the panel")
    assert Payment.objects.get().status == "refund_pending"


def test_one_that_nobody_doubts_is_not(staff: Client, waiting: Refund) -> None:
    page = staff.post(address(waiting, "try-again"), {"note": "again"}).content.decode()
    assert "needs attention" in page


@pytest.mark.parametrize("decision", ["record-done", "try-again"])
def test_staff_who_only_look_decide_nothing(client: Client, waiting: Refund, decision: str) -> None:
    looker = UserFactory(role="admin", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__in=["view_refund", "change_refund"]))
    client.force_login(looker)
    assert client.get(LIST).status_code == 200
    assert client.post(address(waiting, decision), {"note": "mine"}).status_code == 403
    waiting.refresh_from_db()
    assert waiting.status == "pending"


def test_an_unknown_refund_is_not_found(staff: Client) -> None:
    assert staff.get(f"{LIST}999999/record-done/").status_code == 404
