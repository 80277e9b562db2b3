"""Many customers at one moment, against the product's own server in several processes."""

from uuid import uuid4

import pytest
from django.conf import settings

from apps.bookings.models import Booking, BookingStatus
from apps.services.tests.factories import ServiceFactory, StaffFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory, works
from tests.crowd import CREATE_STEP, Customer, customers_of, race_through_the_wizard, refused
from tests.servers import Server, at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

CROWD = 64
CLICKS = 8


@pytest.fixture
def crowd(transactional_db: None, server: Server) -> list[Customer]:
    return customers_of(server, CROWD)


@pytest.fixture
def customer(transactional_db: None, server: Server) -> Customer:
    return customers_of(server, 1)[0]


def test_one_seat_goes_to_one_of_64(crowd: list[Customer]) -> None:
    assert race_through_the_wizard(crowd, [BookableServiceFactory()]) == 1


def test_five_seats_go_to_five(crowd: list[Customer]) -> None:
    assert race_through_the_wizard(crowd, [BookableServiceFactory(max_bookings=5)]) == 5


def test_three_members_of_one_seat_each_serve_three(crowd: list[Customer]) -> None:
    assert race_through_the_wizard(crowd, [BookableServiceFactory(members=3)]) == 3
    assert Reservation.objects.order_by().values("staff").distinct().count() == 3


def test_a_member_is_never_booked_through_two_services_at_once(crowd: list[Customer]) -> None:
    member = works(StaffFactory())
    hour = ServiceFactory(provider=member.provider, duration_minutes=60, staff=[member])
    two_hours = ServiceFactory(provider=member.provider, duration_minutes=120, staff=[member])

    assert race_through_the_wizard(crowd, [hour, two_hours]) == 1


def test_one_seat_booked_in_one_call_goes_to_one_of_64(crowd: list[Customer]) -> None:
    service = BookableServiceFactory()

    answers = at_once([customer.book(service) for customer in crowd])

    assert len(refused(answers)) == CROWD - 1
    assert Booking.objects.get().status == BookingStatus.PENDING
    assert Reservation.objects.get().expires_at is None


def test_the_wizard_and_the_one_call_share_the_seats(crowd: list[Customer]) -> None:
    service = BookableServiceFactory(max_bookings=3)
    calls = [customer.take(service) for customer in crowd[::2]]
    calls += [customer.book(service) for customer in crowd[1::2]]

    assert len(refused(at_once(calls))) == CROWD - 3
    assert set(Reservation.objects.values_list("seat", flat=True)) == {1, 2, 3}


def test_a_double_click_on_the_first_step_makes_one_draft(customer: Customer) -> None:
    step = {"booking_step": "service_selection", "service": BookableServiceFactory().pk}
    key = {"Idempotency-Key": str(uuid4())}

    answers = at_once([lambda: customer.post(CREATE_STEP, step, **key)] * CLICKS)

    assert [answer.status for answer in answers] == [201] * CLICKS
    assert [answer.body for answer in answers] == [answers[0].body] * CLICKS
    assert Booking.objects.get().pk == answers[0].body["booking_id"]


def test_a_double_click_on_the_one_call_books_once(customer: Customer) -> None:
    book = customer.book(BookableServiceFactory(max_bookings=5), **{"Idempotency-Key": str(uuid4())})

    answers = at_once([book] * CLICKS)

    assert [answer.status for answer in answers] == [201] * CLICKS
    assert [answer.body for answer in answers] == [answers[0].body] * CLICKS
    assert Booking.objects.get().pk == answers[0].body["id"]
    assert Reservation.objects.count() == 1


def test_a_customer_in_many_windows_keeps_to_the_most_holds(customer: Customer) -> None:
    most = settings.MAX_HOLDS_PER_CUSTOMER
    services = BookableServiceFactory.create_batch(most + 6)

    answers = at_once([customer.take(service) for service in services])

    assert [answer.code for answer in answers if answer.status != 200] == ["too_many_bookings"] * 6
    assert Reservation.objects.count() == most
