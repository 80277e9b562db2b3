"""What payments may do to a booking: prepare it, and settle it, in time or late."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_prepare_payment, booking_settle
from apps.bookings.models import Booking
from apps.bookings.selectors import booking_locked, draft_locked
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import Wizard
from apps.common.errors import DomainError
from apps.services.models import Service
from apps.slots.models import Reservation


@pytest.fixture
def draft(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """A draft of Monday, eight o'clock, that holds Thursday at ten and is to be paid with Khalti."""
    return draft_at_payment_step(kamala, service, days=3, at="10:00")


def settle(booking: Booking) -> bool:
    with transaction.atomic():
        return booking_settle(booking=booking_locked(booking.pk), now=timezone.now())


def prepare(booking: Booking) -> None:
    with transaction.atomic():
        booking_prepare_payment(booking=draft_locked(booking.customer, booking.pk), now=timezone.now())


def hold_ends_at() -> Any:
    return Reservation.objects.get().expires_at


def test_money_confirms_a_draft(draft: Booking) -> None:
    assert settle(draft) is True

    booking = Booking.objects.get()
    assert (booking.status, booking.booking_step, booking.expires_at) == ("confirmed", "completed", None)
    assert booking.confirmed_at == timezone.now()
    assert hold_ends_at() is None


def test_money_confirms_a_bank_transfer(kamala: User, service: Service) -> None:
    request = booked(kamala, service, days=5, method="bank_transfer")

    assert settle(request) is True
    assert Booking.objects.get().status == "confirmed"


@pytest.mark.parametrize("expires", [False, True])
def test_late_money_takes_a_free_slot_again(
    draft: Booking, clock: time_machine.Traveller, expires: bool
) -> None:
    clock.shift(timedelta(minutes=20))
    if expires:
        Booking.objects.update(expires_at=timezone.now())
        call_command("expire_holds")
        assert Booking.objects.get().status == "expired"

    assert settle(draft) is True
    assert Booking.objects.get().status == "confirmed"
    assert Booking.objects.get().reservation == Reservation.objects.get(expires_at=None)


def test_late_money_does_not_mind_the_notice(
    draft: Booking, clock: time_machine.Traveller, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(min_notice_minutes=7 * 24 * 60)
    clock.shift(timedelta(minutes=20))

    assert settle(draft) is True


def test_late_money_for_a_slot_that_is_taken_goes_back(
    draft: Booking, clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    clock.shift(timedelta(minutes=20))
    booked(suresh, service, days=3, at="10:00")

    assert settle(draft) is False
    assert Booking.objects.get(pk=draft.pk).status == "draft"


def test_late_money_for_a_booking_that_would_have_begun_goes_back(
    draft: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=4))

    assert settle(draft) is False


def test_money_for_a_dropped_draft_goes_back(wizard: Wizard) -> None:
    wizard.walk_to("payment", method="khalti")
    wizard.drop()

    assert settle(wizard.booking) is False


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("confirmed", True),
        ("in_progress", True),
        ("completed", True),
        ("cancelled", False),
        ("rejected", False),
        ("no_show", False),
    ],
)
def test_what_has_gone_on_stays_as_it_is(draft: Booking, status: str, stands: bool) -> None:
    Booking.objects.update(status=status)

    assert settle(draft) is stands
    assert Booking.objects.get().status == status


def test_a_payment_renews_the_hold_once(draft: Booking, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=10))
    prepare(draft)
    renewed = timezone.now() + timedelta(minutes=15)
    assert hold_ends_at() == renewed

    clock.shift(timedelta(minutes=10))
    prepare(draft)

    assert hold_ends_at() == renewed


def test_a_payment_takes_a_free_slot_again(draft: Booking, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=15))

    prepare(draft)

    assert hold_ends_at() == timezone.now() + timedelta(minutes=15)


def test_a_payment_waits_for_a_new_price_to_be_agreed_to(
    draft: Booking, clock: time_machine.Traveller, service: Service
) -> None:
    clock.shift(timedelta(minutes=15))
    Service.objects.filter(pk=service.pk).update(price=1800)

    with pytest.raises(DomainError, match="step_out_of_order"):
        prepare(draft)
    assert str(Booking.objects.get().total_amount) == "1500.00"


@pytest.mark.parametrize("last", ["service_selection", "datetime_selection", "details_input"])
def test_nothing_is_paid_before_its_step(wizard: Wizard, last: str) -> None:
    wizard.walk_to(last)

    with pytest.raises(DomainError, match="step_out_of_order"):
        prepare(wizard.booking)


@pytest.mark.parametrize(
    ("status", "payable"),
    [
        ("pending", True),
        ("confirmed", True),
        ("in_progress", True),
        ("completed", True),
        ("cancelled", False),
        ("rejected", False),
        ("no_show", False),
        ("expired", False),
    ],
)
def test_cash_is_paid_by_wallet_at_the_door(
    kamala: User, service: Service, status: str, payable: bool
) -> None:
    booking = booked(kamala, service)
    Booking.objects.update(status=status)

    if payable:
        prepare(booking)
    else:
        with pytest.raises(DomainError, match="invalid_transition"):
            prepare(booking)


def test_a_request_that_waits_for_its_transfer_can_be_told_again_where_to(
    kamala: User, service: Service
) -> None:
    request = booked(kamala, service, days=5, method="bank_transfer")

    prepare(request)

    assert Booking.objects.get().status == "pending"


def test_a_draft_past_its_lifetime_is_not_paid(draft: Booking, clock: time_machine.Traveller) -> None:
    Booking.objects.update(expires_at=timezone.now())

    with pytest.raises(DomainError, match="invalid_transition"):
        prepare(draft)


def test_a_draft_lives_as_long_as_its_customer_may_be_at_the_gateway(
    draft: Booking, clock: time_machine.Traveller
) -> None:
    Booking.objects.update(expires_at=timezone.now() + timedelta(minutes=1))

    prepare(draft)

    assert Booking.objects.get().expires_at == hold_ends_at()


def test_a_draft_without_a_phone_is_not_paid(draft: Booking) -> None:
    Booking.objects.update(phone="")

    with pytest.raises(DomainError, match="step_out_of_order"):
        prepare(draft)
