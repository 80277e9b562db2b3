"""What a booking says may be done with it works, and nothing else does: every state, role and clock."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import transaction

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.tests.factories import WEEKLY, booked, series_of
from apps.payments.tests.factories import paid
from apps.payments.tests.fixtures import Sandbox
from apps.services.models import Service

PEOPLE = {"customer": "kamala", "provider": "bishnu", "admin": "anita"}
REASONS = {"cancellation_reason": "Rain.", "rejection_reason": "Ill."}
STATUS = {
    "confirm": "confirmed",
    "reject": "rejected",
    "start": "in_progress",
    "complete": "completed",
    "no_show": "no_show",
}
IS_THERE = {"cancelled": "cancel"} | {status: name for name, status in STATUS.items()}
# A day and more before the start, shortly before and after it, when half is over, and when all of it is.
MINUTES = (-3000, -90, -30, 5, 40, 90, 5000)


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    return booked(kamala, service, days=4, at="12:00")


def tried(client: Any, booking: Booking, name: str) -> int:
    """Do it, and return the status code of the answer; undo it."""
    address = f"/api/bookings/{booking.pk}/"
    with transaction.atomic():
        if name in STATUS:
            answer = client.patch(f"{address}update-status/", {"status": STATUS[name], **REASONS})
        elif name == "pay":
            body = {"booking_id": booking.pk, "payment_method": "cash"}
            answer = client.post("/api/payments/initiate/", body)
        else:
            body = {"reason": "Rain.", "rating": 5, "booking_time": "14:00"}
            body["booking_date"] = str(booking.booking_date)
            answer = client.post(f"{address}{name}/", body)
        transaction.set_rollback(True)
    return int(answer.status_code)


# A draft is its customer's alone.
SEEN = [
    (status, role)
    for status, role in product(BookingStatus.values, PEOPLE)
    if status != "draft" or role == "customer"
]


@pytest.mark.parametrize(("status", "role"), SEEN)
def test_what_is_listed_works_and_nothing_else_does(
    booking: Booking,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    clock: time_machine.Traveller,
    status: str,
    role: str,
) -> None:
    assert booking.starts_at is not None
    client = client_of(request.getfixturevalue(PEOPLE[role]))
    marked_at = booking.starts_at + timedelta(minutes=15) if status == "no_show" else None
    step = "payment" if status == "draft" else "completed"
    Booking.objects.update(
        status=status,
        booking_step=step,
        no_show_at=marked_at,
        expires_at=booking.starts_at if status in ("draft", "pending") else None,
    )
    for minutes in MINUTES:
        clock.move_to(booking.starts_at + timedelta(minutes=minutes))
        listed = client.get(f"/api/bookings/{booking.pk}/").json()["allowed_actions"]
        for name in (*STATUS, "cancel", "reschedule", "review", "dispute"):
            if IS_THERE.get(status) == name:
                continue  # repeating a finished move is a quiet success
            code = tried(client, booking, name)
            is_late = name == "reschedule" and code == 409 and minutes > 0
            assert (code in (200, 201)) == (name in listed) or is_late, (minutes, name, code, listed)


def may_pay(client: Any, booking: Booking) -> bool:
    """Whether the booking says that it may be paid; the call agrees, whatever else the gateway says."""
    listed = "pay" in client.get(f"/api/bookings/{booking.pk}/").json()["allowed_actions"]
    answer = client.post("/api/payments/initiate/", {"booking_id": booking.pk})
    assert (answer.status_code == 201) == listed, answer.json()
    return listed


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [
        ("khalti", "draft", True),
        ("khalti", "expired", False),
        ("khalti", "cancelled", False),
        ("bank_transfer", "pending", True),
        ("bank_transfer", "cancelled", False),
        ("cash", "confirmed", True),
        ("cash", "completed", True),
        ("cash", "no_show", False),
    ],
)
def test_pay_is_listed_where_it_works(
    client_of: ClientOf,
    kamala: User,
    service: Service,
    sandbox: Sandbox,
    method: str,
    status: str,
    expected: bool,
) -> None:
    booking = booked(kamala, service, days=5, method=method)
    Booking.objects.update(status=status)
    assert may_pay(client_of(kamala), booking) == expected


def test_who_has_paid_is_not_asked_to_pay(client_of: ClientOf, kamala: User, service: Service) -> None:
    booking = booked(kamala, service, method="khalti")
    paid(booking)
    client = client_of(kamala)
    assert "pay" not in client.get(f"/api/bookings/{booking.pk}/").json()["allowed_actions"]
    assert client.post("/api/payments/initiate/", {"booking_id": booking.pk}).status_code == 409


def test_only_the_customer_is_asked_to_pay(
    client_of: ClientOf, bishnu: User, anita: User, booking: Booking
) -> None:
    for user in (bishnu, anita):
        shown = client_of(user).get(f"/api/bookings/{booking.pk}/").json()
        assert "pay" not in shown["allowed_actions"]


def test_later_bookings_of_a_series_are_paid_until_they_are_due(
    client_of: ClientOf, kamala: User, service: Service, sandbox: Sandbox, clock: time_machine.Traveller
) -> None:
    first = booked(kamala, service, method="khalti", recurrence=WEEKLY)
    paid(first)
    second = series_of(first)[1]
    client = client_of(kamala)
    assert may_pay(client, second)

    assert second.expires_at is not None
    clock.move_to(second.expires_at)

    assert not may_pay(client, second)
