"""Reviews of one service at the same moment: every one counts, and none twice."""

from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings import actions
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, Review
from apps.bookings.tests.threads import at_once, meanwhile
from apps.common.errors import DomainError
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.actions.payments import payment_create
from apps.payments.models import PaymentMethod
from apps.services.models import Service
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import ServiceFactory, StaffFactory

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

COUNT = 12 if connection.vendor == "postgresql" else 4


def reviewed_bookings(service: Service, count: int) -> list[Booking]:
    member = StaffFactory(provider=service.provider)
    customer: User = UserFactory()
    bookings = [
        booking_of(service, member, customer, timezone.now(), status="completed") for _ in range(count)
    ]
    default_payment_methods_create()
    for booking in bookings:
        payment_create(
            booking=LockedBooking(booking),
            method=PaymentMethod.objects.get(code="cash"),
            fee=Decimal(0),
            status="completed",
            actor=None,
            is_settlement=True,
            paid_at=timezone.now(),
        )
    return bookings


def write(booking: Booking, rating: int) -> str:
    try:
        actions.review_write(booking_id=booking.pk, rating=rating, comment="", now=timezone.now())
    except DomainError as error:
        return error.code
    return "written"


def rated(service: Service) -> tuple[int, int, str]:
    service.refresh_from_db()
    return service.stars, service.review_count, str(service.rating)


def test_all_that_are_written_at_once_count() -> None:
    service = ServiceFactory()
    ratings = [1 + number % 5 for number in range(COUNT)]
    bookings = reviewed_bookings(service, COUNT)

    written = at_once(
        [lambda v=booking, r=rating: write(v, r) for booking, rating in zip(bookings, ratings, strict=True)]  # type: ignore[misc]
    )

    assert written == ["written"] * COUNT
    assert rated(service)[:2] == (sum(ratings), COUNT)
    assert str(service.rating) == f"{sum(ratings) / COUNT:.2f}"


def test_of_two_of_one_booking_one_is_written() -> None:
    service = ServiceFactory()
    (booking,) = reviewed_bookings(service, 1)

    written = at_once([lambda rating=rating: write(booking, rating) for rating in (1, 5, 5, 1)])  # type: ignore[misc]

    assert Counter(written) == {"written": 1, "invalid_transition": 3}
    assert rated(service)[:2] == (Review.objects.get().rating, 1)


@pytest.mark.postgres
def test_the_later_of_two_sees_the_earlier_one() -> None:
    """A count before the lock would see one review, whichever order the two commit in."""
    service = ServiceFactory()
    first, second = reviewed_bookings(service, 2)

    with meanwhile(lambda: write(second, 2)) as later:
        write(first, 5)

    assert later.result() == "written"
    assert rated(service) == (7, 2, "3.50")
