from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.audit import findings
from apps.payments.earnings.outstanding import outstanding
from apps.payments.models import Payment, PaymentMethod
from apps.payments.tests.fixtures import Sandbox, error_of, pidx_of
from apps.services.models import Service

Login = Callable[[User], APIClient]


@pytest.fixture
def cash_booking(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    return booked(kamala, service)


def complete(login: Login, booking: Booking, **body: Any) -> Booking:
    """Let the provider confirm now, and start and complete the work at its time."""
    address = f"/api/bookings/{booking.pk}/update-status/"
    login(booking.provider).patch(address, {"status": "confirmed"})
    assert booking.starts_at is not None
    with time_machine.travel(booking.starts_at, tick=False):
        provider = login(booking.provider)
        provider.patch(address, {"status": "in_progress"})
    assert booking.ends_at is not None
    with time_machine.travel(booking.ends_at, tick=False):
        login(booking.provider).patch(address, {"status": "completed", "reason": "a small flat", **body})
    booking.refresh_from_db()
    assert booking.status == "completed"
    return booking


def test_completing_the_work_settles_the_cash(login: Login, cash_booking: Booking, bishnu: User) -> None:
    booking = complete(login, cash_booking)
    payment = Payment.objects.get()
    assert (payment.status, payment.is_settlement, payment.method.code) == ("completed", True, "cash")
    assert (payment.total_amount, payment.amount_collected) == (Decimal("1500.00"), Decimal("1500.00"))
    assert payment.paid_at == booking.completed_at
    assert booking.payment_status == "completed"
    assert payment.events.last().actor == bishnu  # type: ignore[union-attr]


def test_the_customers_own_payment_is_the_one_that_is_settled(
    login: Login, initiate: Callable[..., Any], cash_booking: Booking
) -> None:
    initiate(cash_booking)
    complete(login, cash_booking)
    assert Payment.objects.get().status == "completed"


def test_another_amount_is_noted_beside_the_price(login: Login, cash_booking: Booking) -> None:
    complete(login, cash_booking, amount_collected="1400.00")
    payment = Payment.objects.get()
    assert (payment.total_amount, payment.amount_collected) == (Decimal("1500.00"), Decimal("1400.00"))


def test_nothing_collected_leaves_the_work_unpaid_and_the_wallets_open(
    login: Login, initiate: Callable[..., Any], cash_booking: Booking, sandbox: Sandbox
) -> None:
    answer = initiate(cash_booking, payment_method="khalti")
    booking = complete(login, cash_booking, amount_collected="0.00")
    assert not booking.payments.filter(is_settlement=True).exists()
    assert booking.payment_status == "pending"
    assert [booking.pk for booking in outstanding()] == [cash_booking.pk]
    assert list(findings()) == []

    sandbox.decides(pidx_of(answer))
    login(cash_booking.customer).post(f"/api/payments/{answer.json()['payment']['id']}/verify/")
    booking.refresh_from_db()
    assert (booking.payment_method, booking.payment_status) == ("khalti", "completed")
    assert not outstanding().exists()
    assert list(findings()) == []


def test_work_that_is_unpaid_can_be_paid_by_wallet_afterwards(
    login: Login, cash_booking: Booking, sandbox: Sandbox
) -> None:
    complete(login, cash_booking, amount_collected="0")
    assert cash_booking.starts_at is not None
    with time_machine.travel(cash_booking.starts_at + timedelta(hours=3)):
        body = {"booking_id": cash_booking.pk, "payment_method": "khalti"}
        customer = login(cash_booking.customer)
        answer = customer.post("/api/payments/initiate/", body)
        assert answer.status_code == 201
        sandbox.decides(pidx_of(answer))
        customer.post(f"/api/payments/{answer.json()['payment']['id']}/verify/")
    settled = Payment.objects.get(is_settlement=True)
    assert (settled.method.code, settled.status) == ("khalti", "completed")


def test_a_wallet_payment_at_the_door_is_not_collected_again(
    login: Login, initiate: Callable[..., Any], cash_booking: Booking, sandbox: Sandbox
) -> None:
    answer = initiate(cash_booking, payment_method="khalti")
    sandbox.decides(pidx_of(answer))
    login(cash_booking.customer).post(f"/api/payments/{answer.json()['payment']['id']}/verify/")
    complete(login, cash_booking)
    payment = Payment.objects.get()
    assert (payment.method.code, payment.status, payment.amount_collected) == ("khalti", "completed", None)


def test_a_wallet_payment_that_was_open_is_superseded_by_cash(
    login: Login, initiate: Callable[..., Any], cash_booking: Booking, sandbox: Sandbox
) -> None:
    initiate(cash_booking, payment_method="khalti")
    complete(login, cash_booking)
    assert list(Payment.objects.order_by("pk").values_list("method__code", "status")) == [
        ("khalti", "superseded"),
        ("cash", "completed"),
    ]


def test_work_that_was_paid_in_cash_is_paid(login: Login, cash_booking: Booking, sandbox: Sandbox) -> None:
    complete(login, cash_booking)
    body = {"booking_id": cash_booking.pk, "payment_method": "khalti"}
    answer = login(cash_booking.customer).post("/api/payments/initiate/", body)
    assert error_of(answer) == (409, "already_paid")
