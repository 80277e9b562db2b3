"""The desk decides about objections to no-shows, on a page that says what becomes of the money."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_dispute, booking_mark_no_show
from apps.bookings.models import Booking, Dispute
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.payments.models import Refund
from apps.payments.tests.factories import paid
from apps.services.models import Service

LIST = "/admin/bookings/booking/"
NOTE = {"note": "The bell rang for nobody."}
DECISIONS = {"for-customer": "customer", "for-provider": "provider"}


def page(booking: Booking, action: str = "change") -> str:
    return f"{LIST}{booking.pk}/{action}/"


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def missed(booking: Booking) -> Booking:
    """Mark it as a no-show, to which its customer objects."""
    Booking.objects.filter(pk=booking.pk).update(
        status="confirmed", booking_step="completed", starts_at=timezone.now() - timedelta(minutes=20)
    )
    booking_mark_no_show(booking_id=booking.pk, actor=booking.provider)
    return booking_dispute(booking_id=booking.pk, actor=booking.customer, reason="I waited at the door.")


@pytest.fixture
def disputed(kamala: User, service: Service) -> Booking:
    """Paid online."""
    booking = draft_at_payment_step(kamala, service)
    paid(booking)
    return missed(booking)


@pytest.fixture
def in_cash(kamala: User, service: Service) -> Booking:
    """Nothing was ever paid."""
    return missed(booked(kamala, service, at="14:00"))


def test_the_start_page_and_the_booking_show_the_objection(support: Client, disputed: Booking) -> None:
    for address in ("/admin/", page(disputed)):
        assert "I waited at the door." in text(support, address)
    assert "waits for a decision" in text(support, page(disputed))
    for action in DECISIONS:
        assert page(disputed, action) in text(support, page(disputed))


@pytest.mark.parametrize(
    ("action", "question", "warning"),
    [
        (
            "for-customer",
            "The customer was there",
            "What is left of the payment goes back to the customer.",
        ),
        ("for-provider", "The customer was not there", "What was paid is owed to the provider."),
    ],
)
def test_the_page_says_what_becomes_of_the_money(
    support: Client, disputed: Booking, action: str, question: str, warning: str
) -> None:
    shown = text(support, page(disputed, action))
    assert question in shown
    assert warning in shown


@pytest.mark.parametrize("action", DECISIONS)
def test_where_nothing_was_paid_it_says_so(support: Client, in_cash: Booking, action: str) -> None:
    shown = text(support, page(in_cash, action))
    assert "Nothing was paid, so no money moves." in shown
    assert "goes back" not in shown
    assert "is owed" not in shown


@pytest.mark.parametrize(("action", "decision"), DECISIONS.items())
def test_a_decision_is_kept_with_its_note_and_told(
    support: Client, sabina: User, disputed: Booking, action: str, decision: str
) -> None:
    answer = support.post(page(disputed, action), NOTE, follow=True)

    dispute = Dispute.objects.get()
    assert (dispute.decision, dispute.note, dispute.decided_by) == (decision, NOTE["note"], sabina)
    shown = " ".join(answer.content.decode().split())
    assert f"{disputed.reference}: decided for the {decision}." in shown
    assert f"decided for the {decision}: {NOTE['note']}" in shown
    assert page(disputed, action) not in shown
    assert Refund.objects.exists() == (decision == "customer")


@pytest.mark.parametrize("second", DECISIONS)
def test_a_second_decision_is_refused_with_words(support: Client, disputed: Booking, second: str) -> None:
    support.post(page(disputed, "for-customer"), NOTE)

    answer = support.post(page(disputed, second), {"note": "Another look."})

    assert "This was decided already." in answer.content.decode()
    assert Dispute.objects.get().note == NOTE["note"]


def test_a_note_is_asked_for(support: Client, disputed: Booking) -> None:
    assert support.post(page(disputed, "for-customer"), {"note": ""}).status_code == 200
    assert Dispute.objects.get().decided_at is None


def test_without_the_right_nobody_decides(finance: Client, disputed: Booking) -> None:
    for action in DECISIONS:
        assert finance.post(page(disputed, action), NOTE).status_code == 403
    assert Dispute.objects.get().decided_at is None


def test_a_no_show_without_an_objection_has_nothing_to_decide(support: Client, booking: Booking) -> None:
    Booking.objects.update(status="no_show")
    for action in DECISIONS:
        assert page(booking, action) not in text(support, page(booking))
        assert "Nobody objects" in support.post(page(booking, action), NOTE).content.decode()
