"""Old drafts go for good; what was ever more than a draft stays, with its history."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, history_of_drafts_delete
from apps.bookings.models import Booking, BookingEvent, Occurrence
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import Wizard
from apps.payments.models import Payment, PaymentMethod
from apps.services.models import Service
from apps.slots.models import Reservation

KEPT = timedelta(days=30, seconds=1)


def expire_holds() -> str:
    printed = StringIO()
    call_command("expire_holds", stdout=printed)
    return printed.getvalue()


@pytest.fixture
def dropped(wizard: Wizard, clock: time_machine.Traveller) -> Wizard:
    """A draft that came to its payment and was thrown away."""
    wizard.walk_to("payment").drop()
    return wizard


def test_a_dropped_draft_goes_after_thirty_days_with_all_that_hangs_on_it(
    dropped: Wizard, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=30))
    assert "deleted" not in expire_holds()
    clock.shift(1)

    assert "1 old drafts deleted" in expire_holds()

    assert not Booking.objects.exists()
    assert not BookingEvent.objects.exists()
    assert not Reservation.objects.exists()
    assert dropped.client.get(f"/api/booking-wizard/{dropped.booking_id}/").status_code == 404


def test_one_that_nobody_finished_goes_thirty_days_after_it_expired(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("datetime_selection").recur()
    clock.shift(KEPT)
    assert expire_holds().endswith("1 bookings expired\n")
    clock.shift(KEPT)

    assert "1 old drafts deleted" in expire_holds()

    assert not Booking.objects.exists()
    assert not Occurrence.objects.exists()
    assert not Reservation.objects.exists()


def test_a_draft_that_is_alive_stays(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("details_input")
    Booking.objects.update(updated_at="2020-01-01T00:00:00Z")

    expire_holds()

    assert wizard.booking.status == "draft"


def test_a_request_that_nobody_answered_stays(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booked(kamala, service, days=9)
    clock.shift(timedelta(days=2))
    expire_holds()
    clock.shift(KEPT)

    assert "deleted" not in expire_holds()
    assert Booking.objects.get().status == "expired"
    assert BookingEvent.objects.count() == 3


def test_a_draft_that_somebody_began_to_pay_stays(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    draft = draft_at_payment_step(kamala, service)
    Payment.objects.create(
        booking=draft,
        method=PaymentMethod.objects.get(code="khalti"),
        amount=draft.total_amount,
        total_amount=draft.total_amount,
        status="failed",
    )
    clock.shift(timedelta(days=4))
    expire_holds()
    clock.shift(KEPT)

    assert "deleted" not in expire_holds()
    assert Booking.objects.get().status == "expired"


def test_more_than_a_batch_goes_at_once(
    wizard: Wizard, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.bookings.actions.purge.BATCH", 2)
    for _ in range(3):
        Wizard(wizard.client, wizard.service_id).walk_to("service_selection").drop()
    clock.shift(KEPT)

    assert "3 old drafts deleted" in expire_holds()


@pytest.mark.parametrize("ended", ["pending", "cancelled", "expired", "draft"])
def test_the_history_of_anything_else_goes_in_no_way(
    wizard: Wizard, kamala: User, service: Service, clock: time_machine.Traveller, ended: str
) -> None:
    if ended == "draft":
        wizard.walk_to("payment")
    else:
        booking = booked(kamala, service, days=9)
    if ended == "cancelled":
        booking_cancel(booking_id=booking.pk, actor=kamala, reason="rain")
    if ended == "expired":
        clock.shift(timedelta(days=2))
        expire_holds()
    booking = Booking.objects.get()
    assert booking.status == ended
    before = list(BookingEvent.objects.values())

    assert history_of_drafts_delete([booking.pk]) == 0

    if connection.vendor == "postgresql":
        with (
            pytest.raises(DatabaseError, match="never changed or deleted"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM bookings_bookingevent")
    assert list(BookingEvent.objects.values()) == before


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    ["UPDATE bookings_bookingevent SET reason = 'x'", "TRUNCATE bookings_bookingevent CASCADE"],
)
def test_the_history_of_an_expired_draft_is_not_changed(dropped: Wizard, statement: str) -> None:
    with connection.cursor() as cursor:
        # Else what the draft has still to prove is in the way.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            cursor.execute(statement)
