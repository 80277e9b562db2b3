"""Money of no-shows: who gets it, and when."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_dispute, booking_mark_no_show, dispute_decide
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.common.localtime import today
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.actions.payments import payment_create
from apps.payments.audit import findings
from apps.payments.earnings.owed import accounts_of
from apps.payments.earnings.payouts import payout_record
from apps.payments.models import PaymentMethod, Payout, Refund
from apps.services.models import Service

DUE = Decimal("1350.00")


@pytest.fixture
def missed(kamala: User, bishnu: User, service: Service) -> Booking:
    """A booking of Rs 1500, paid by Khalti, that Bishnu has just marked as a no-show."""
    default_payment_methods_create()
    booking = booked(kamala, service, method="khalti")
    payment_create(
        booking=LockedBooking(booking),
        method=PaymentMethod.objects.get(code="khalti"),
        fee=Decimal(0),
        status="completed",
        actor=None,
        is_settlement=True,
        paid_at=timezone.now(),
    )
    starts_at = timezone.now() - timedelta(minutes=15)
    Booking.objects.update(status="confirmed", booking_step="completed", starts_at=starts_at)
    return booking_mark_no_show(booking_id=booking.pk, actor=bishnu)


def owed(bishnu: User, *, hours: float = 1) -> Decimal:
    """Return what Bishnu is owed at the end of the day so many hours from now."""
    day = today(timezone.now() + timedelta(hours=hours))
    (account,) = accounts_of([bishnu], first=day, last=day)
    return account.closing


def test_for_72_hours_nobody_is_owed_it(missed: Booking, bishnu: User) -> None:
    assert owed(bishnu) == 0
    assert owed(bishnu, hours=100) == DUE


def test_where_the_customer_objects_it_waits_for_a_decision(
    missed: Booking, kamala: User, bishnu: User
) -> None:
    booking_dispute(booking_id=missed.pk, actor=kamala, reason="I was there.")

    assert owed(bishnu, hours=1000) == 0


def test_decided_for_the_provider_it_is_owed(
    missed: Booking, kamala: User, bishnu: User, anita: User
) -> None:
    booking_dispute(booking_id=missed.pk, actor=kamala, reason="I was there.")
    dispute_decide(booking_id=missed.pk, actor=anita, decision="provider", note="The bell rang.")

    assert owed(bishnu) == DUE


def test_decided_for_the_customer_all_goes_back(
    missed: Booking, kamala: User, bishnu: User, anita: User
) -> None:
    booking_dispute(booking_id=missed.pk, actor=kamala, reason="I was there.")
    dispute_decide(booking_id=missed.pk, actor=anita, decision="customer", note="A photo.")

    assert Refund.objects.get().amount == Decimal("1500.00")
    assert Booking.objects.get().payment_status == "refund_pending"
    assert owed(bishnu) == 0


def pay_out(bishnu: User, anita: User) -> Payout:
    day = today(timezone.now())
    return payout_record(
        provider=bishnu, amount=DUE, period_from=day, period_to=day, note="", recorded_by=anita
    )


def test_a_payout_of_what_is_disputed_is_named(
    missed: Booking, kamala: User, bishnu: User, anita: User
) -> None:
    booking_dispute(booking_id=missed.pk, actor=kamala, reason="I was there.")
    payout = pay_out(bishnu, anita)

    named = [finding.ids for finding in findings() if finding.code == "paid_out_in_dispute"]
    assert named == [{"payout": payout.pk, "provider": bishnu.pk}]


def test_a_payout_after_the_decision_is_in_order(
    missed: Booking, kamala: User, bishnu: User, anita: User
) -> None:
    booking_dispute(booking_id=missed.pk, actor=kamala, reason="I was there.")
    dispute_decide(booking_id=missed.pk, actor=anita, decision="provider", note="The bell rang.")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        pay_out(bishnu, anita)

    assert "paid_out_in_dispute" not in [finding.code for finding in findings()]


def decided_for_kamala(missed: Booking, kamala: User, anita: User) -> None:
    booking_dispute(booking_id=missed.pk, actor=kamala, reason="I was there.")
    dispute_decide(booking_id=missed.pk, actor=anita, decision="customer", note="A photo.")


def not_refunded() -> list[object]:
    return [finding.ids["payment"] for finding in findings() if finding.code == "dispute_not_refunded"]


def test_a_decision_that_gave_all_back_is_in_order(missed: Booking, kamala: User, anita: User) -> None:
    decided_for_kamala(missed, kamala, anita)

    assert not_refunded() == []


@pytest.mark.parametrize("change", [{"status": "failed"}, {"amount": Decimal("1499.99")}])
def test_a_decision_for_the_customer_without_all_the_money_is_named(
    missed: Booking, kamala: User, anita: User, change: dict[str, object]
) -> None:
    decided_for_kamala(missed, kamala, anita)
    Refund.objects.update(**change)

    assert not_refunded() == [missed.payments.get().pk]
