"""Money and a booking that moves: the amount is the same, and so is what it pays for."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import overdue_bookings_expire
from apps.bookings.conftest import MONDAY_AT_EIGHT
from apps.bookings.models import Booking
from apps.bookings.selectors import unpaid_requests_of
from apps.bookings.tests.factories import booked, in_days
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.refunds.request import payment_refund
from apps.payments.tests.factories import answered, paid, payment_of
from apps.services.models import Service


@pytest.fixture(autouse=True)
def clock(service: Service, methods: dict[str, PaymentMethod]) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_AT_EIGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def kamalas(kamala: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(kamala)
    return client


@pytest.fixture
def bishnus(bishnu: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(bishnu)
    return client


@pytest.fixture
def waiting(kamalas: APIClient, kamala: User, service: Service) -> Payment:
    """Paid and confirmed, then moved by Kamala: Bishnu has to accept it again."""
    Service.objects.update(reconfirm_after_reschedule=True)
    payment = paid(booked(kamala, service, days=4, method="khalti"))
    moved = move(kamalas, payment.booking).json()
    assert (moved["status"], moved["payment_status"]) == ("pending", "completed")
    return payment


def move(client: APIClient, booking: Booking, *, days: int = 5, at: str = "12:00") -> Any:
    body = {"booking_date": in_days(days).isoformat(), "booking_time": at}
    answer = client.post(f"/api/bookings/{booking.pk}/reschedule/", body)
    assert answer.status_code == 200, answer.json()
    return answer


def update(client: APIClient, booking: Booking, **body: str) -> Any:
    return client.patch(f"/api/bookings/{booking.pk}/update-status/", body)


def all_is_in_order() -> bool:
    return [str(finding) for finding in findings()] == []


def test_what_was_paid_stays_paid_while_the_provider_is_asked_again(
    waiting: Payment, bishnus: APIClient
) -> None:
    assert all_is_in_order()
    assert update(bishnus, waiting.booking, status="confirmed").json()["status"] == "confirmed"
    assert all_is_in_order()


def test_a_paid_transfer_too_is_accepted_again(
    kamalas: APIClient, bishnus: APIClient, kamala: User, service: Service
) -> None:
    Service.objects.update(reconfirm_after_reschedule=True)
    booking = booked(kamala, service, days=6, method="bank_transfer")
    paid(booking)
    move(kamalas, booking)

    # It waits for the provider, not for money.
    assert Booking.objects.get().expires_at == timezone.now() + timedelta(hours=24)
    assert update(bishnus, booking, status="confirmed").status_code == 200
    assert all_is_in_order()


def test_what_the_provider_does_not_accept_goes_back_in_full(waiting: Payment, bishnus: APIClient) -> None:
    update(bishnus, waiting.booking, status="rejected", rejection_reason="no time")

    assert Refund.objects.get().amount == waiting.total_amount
    assert all_is_in_order()


def test_what_the_provider_does_not_answer_goes_back_in_full(
    waiting: Payment, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=24))
    assert overdue_bookings_expire(now=timezone.now()) == 1

    assert Booking.objects.get().status == "expired"
    assert Refund.objects.get().amount == waiting.total_amount
    assert all_is_in_order()


def test_money_that_comes_a_second_time_goes_back(waiting: Payment) -> None:
    second = payment_of(waiting.booking)

    assert answered(second).status == "refund_pending"
    assert Booking.objects.get().status == "pending"
    assert all_is_in_order()


@pytest.mark.parametrize("name", ["kamalas", "bishnus"])
def test_a_transfer_under_way_pays_the_booking_at_its_other_time(
    request: pytest.FixtureRequest, name: str, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service, days=4, method="bank_transfer")
    transfer = payment_of(booking, status="pending")

    move(request.getfixturevalue(name), booking)
    answered(transfer)

    assert Payment.objects.get().status == "completed"
    assert Booking.objects.get().status == "confirmed"
    assert all_is_in_order()


def test_a_wallet_opened_at_the_door_pays_the_booking_at_its_other_time(
    kamalas: APIClient, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service, days=4)
    Booking.objects.filter(pk=booking.pk).update(payment_method="khalti")
    booking.refresh_from_db()
    link = payment_of(booking)
    Booking.objects.filter(pk=booking.pk).update(payment_method="cash")

    move(kamalas, booking)
    answered(link)

    booking.refresh_from_db()
    assert (booking.status, booking.payment_method, booking.total_amount) == (
        "confirmed",
        "khalti",
        Decimal("1500.00"),
    )
    assert all_is_in_order()


def test_late_money_finds_the_booking_where_it_was_moved_to(
    kamalas: APIClient, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service, days=8, method="bank_transfer")
    transfer = payment_of(booking, status="pending")
    move(kamalas, booking, days=9)
    clock.shift(timedelta(hours=48))
    overdue_bookings_expire(now=timezone.now())

    answered(Payment.objects.get(pk=transfer.pk))

    booking.refresh_from_db()
    assert (booking.status, booking.booking_date) == ("confirmed", in_days(7))
    assert booking.reservation is not None
    assert booking.reservation.slot_starts_at == booking.starts_at
    assert all_is_in_order()


@pytest.fixture
def given_back(kamalas: APIClient, kamala: User, service: Service, anita: User) -> Callable[[str], Booking]:
    """Refund Kamala's paid transfer in part or in full, then move it: Bishnu has to accept it again."""

    def moved(amount: str) -> Booking:
        Service.objects.update(reconfirm_after_reschedule=True)
        payment = paid(booked(kamala, service, days=6, method="bank_transfer"))
        payment_refund(payment=payment, actor=anita, amount=Decimal(amount), reason="a discount")
        move(kamalas, payment.booking)
        booking = Booking.objects.get()
        assert (booking.status, booking.payment_status) == ("pending", "refund_pending")
        return booking

    return moved


def test_what_is_partly_given_back_still_is_paid(
    given_back: Callable[[str], Booking], bishnus: APIClient, kamala: User
) -> None:
    booking = given_back("100.00")

    assert booking.expires_at == timezone.now() + timedelta(hours=24)
    assert unpaid_requests_of(kamala) == 0
    assert update(bishnus, booking, status="confirmed").json()["status"] == "confirmed"
    assert all_is_in_order()


def test_what_is_partly_given_back_and_not_answered_goes_back_in_full(
    given_back: Callable[[str], Booking], clock: time_machine.Traveller
) -> None:
    booking = given_back("100.00")
    clock.shift(timedelta(hours=24))

    overdue_bookings_expire(now=timezone.now())

    booking.refresh_from_db()
    assert booking.status == "expired"
    assert sum(refund.amount for refund in Refund.objects.all()) == booking.total_amount
    assert all_is_in_order()


def test_what_goes_back_in_full_is_not_paid_and_does_not_wait_for_ever(
    given_back: Callable[[str], Booking], bishnus: APIClient, kamala: User
) -> None:
    booking = given_back("1500.00")

    assert booking.expires_at == timezone.now() + timedelta(hours=48)
    assert unpaid_requests_of(kamala) == 1
    refused = update(bishnus, booking, status="confirmed")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "payment_required")


def test_money_that_never_counted_pays_nothing(kamala: User, service: Service, bishnus: APIClient) -> None:
    """As late money of another amount that goes back leaves a request."""
    booking = booked(kamala, service, days=6, method="bank_transfer")
    payment_of(booking, status="refund_pending")

    assert Booking.objects.get().payment_status == "refund_pending"
    assert unpaid_requests_of(kamala) == 1
    assert update(bishnus, booking, status="confirmed").status_code == 409
