"""The last step: a request to the provider, unless it is to be paid online first."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_record_payment, booking_settle
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent, Recorded
from apps.bookings.selectors import booking_locked
from apps.bookings.tests.steps import STEPS, Wizard, error_of, everything
from apps.slots.models import Reservation


def pay(booking: Booking) -> None:
    """Settle a booking as a payment does."""
    locked = booking_locked(booking.pk)
    assert booking_settle(booking=locked, now=timezone.now())
    booking_record_payment(booking=locked, recorded=Recorded("completed", None, True, True, True))


@pytest.mark.parametrize("method", ["cash", "bank_transfer"])
def test_what_is_paid_later_becomes_a_request(wizard: Wizard, method: str) -> None:
    answer = wizard.walk_to("payment", method=method).confirm()

    assert answer.status_code == 200
    body = answer.json()
    assert body["booking_step"] == "confirmation"
    assert body["next_step"] is None
    assert body["completed_steps"] == STEPS
    assert body["progress"] == 100
    assert body["hold_expires_at"] is None
    assert body["booking"]["status"] == "pending"
    assert body["booking"]["booking_step"] == "completed"


def test_its_slot_is_firm(wizard: Wizard) -> None:
    wizard.walk_to("confirmation")

    assert Reservation.objects.get().expires_at is None


def test_again_it_answers_the_same(wizard: Wizard) -> None:
    first = wizard.walk_to("payment").confirm()

    second = wizard.confirm()

    assert second.status_code == 200
    assert second.json() == first.json()
    assert BookingEvent.objects.filter(to_status="pending").count() == 1


@pytest.mark.parametrize("method", ["khalti", "esewa"])
def test_what_is_paid_online_waits_for_the_payment(wizard: Wizard, method: str) -> None:
    wizard.walk_to("payment", method=method)
    before = everything()

    assert error_of(wizard.confirm())[:2] == (409, "payment_required")
    assert everything() == before


def test_a_paid_booking_is_confirmed(wizard: Wizard) -> None:
    wizard.walk_to("payment", method="khalti")
    pay(wizard.booking)

    answer = wizard.confirm()

    assert answer.status_code == 200
    assert answer.json()["booking"]["status"] == "confirmed"
    assert answer.json()["progress"] == 100


@pytest.mark.parametrize("status", ["cancelled", "rejected", "expired"])
def test_what_has_ended_is_not_confirmed_again(wizard: Wizard, status: str) -> None:
    wizard.walk_to("confirmation")
    Booking.objects.update(status=status)

    assert error_of(wizard.confirm())[:2] == (409, "invalid_transition")


@pytest.mark.parametrize("last", STEPS[:3])
def test_it_does_not_skip_steps(wizard: Wizard, last: str) -> None:
    wizard.walk_to(last)
    before = everything()

    assert error_of(wizard.confirm())[:2] == (409, "step_out_of_order")
    assert everything() == before


def test_a_cash_request_waits_a_day_for_the_provider(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("confirmation", days=3)

    assert wizard.booking.expires_at == timezone.now() + timedelta(hours=24)


def test_a_request_waits_no_longer_than_until_its_start(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("confirmation", days=0, at="12:00")

    assert wizard.booking.expires_at == datetime.fromisoformat("2026-12-07T12:00:00+05:45")


def test_a_bank_transfer_waits_for_its_money_instead(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("confirmation", method="bank_transfer", days=5)

    assert wizard.booking.expires_at == timezone.now() + timedelta(hours=48)


def test_a_bank_transfer_that_got_too_late_is_refused(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("payment", method="bank_transfer", days=3)
    clock.shift(timedelta(hours=30))

    assert error_of(wizard.confirm()) == (400, "invalid", "payment_method")
    assert wizard.choose_payment("cash").status_code == 200
    assert wizard.confirm().json()["booking"]["status"] == "pending"


def test_a_hold_does_not_outlast_the_start(wizard: Wizard, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=3, minutes=50))  # 11:50
    wizard.walk_to("payment", days=0, at="12:00")
    clock.shift(timedelta(minutes=11))

    assert error_of(wizard.confirm())[:2] == (409, "hold_expired")


def test_only_its_customer_confirms_it(wizard: Wizard, client_of: ClientOf, suresh: User) -> None:
    wizard.walk_to("payment")
    wizard.client = client_of(suresh)

    assert wizard.confirm().status_code == 404


def test_it_takes_few_queries(wizard: Wizard, django_assert_max_num_queries: Any) -> None:
    wizard.walk_to("payment")

    with django_assert_max_num_queries(19):  # and one to log in
        assert wizard.confirm().status_code == 200
