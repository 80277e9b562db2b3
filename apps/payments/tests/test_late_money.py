"""Late money gets its booking where that is still to be had, else it goes back."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_reject, overdue_bookings_expire
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.wizard.actions import wizard_drop
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.tests.fixtures import Sandbox, pidx_of
from apps.services.models import Service

Initiate = Callable[..., Any]
Login = Callable[[User], APIClient]


@pytest.fixture
def paid(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> Payment:
    """A payment that is paid at Khalti, which we don't know yet."""
    sandbox.decides(pidx_of(initiate(draft)))
    return Payment.objects.get()


def look(login: Login, payment: Payment) -> tuple[str, str, str]:
    """Ask Khalti; return the statuses of payment and booking, and what the booking says of its payment."""
    customer = login(payment.booking.customer)
    answer = customer.post(f"/api/payments/{payment.pk}/verify/")
    assert answer.status_code == 200
    booking = Booking.objects.get(pk=payment.booking_id)
    return answer.json()["payment"]["status"], booking.status, booking.payment_status


def goes_back(payment: Payment) -> bool:
    """Return whether all of a payment is to be refunded, and nothing else is."""
    return list(Refund.objects.values_list("payment", "amount", "status")) == [
        (payment.pk, payment.total_amount, "pending")
    ]


def test_a_free_time_is_taken_again(login: Login, paid: Payment) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        assert look(login, paid) == ("completed", "confirmed", "completed")
    booking = Booking.objects.get()
    assert booking.reservation is not None
    assert booking.reservation.expires_at is None


def test_a_time_that_is_gone_sends_the_money_back(
    login: Login, paid: Payment, suresh: User, service: Service
) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=40)):
        booked(suresh, service)
        assert look(login, paid) == ("refund_pending", "draft", "refund_pending")
    assert goes_back(paid)


def test_a_time_that_is_past_sends_the_money_back(login: Login, paid: Payment) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert look(login, paid)[0] == "refund_pending"
    assert goes_back(paid)


def test_an_expired_draft_is_confirmed(login: Login, paid: Payment, service: Service) -> None:
    Booking.objects.update(expires_at=timezone.now())
    overdue_bookings_expire(now=timezone.now())
    assert Booking.objects.get().status == "expired"
    assert look(login, paid) == ("completed", "confirmed", "completed")


def test_a_draft_that_was_dropped_sends_the_money_back(login: Login, paid: Payment, kamala: User) -> None:
    wizard_drop(customer=kamala, booking_id=paid.booking_id)
    paid.refresh_from_db()
    assert paid.status == "superseded"
    customer = login(kamala)
    answer = customer.post(f"/api/payments/{paid.pk}/verify/")
    assert answer.json()["payment"]["status"] == "refund_pending"
    assert goes_back(paid)


@pytest.mark.parametrize("status", ["superseded", "failed", "expired"])
def test_a_closed_payment_still_confirms_a_draft_that_owes_as_much(
    login: Login, paid: Payment, status: str
) -> None:
    Payment.objects.update(status=status)
    assert look(login, paid) == ("completed", "confirmed", "completed")


def test_another_price_sends_the_money_back(
    login: Login, initiate: Initiate, paid: Payment, draft: Booking
) -> None:
    PaymentMethod.objects.filter(code="esewa").update(processing_fee_percentage=Decimal("1.00"))
    assert initiate(draft, payment_method="esewa").status_code == 201
    assert look(login, paid)[0] == "refund_pending"
    draft.refresh_from_db()
    assert (draft.status, draft.payment_method) == ("draft", "esewa")
    assert goes_back(paid)


def test_the_same_price_by_another_method_confirms(
    login: Login, initiate: Initiate, paid: Payment, draft: Booking
) -> None:
    initiate(draft, payment_method="esewa")
    assert look(login, paid) == ("completed", "confirmed", "completed")
    draft.refresh_from_db()
    assert draft.payment_method == "khalti"
    assert list(Payment.objects.order_by("pk").values_list("status", flat=True)) == [
        "completed",
        "superseded",
    ]


def test_a_booking_that_went_on_with_cash_sends_the_money_back(
    login: Login, customer: APIClient, initiate: Initiate, paid: Payment, draft: Booking
) -> None:
    initiate(draft, payment_method="cash")
    step = {"booking_step": "confirmation", "booking_id": draft.pk}
    assert customer.post("/api/booking-wizard/create-step/", step).status_code == 200
    assert look(login, paid)[0] == "refund_pending"
    draft.refresh_from_db()
    assert (draft.status, draft.payment_method, draft.payment_status) == ("pending", "cash", "pending")
    assert goes_back(paid)


def test_a_cancelled_cash_booking_sends_the_money_back(
    login: Login,
    initiate: Initiate,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
) -> None:
    booking = booked(kamala, service)
    sandbox.decides(pidx_of(initiate(booking, payment_method="khalti")))
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")
    payment = Payment.objects.get()
    assert payment.status == "superseded"
    assert look(login, payment) == ("refund_pending", "cancelled", "refund_pending")
    assert goes_back(payment)


def test_an_expired_cash_booking_paid_at_the_door_is_confirmed(
    login: Login,
    initiate: Initiate,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
) -> None:
    booking = booked(kamala, service)
    initiate(booking)
    sandbox.decides(pidx_of(initiate(booking, payment_method="khalti")))
    overdue_bookings_expire(now=timezone.now() + timedelta(hours=25))
    payments = list(booking.payments.order_by("pk"))
    assert [payment.status for payment in payments] == ["expired", "processing"]
    assert look(login, payments[1]) == ("completed", "confirmed", "completed")


# A paid booking that won't take place


@pytest.fixture
def settled(login: Login, paid: Payment) -> Payment:
    """A paid and confirmed booking's payment."""
    look(login, paid)
    paid.refresh_from_db()
    return paid


def ended(payment: Payment) -> tuple[str, str, list[Decimal]]:
    """Return the statuses of payment and booking, and the refunds that are due."""
    payment.refresh_from_db()
    booking = Booking.objects.get(pk=payment.booking_id)
    assert booking.payment_status == payment.status
    return payment.status, booking.status, list(payment.refunds.values_list("amount", flat=True))


def test_a_customer_who_cancels_in_time_gets_everything(settled: Payment, kamala: User) -> None:
    booking_cancel(booking_id=settled.booking_id, actor=kamala, reason="ill")
    assert ended(settled) == ("refund_pending", "cancelled", [Decimal("1500.00")])


@pytest.mark.parametrize(
    ("percent", "status", "refunds"),
    [
        (50, "refund_pending", [Decimal("750.00")]),
        (33, "refund_pending", [Decimal("1005.00")]),
        (0, "refund_pending", [Decimal("1500.00")]),
        (100, "completed", []),
    ],
)
def test_a_customer_who_cancels_late_pays_the_fee(
    settled: Payment,
    kamala: User,
    service: Service,
    percent: int,
    status: str,
    refunds: list[Decimal],
) -> None:
    service.late_cancellation_fee_percent = percent
    service.save()
    starts_at = settled.booking.starts_at
    assert starts_at is not None
    with time_machine.travel(starts_at - timedelta(hours=23)):
        booking_cancel(booking_id=settled.booking_id, actor=kamala, reason="ill")
    assert ended(settled) == (status, "cancelled", refunds)


@pytest.mark.parametrize("who", ["bishnu", "anita"])
def test_a_late_cancellation_by_others_is_refunded_in_full(
    settled: Payment, request: pytest.FixtureRequest, who: str
) -> None:
    starts_at = settled.booking.starts_at
    assert starts_at is not None
    with time_machine.travel(starts_at - timedelta(hours=1)):
        booking_cancel(booking_id=settled.booking_id, actor=request.getfixturevalue(who), reason="ill")
    assert ended(settled) == ("refund_pending", "cancelled", [Decimal("1500.00")])


def test_a_rejection_is_refunded_in_full(settled: Payment, bishnu: User) -> None:
    booking_reject(booking_id=settled.booking_id, actor=bishnu, reason="no time")
    assert ended(settled) == ("refund_pending", "rejected", [Decimal("1500.00")])
