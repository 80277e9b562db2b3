"""Drafts and requests that nobody finished or answered, and the jobs that end them."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.actions import booking_confirm, overdue_bookings_expire
from apps.bookings.events import booking_expired
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import Wizard
from apps.services.models import Service
from apps.slots.models import Reservation


def run(command: str) -> str:
    """Run a management command; return what it printed."""
    printed = StringIO()
    call_command(command, stdout=printed)
    return printed.getvalue()


def status_of(booking: Booking) -> str:
    return Booking.objects.get(pk=booking.pk).status


@pytest.mark.parametrize("command", ["expire_holds", "run_jobs"])
def test_what_is_overdue_expires(
    kamala: User, service: Service, clock: time_machine.Traveller, command: str
) -> None:
    draft = draft_at_payment_step(kamala, service, days=9, at="10:00")
    request = booked(kamala, service, days=9, at="11:00")
    clock.shift(timedelta(hours=72))

    printed = run(command)

    assert "expire_holds: 0 holds released, 2 bookings expired" in printed
    assert [status_of(draft), status_of(request)] == ["expired", "expired"]
    assert not Reservation.objects.exists()
    assert "expire_holds: 0 holds released, 0 bookings expired" in run(command)


def test_what_is_not_overdue_stays(kamala: User, service: Service, clock: time_machine.Traveller) -> None:
    draft = draft_at_payment_step(kamala, service, days=9, at="10:00")
    request = booked(kamala, service, days=9, at="11:00")
    clock.shift(timedelta(hours=24, seconds=-1))

    run("expire_holds")

    assert [status_of(draft), status_of(request)] == ["draft", "pending"]


def test_holds_that_ran_out_are_deleted_and_their_drafts_stay(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("payment")
    clock.shift(timedelta(minutes=15))

    assert run("expire_holds") == "expire_holds: 1 holds released, 0 bookings expired\n"
    assert wizard.booking.status == "draft"
    assert wizard.confirm().status_code == 200


def test_a_request_expires_at_its_start_at_the_latest(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    request = booked(kamala, service, days=0, at="12:00")
    clock.shift(timedelta(hours=4))

    run("expire_holds")

    assert status_of(request) == "expired"


def test_a_bank_transfer_has_its_own_deadline(
    kamala: User, service: Service, clock: time_machine.Traveller, settings: Settings
) -> None:
    request = booked(kamala, service, days=9, method="bank_transfer")
    clock.shift(timedelta(hours=settings.BANK_TRANSFER_DEADLINE_HOURS, seconds=-1))
    run("expire_holds")
    assert status_of(request) == "pending"

    clock.shift(timedelta(seconds=1))
    run("expire_holds")

    assert status_of(request) == "expired"


def test_a_confirmed_booking_never_expires(
    kamala: User, service: Service, bishnu: User, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service, days=3)
    booking_confirm(booking_id=booking.pk, actor=bishnu)
    clock.shift(timedelta(days=30))

    run("expire_holds")

    assert status_of(booking) == "confirmed"


def test_the_history_says_that_the_system_did_it(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booked(kamala, service, days=9)
    clock.shift(timedelta(hours=24))

    run("expire_holds")

    event = BookingEvent.objects.latest("pk")
    assert (event.from_status, event.to_status, event.actor) == ("pending", "expired", None)
    assert event.reason == "not answered in time"


def test_one_that_fails_does_not_keep_the_others_waiting(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    broken, *others = [booked(kamala, service, days=9, at=f"{hour}:00") for hour in range(10, 13)]
    clock.shift(timedelta(hours=24))

    def refuse(booking: Booking, **told: Any) -> None:
        if booking.pk == broken.pk:
            raise RuntimeError("a receiver failed")

    booking_expired.connect(refuse)
    try:
        assert overdue_bookings_expire(now=timezone.now()) == len(others)
    finally:
        booking_expired.disconnect(refuse)

    assert status_of(broken) == "pending"
    assert {status_of(booking) for booking in others} == {"expired"}
