"""Reading payments, and asking the gateway again."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, PaymentMethod
from apps.payments.tests.fixtures import Sandbox, error_of, pidx_of
from apps.services.models import Service

Initiate = Callable[..., Any]
Login = Callable[[User], APIClient]
FIELDS = {
    "id",
    "booking",
    "payment_method",
    "amount",
    "processing_fee",
    "total_amount",
    "currency",
    "status",
    "transaction_id",
    "gateway_transaction_id",
    "paid_at",
    "paid_on_bs",
    "failure_reason",
    "created_at",
}


@pytest.fixture
def cash_payment(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> Payment:
    """Kamala's cash payment of a booking that waits for its provider."""
    initiate(booked(kamala, service))
    return Payment.objects.get()


def test_a_payment_shows_its_fields_and_no_secret(customer: APIClient, cash_payment: Payment) -> None:
    body = customer.get(f"/api/payments/{cash_payment.pk}/").json()
    assert set(body) == FIELDS
    assert (body["booking"], body["payment_method"]) == (cash_payment.booking_id, "cash")


def test_the_day_it_was_paid_is_told_in_nepals_calendar_too(
    customer: APIClient, cash_payment: Payment
) -> None:
    address = f"/api/payments/{cash_payment.pk}/"
    assert customer.get(address).json()["paid_on_bs"] is None

    # 18:15 UTC is midnight in Kathmandu.
    Payment.objects.update(paid_at=datetime(2026, 11, 28, 18, 15, tzinfo=UTC))

    assert customer.get(address).json()["paid_on_bs"] == "2083-08-13"


def test_customer_provider_and_admin_see_it(
    login: Login, kamala: User, bishnu: User, anita: User, cash_payment: Payment
) -> None:
    for user in (kamala, bishnu, anita):
        assert login(user).get("/api/payments/").json()["count"] == 1
        assert login(user).get(f"/api/payments/{cash_payment.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["", "verify/"])
def test_strangers_do_not(login: Login, suresh: User, gita: User, cash_payment: Payment, path: str) -> None:
    for user in (suresh, gita):
        client = login(user)
        assert client.get("/api/payments/").json()["count"] == 0
        call = client.post if path else client.get
        assert call(f"/api/payments/{cash_payment.pk}/{path}").status_code == 404


def test_a_provider_sees_no_payment_of_a_draft(
    login: Login, bishnu: User, initiate: Initiate, draft: Booking
) -> None:
    initiate(draft, payment_method="cash")
    assert login(bishnu).get("/api/payments/").json()["count"] == 0


def test_they_need_a_login(api: APIClient, cash_payment: Payment) -> None:
    assert api.get("/api/payments/").status_code == 401
    assert api.get(f"/api/payments/{cash_payment.pk}/").status_code == 401
    assert api.post(f"/api/payments/{cash_payment.pk}/verify/").status_code == 401


@pytest.mark.parametrize("payment_id", ["0", "999999", "9" * 30])
def test_an_unknown_payment_is_not_found(customer: APIClient, payment_id: str) -> None:
    assert customer.get(f"/api/payments/{payment_id}/").status_code == 404


def test_the_list_takes_the_same_queries_however_long(
    customer: APIClient,
    initiate: Initiate,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for hour in range(10, 16):
        initiate(booked(kamala, service, at=f"{hour}:00"))
    with django_assert_num_queries(3):
        assert len(customer.get("/api/payments/").json()["results"]) == 6


def test_the_newest_comes_first(
    customer: APIClient,
    initiate: Initiate,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
) -> None:
    bookings = [booked(kamala, service, at=at) for at in ("10:00", "11:00")]
    for booking in bookings:
        initiate(booking)
    shown = [payment["booking"] for payment in customer.get("/api/payments/").json()["results"]]
    assert shown == [booking.pk for booking in reversed(bookings)]


def test_verify_settles_what_was_paid_without_coming_back(
    customer: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    answer = initiate(draft)
    sandbox.decides(pidx_of(answer))
    body = customer.post(f"/api/payments/{answer.json()['payment']['id']}/verify/").json()
    assert (body["payment"]["status"], body["booking"]["status"]) == ("completed", "confirmed")


def test_verify_tells_that_it_is_not_paid(
    customer: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    payment_id = initiate(draft).json()["payment"]["id"]
    answer = customer.post(f"/api/payments/{payment_id}/verify/")
    assert (answer.status_code, answer.json()["payment"]["status"]) == (200, "processing")


def test_verify_finds_the_money_of_a_payment_that_failed(
    customer: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    first = initiate(draft)
    address = f"/api/payments/{first.json()['payment']['id']}/verify/"
    sandbox.says(pidx_of(first), "Failed")
    assert customer.post(address).json()["payment"]["status"] == "failed"
    sandbox.says(pidx_of(first), "Initiated")
    assert customer.post(address).json()["payment"]["status"] == "failed"
    sandbox.says(pidx_of(first), "Completed")
    assert customer.post(address).json()["payment"]["status"] == "completed"


def test_verify_of_what_is_settled_asks_nobody(
    customer: APIClient, initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    answer = initiate(draft)
    address = f"/api/payments/{answer.json()['payment']['id']}/verify/"
    sandbox.decides(pidx_of(answer))
    first = customer.post(address).json()
    sandbox.fault("lookup", "error_500")
    assert customer.post(address).json() == first


def test_verify_of_cash_has_nobody_to_ask(customer: APIClient, cash_payment: Payment) -> None:
    body = customer.post(f"/api/payments/{cash_payment.pk}/verify/").json()
    assert body["payment"]["status"] == "pending"


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("error_502", (503, "gateway_unavailable")),
        ("wrong_amount", (409, "gateway_mismatch")),
        ("wrong_id", (409, "gateway_mismatch")),
    ],
)
def test_verify_tells_what_went_wrong(
    customer: APIClient,
    initiate: Initiate,
    draft: Booking,
    sandbox: Sandbox,
    fault: str,
    error: tuple[int, str],
) -> None:
    payment_id = initiate(draft).json()["payment"]["id"]
    sandbox.fault("lookup", fault)
    assert error_of(customer.post(f"/api/payments/{payment_id}/verify/")) == error
