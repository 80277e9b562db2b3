"""What cancelling would cost, beforehand; and that it costs just this."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db.models import Sum
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import MONDAY_AT_EIGHT
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.common.localtime import local_iso
from apps.payments.audit import findings
from apps.payments.models import Payment, Refund
from apps.payments.tests.factories import paid
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

ROLES = ["kamala", "bishnu", "anita"]
HOURS_BEFORE = [48, 24, 12, 0, -1]
ClientNamed = Callable[[str], APIClient]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_AT_EIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client_named(request: pytest.FixtureRequest) -> ClientNamed:
    def named(name: str) -> APIClient:
        client = APIClient()
        client.force_authenticate(request.getfixturevalue(name))
        return client

    return named


@pytest.fixture
def service(bishnu: User, clock: time_machine.Traveller) -> Service:
    """An hour for Rs 1500.01, so that half of it isn't even."""
    return BookableServiceFactory(provider=bishnu, price="1500.01")


@pytest.fixture
def paid_booking(kamala: User, service: Service) -> Booking:
    return paid(booked(kamala, service, days=4, method="khalti")).booking


def preview(client: APIClient, booking: Booking) -> dict[str, Any]:
    answer = client.get(f"/api/bookings/{booking.pk}/cancellation-preview/")
    assert answer.status_code == 200
    return dict(answer.json())


def go_to(traveller: time_machine.Traveller, booking: Booking, *, hours_before: int) -> None:
    assert booking.starts_at is not None
    traveller.move_to(booking.starts_at - timedelta(hours=hours_before))


def cash(customer: User, service: Service) -> Booking:
    return booked(customer, service, days=4)


def unpaid_transfer(customer: User, service: Service) -> Booking:
    return booked(customer, service, days=4, method="bank_transfer")


def paid_online(customer: User, service: Service) -> Booking:
    return paid(booked(customer, service, days=4, method="khalti")).booking


def paid_with_a_fee(customer: User, service: Service) -> Booking:
    booking = booked(customer, service, days=4, method="khalti")
    Booking.objects.filter(pk=booking.pk).update(fee="45.00", total_amount=booking.price + 45)
    booking.refresh_from_db()
    return paid(booking).booking


def a_seat_in_a_group(customer: User, service: Service) -> Booking:
    Service.objects.filter(pk=service.pk).update(max_bookings=3, late_cancellation_fee_percent=33)
    return paid_online(customer, Service.objects.get(pk=service.pk))


def moved_by_the_provider(customer: User, service: Service) -> Booking:
    booking = paid_online(customer, service)
    Booking.objects.filter(pk=booking.pk).update(moved_by_provider_at=booking.created_at)
    return booking


def begun(customer: User, service: Service) -> Booking:
    booking = paid_online(customer, service)
    Booking.objects.filter(pk=booking.pk).update(status="in_progress")
    return booking


CASES = [cash, unpaid_transfer, paid_online, paid_with_a_fee, a_seat_in_a_group, moved_by_the_provider, begun]


@pytest.mark.parametrize(("make", "role"), list(product(CASES, ROLES)))
def test_cancelling_does_what_the_preview_says(
    make: Callable[[User, Service], Booking],
    role: str,
    kamala: User,
    service: Service,
    client_named: ClientNamed,
    clock: time_machine.Traveller,
    anita: User,
) -> None:
    for hours in HOURS_BEFORE:
        # Each some days after the one before.
        booking = make(kamala, service)
        go_to(clock, booking, hours_before=hours)
        told = preview(client_named(role), booking)

        answer = client_named(role).post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "ill"})

        refunds = Refund.objects.filter(payment__booking=booking)
        went_back = refunds.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
        was_paid = Payment.objects.filter(booking=booking, is_settlement=True).first()
        assert told["cancellable"] == (answer.status_code == 200), answer.json()
        assert told["refund"] == f"{went_back:.2f}"
        if told["cancellable"]:
            total = was_paid.total_amount if was_paid else Decimal(0)
            assert told["fee"] == f"{total - went_back:.2f}"
        else:
            assert told == {"cancellable": False, "refund": "0.00", "fee": "0.00", "free_until": None}
    if make is not begun:
        assert [str(finding) for finding in findings()] == []


def test_a_late_customer_gets_half_back_and_the_half_paisa_is_kept(
    client_named: ClientNamed,
    paid_booking: Booking,
    clock: time_machine.Traveller,
) -> None:
    assert paid_booking.starts_at is not None
    free_until = local_iso(paid_booking.starts_at - timedelta(hours=24))
    everything = {"cancellable": True, "refund": "1500.01", "fee": "0.00", "free_until": free_until}

    assert preview(client_named("kamala"), paid_booking) == everything
    go_to(clock, paid_booking, hours_before=24)
    assert preview(client_named("kamala"), paid_booking) == everything
    clock.shift(timedelta(seconds=1))
    assert preview(client_named("kamala"), paid_booking) == {
        **everything,
        "refund": "750.00",
        "fee": "750.01",
    }


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_those_who_let_the_customer_down_give_all_back(
    client_named: ClientNamed,
    paid_booking: Booking,
    clock: time_machine.Traveller,
    name: str,
    anita: User,
) -> None:
    go_to(clock, paid_booking, hours_before=1)

    assert preview(client_named(name), paid_booking) == {
        "cancellable": True,
        "refund": "1500.01",
        "fee": "0.00",
        "free_until": None,
    }


def test_an_unpaid_booking_costs_nothing(
    client_named: ClientNamed,
    kamala: User,
    service: Service,
    clock: time_machine.Traveller,
) -> None:
    booking = booked(kamala, service, days=4)
    go_to(clock, booking, hours_before=1)

    told = preview(client_named("kamala"), booking)
    assert (told["cancellable"], told["refund"], told["fee"]) == (True, "0.00", "0.00")


def test_what_went_back_before_is_not_promised_again(
    client_named: ClientNamed, paid_booking: Booking, anita: User
) -> None:
    payment = Payment.objects.get()
    client_named("anita").post(
        f"/api/payments/{payment.pk}/refund/", {"amount": "1000.00", "reason": "a gift"}
    )

    assert preview(client_named("kamala"), paid_booking)["refund"] == "500.01"


@pytest.mark.parametrize(
    ("gift", "refund", "fee"), [("500.00", "250.00", "750.01"), ("1000.00", "0.00", "500.01")]
)
def test_the_late_fee_is_of_all_that_was_paid_whatever_went_back_before(
    clock: time_machine.Traveller,
    client_named: ClientNamed,
    paid_booking: Booking,
    gift: str,
    refund: str,
    fee: str,
) -> None:
    Service.objects.update(late_cancellation_fee_percent=50)
    given = Refund.objects.create(payment=Payment.objects.get(), amount=gift, reason="a gift")
    Payment.objects.update(status="refund_pending")
    go_to(clock, paid_booking, hours_before=2)
    kamala = client_named("kamala")
    told = preview(kamala, paid_booking)
    assert (told["refund"], told["fee"]) == (refund, fee)

    body = {"status": "cancelled", "cancellation_reason": "ill"}
    assert kamala.patch(f"/api/bookings/{paid_booking.pk}/update-status/", body).status_code == 200
    more = [row.amount for row in Refund.objects.exclude(pk=given.pk)]
    assert more == [Decimal(refund)] * (refund != "0.00")


def test_after_the_providers_move_it_is_free_until_the_start(
    client_named: ClientNamed,
    paid_booking: Booking,
    clock: time_machine.Traveller,
) -> None:
    body = {"booking_date": "2026-12-08", "booking_time": "12:00"}
    url = f"/api/bookings/{paid_booking.pk}/reschedule/"
    moved = client_named("bishnu").post(url, body).json()

    told = preview(client_named("kamala"), paid_booking)
    assert told["free_until"] == moved["starts_at"]
    paid_booking.refresh_from_db()
    go_to(clock, paid_booking, hours_before=1)
    assert preview(client_named("kamala"), paid_booking)["fee"] == "0.00"
    client_named("kamala").post(f"/api/bookings/{paid_booking.pk}/cancel/", {"reason": "ill"})
    assert Refund.objects.get().amount == Decimal("1500.01")
    assert [str(finding) for finding in findings()] == []


def test_a_draft_is_dropped_not_cancelled(client_named: ClientNamed, kamala: User, service: Service) -> None:
    draft = booked(kamala, service, method="khalti")

    assert preview(client_named("kamala"), draft)["cancellable"] is False


def test_strangers_find_no_booking(
    client_named: ClientNamed, paid_booking: Booking, suresh: User, gita: User
) -> None:
    for name in ("suresh", "gita"):
        answer = client_named(name).get(f"/api/bookings/{paid_booking.pk}/cancellation-preview/")
        assert answer.status_code == 404


def test_without_a_login_nothing_is_told(api: APIClient, paid_booking: Booking) -> None:
    assert api.get(f"/api/bookings/{paid_booking.pk}/cancellation-preview/").status_code == 401
