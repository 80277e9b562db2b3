"""Stars are earned by bookings that were paid, once their time is over; the job counts what comes due."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, Review
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.payments.tests.factories import answered, paid, payment_of
from apps.services.models import Service

pytestmark = pytest.mark.usefixtures("methods")


def begun(booking: Booking, clock: time_machine.Traveller) -> tuple[datetime, datetime]:
    """Let the work begin, and return when it begins and ends."""
    booking.refresh_from_db()
    assert booking.starts_at is not None
    assert booking.ends_at is not None
    if booking.status == "pending":
        actions.booking_confirm(booking_id=booking.pk, actor=booking.provider)
    clock.move_to(booking.starts_at)
    actions.booking_start(booking_id=booking.pk, actor=booking.provider)
    return booking.starts_at, booking.ends_at


def done(
    booking: Booking, clock: time_machine.Traveller, *, collected: str | None = None, early: bool = False
) -> Booking:
    starts_at, ends_at = begun(booking, clock)
    clock.move_to(starts_at + (ends_at - starts_at) / 2 if early else ends_at)
    return actions.booking_complete(
        booking_id=booking.pk,
        actor=booking.provider,
        amount_collected=None if collected is None else Decimal(collected),
        reason="" if collected is None else "a friend",
    )


def praise(client: APIClient, booking: Booking) -> None:
    assert client.post(f"/api/bookings/{booking.pk}/review/", {"rating": 5}).status_code == 201


def stars(service: Service) -> tuple[Any, int]:
    body = APIClient().get(f"/api/services/{service.pk}/").json()
    return body["rating"], body["review_count"]


@pytest.fixture
def cash(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    return booked(kamala, service)


@pytest.mark.parametrize(
    ("collected", "counts"),
    [(None, True), ("750.00", True), ("749.99", False), ("0.01", False), ("0", False)],
)
def test_half_of_what_was_due_has_to_be_paid(
    client_of: ClientOf,
    kamala: User,
    cash: Booking,
    service: Service,
    clock: time_machine.Traveller,
    collected: str | None,
    counts: bool,
) -> None:
    done(cash, clock, collected=collected)

    praise(client_of(kamala), cash)
    clock.shift(timedelta(days=1))
    actions.reviews_count(now=timezone.now())

    assert stars(service) == (("5.00", 1) if counts else (None, 0))


def test_written_before_the_end_it_counts_from_then_on(
    client_of: ClientOf,
    kamala: User,
    cash: Booking,
    service: Service,
    clock: time_machine.Traveller,
    capsys: pytest.CaptureFixture[str],
) -> None:
    done(cash, clock, early=True)
    praise(client_of(kamala), cash)
    call_command("run_jobs")
    assert stars(service) == (None, 0)
    assert cash.ends_at is not None

    clock.move_to(cash.ends_at)
    call_command("run_jobs")

    assert stars(service) == ("5.00", 1)
    assert "count_reviews: 1 reviews counted" in capsys.readouterr().out


def test_the_job_counts_each_once(
    client_of: ClientOf, kamala: User, cash: Booking, service: Service, clock: time_machine.Traveller
) -> None:
    done(cash, clock, early=True)
    praise(client_of(kamala), cash)
    clock.shift(timedelta(hours=1))

    assert [actions.reviews_count(now=timezone.now()) for _ in range(2)] == [1, 0]
    assert stars(service) == ("5.00", 1)


def test_of_an_unpaid_booking_it_counts_once_a_wallet_has_paid(
    client_of: ClientOf, kamala: User, cash: Booking, service: Service, clock: time_machine.Traveller
) -> None:
    done(cash, clock, collected="0")
    praise(client_of(kamala), cash)
    assert actions.reviews_count(now=timezone.now()) == 0
    Booking.objects.update(payment_method="khalti")
    payment = payment_of(Booking.objects.get())
    Booking.objects.update(payment_method="cash")
    answered(payment)

    assert actions.reviews_count(now=timezone.now()) == 1
    assert stars(service) == ("5.00", 1)


@pytest.mark.parametrize("was_paid", [True, False])
def test_a_no_shows_review_counts_where_it_was_paid(
    client_of: ClientOf,
    kamala: User,
    service: Service,
    clock: time_machine.Traveller,
    was_paid: bool,
) -> None:
    booking = draft_at_payment_step(kamala, service) if was_paid else booked(kamala, service)
    if was_paid:
        paid(booking)
    else:
        actions.booking_confirm(booking_id=booking.pk, actor=booking.provider)
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at + timedelta(minutes=15))
    actions.booking_mark_no_show(booking_id=booking.pk, actor=booking.provider)

    praise(client_of(kamala), booking)
    assert stars(service) == (None, 0)
    clock.shift(timedelta(days=1))
    actions.reviews_count(now=timezone.now())

    assert stars(service) == (("5.00", 1) if was_paid else (None, 0))


def test_what_does_not_count_is_shown_and_says_so(
    client_of: ClientOf, kamala: User, cash: Booking, service: Service, clock: time_machine.Traveller
) -> None:
    done(cash, clock, collected="0")
    praise(client_of(kamala), cash)

    public = APIClient().get(f"/api/services/{service.pk}/reviews/").json()
    own = client_of(kamala).get("/api/reviews/", {"mine": "true"}).json()

    assert [review["rating"] for review in public["results"]] == [5]
    assert [review["is_counted"] for review in own["results"]] == [False]
    assert not Review.objects.get().is_counted
