"""What looks like one's own accounts, bought stars or saved commission is listed on the start page."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.models import Booking, Review
from apps.bookings.tests.factories import booked
from apps.desk.odd import Odd, odd_patterns
from apps.payments.models import Payment
from apps.payments.tests.factories import payment_of
from apps.services.models import Service


def found(since: datetime | None = None) -> list[Odd]:
    return odd_patterns(since or timezone.now() - timedelta(days=30))


def kinds() -> list[str]:
    return [odd.kind for odd in found()]


@pytest.fixture
def honest(booking: Booking, bishnu: User, kamala: User) -> Booking:
    """Kamala's booking with Bishnu: phones, mailboxes and addresses differ."""
    User.objects.filter(pk=bishnu.pk).update(phone="+9779800000001", email="bishnu@example.com")
    User.objects.filter(pk=kamala.pk).update(phone="+9779800000002", email="kamala@example.com")
    return booking


def done(booking: Booking, collected: str) -> None:
    now = timezone.now()
    Payment.objects.filter(pk=payment_of(booking, status="pending").pk).update(amount_collected=collected)
    Booking.objects.filter(pk=booking.pk).update(
        status="completed", completed_at=now, ends_at=now, starts_at=now - timedelta(hours=1)
    )


def praised(customer: User, service: Service, at: str, *, rating: int = 5) -> None:
    booking = booked(customer, service, at=at)
    Review.objects.create(booking=booking, service=service, customer=customer, rating=rating)


def test_an_ordinary_booking_is_not_odd(honest: Booking) -> None:
    done(honest, "1500.00")
    assert found() == []


def test_a_customer_with_the_providers_phone_is_named(honest: Booking, bishnu: User, kamala: User) -> None:
    User.objects.filter(pk=kamala.pk).update(phone="+9779800000001")

    (odd,) = found()

    assert (odd.kind, odd.booking) == ("Own account", honest)
    assert odd.detail == "Kamala Shrestha and Bishnu Tamang: +9779800000001"


def test_a_booking_with_the_providers_phone_is_named(honest: Booking) -> None:
    Booking.objects.update(phone="+9779800000001")
    assert kinds() == ["Own account"]


def test_two_people_without_a_phone_are_not_one(honest: Booking) -> None:
    User.objects.update(phone="")
    Booking.objects.update(phone="")
    assert kinds() == []


@pytest.mark.parametrize(
    ("email", "is_odd"),
    [
        ("bishnu+5@example.com", True),
        ("bi.shnu@example.com", True),
        ("bishnu@example.org", False),
        ("bishnus@example.com", False),
    ],
)
def test_a_customer_with_the_providers_mailbox_is_named(
    honest: Booking, kamala: User, email: str, is_odd: bool
) -> None:
    User.objects.filter(pk=kamala.pk).update(email=email)
    assert [odd.detail.endswith(email) for odd in found()] == [True] * is_odd


@pytest.mark.parametrize(("customers", "expected"), [(2, []), (3, ["Many customers at one address"])])
def test_many_customers_at_one_address_are_named(
    honest: Booking, service: Service, customers: int, expected: list[str]
) -> None:
    for number in range(1, customers):
        booked(UserFactory(phone=""), service, at=f"{11 + number}:00")
    assert kinds() == expected


def test_one_customer_who_comes_back_is_not_odd(honest: Booking, kamala: User, service: Service) -> None:
    for hour in (12, 13, 14):
        booked(kamala, service, at=f"{hour}:00")
    assert kinds() == []


@pytest.mark.parametrize(
    ("collected", "expected"),
    [("0", "Rs 0.00 of Rs 1,500.00"), ("0.01", "Rs 0.01 of Rs 1,500.00"), ("750.00", None)],
)
def test_far_less_collected_than_was_due_is_named(
    honest: Booking, collected: str, expected: str | None
) -> None:
    done(honest, collected)
    assert [(odd.kind, odd.detail) for odd in found()] == (
        [("Far less collected", f"Bishnu Tamang: {expected}")] if expected else []
    )


def test_a_run_of_five_stars_of_one_customer_is_named(kamala: User, service: Service, bishnu: User) -> None:
    for at in ("10:00", "12:00"):
        praised(kamala, service, at)
    praised(kamala, service, "14:00", rating=4)
    assert kinds() == []

    praised(kamala, service, "16:00")

    assert [odd.detail for odd in found()] == ["3 times five stars of Kamala Shrestha for Bishnu Tamang"]


def test_work_that_ended_before_its_time_is_named(honest: Booking) -> None:
    done(honest, "1500.00")
    Booking.objects.update(ends_at=timezone.now() + timedelta(minutes=20))
    assert kinds() == ["Completed early"]


@pytest.mark.parametrize(
    ("price", "named"), [("0.01", True), ("9.99", True), ("299.00", True), ("300.00", False)]
)
def test_what_was_sold_for_little_is_named(honest: Booking, price: str, named: bool) -> None:
    done(honest, price)
    Booking.objects.update(price=price, total_amount=price)
    Payment.objects.update(total_amount=price, amount=price)
    assert kinds() == (["Sold for little"] if named else [])


def test_what_is_older_is_left_out(honest: Booking) -> None:
    Booking.objects.update(phone="+9779800000001")
    assert found(timezone.now() + timedelta(seconds=1)) == []


def test_the_start_page_lists_it_for_who_looks_after_bookings(
    support: Client, finance: Client, honest: Booking
) -> None:
    Booking.objects.update(phone="+9779800000001")

    page = support.get("/admin/").content.decode()

    assert "Own account" in page
    assert f"/admin/bookings/booking/{honest.pk}/" in page
