"""Late money for a booking whose service has become longer: what was agreed is what was paid."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import overdue_bookings_expire
from apps.bookings.conftest import MONDAY_AT_EIGHT
from apps.bookings.models import Booking
from apps.bookings.tests.factories import WEEKLY, booked, series_of
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod
from apps.payments.tests.factories import answered, payment_of
from apps.services.models import Service
from apps.slots.models import Reservation

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(service: Service, methods: dict[str, PaymentMethod]) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_AT_EIGHT, tick=False) as traveller:
        yield traveller


def becomes_longer() -> None:
    Service.objects.update(duration_minutes=120, price="4000.00", buffer_after_minutes=30)


def lengths() -> set[timedelta]:
    """Return how long bookings and their claims take, which must agree."""
    claims = {claim.slot_ends_at - claim.slot_starts_at for claim in Reservation.objects.all()}
    occurrences = {
        one.ends_at - one.starts_at for one in Booking.objects.all() if one.ends_at and one.starts_at
    }
    assert claims == occurrences
    return claims


def test_a_request_that_expired_comes_back_as_long_as_it_was(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service, days=5, method="bank_transfer")
    transfer = payment_of(booking, status="pending")
    clock.shift(timedelta(hours=48))
    overdue_bookings_expire(now=timezone.now())
    becomes_longer()

    answered(Payment.objects.get(pk=transfer.pk))

    booking.refresh_from_db()
    assert (booking.status, booking.estimated_duration) == ("confirmed", 60)
    assert booking.total_amount == Decimal("1500.00")
    assert lengths() == {HOUR}
    assert not list(findings())


def test_a_draft_whose_hold_ran_out_is_as_long_as_it_was_shown_and_paid(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    link = payment_of(booked(kamala, service, days=5, method="khalti"))
    clock.shift(timedelta(minutes=40))
    becomes_longer()

    answered(link)

    assert Booking.objects.get().status == "confirmed"
    assert lengths() == {HOUR}
    claim = Reservation.objects.get()
    assert claim.ends_at == claim.slot_ends_at


def test_so_are_the_later_bookings_of_a_series(
    kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    first = booked(kamala, service, days=5, method="khalti", recurrence=WEEKLY)
    link = payment_of(first)
    clock.shift(timedelta(minutes=40))
    becomes_longer()

    answered(link)

    assert len(series_of(first)) == 4
    assert lengths() == {HOUR}
