"""Which member comes at a booking's other time."""

from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import error_of
from apps.services.models import Service, StaffMember
from apps.slots.selectors import Wish
from apps.slots.tests.factories import BookableServiceFactory, taken


@pytest.fixture
def service(bishnu: User) -> Service:
    """An hour by one of two: the first is free to any wish, the second is a woman."""
    return BookableServiceFactory(provider=bishnu, members=2)


@pytest.fixture
def team(service: Service) -> list[StaffMember]:
    first, second = service.staff.order_by("pk")
    StaffMember.objects.filter(pk=first.pk).update(gender="male")
    StaffMember.objects.filter(pk=second.pk).update(gender="female")
    return [first, second]


@pytest.fixture
def booking(
    kamala: User, service: Service, team: list[StaffMember], clock: time_machine.Traveller
) -> Booking:
    booking = booked(kamala, service, days=3, at="10:00")
    assert booking.staff_id == team[0].pk
    return booking


@pytest.fixture
def kamalas(client_of: ClientOf, kamala: User) -> APIClient:
    return client_of(kamala)


@pytest.fixture
def provider(client_of: ClientOf, bishnu: User) -> APIClient:
    return client_of(bishnu)


def move(client: APIClient, booking: Booking, at: str, **more: Any) -> Any:
    body = {"booking_date": in_days(3).isoformat(), "booking_time": at, **more}
    return client.post(f"/api/bookings/{booking.pk}/reschedule/", body)


def occupy(service: Service, at: str, member: StaffMember) -> None:
    taken(service, f"{in_days(3)} {at}", wish=Wish(staff_id=member.pk))


def test_the_member_stays_where_he_is_free(
    kamalas: APIClient, booking: Booking, service: Service, team: list[StaffMember]
) -> None:
    """Though the other one has fewer bookings that day."""
    occupy(service, "16:00", team[0])

    assert move(kamalas, booking, "12:00").json()["staff"] == team[0].pk


def test_another_one_comes_where_he_is_not(
    kamalas: APIClient, booking: Booking, service: Service, team: list[StaffMember]
) -> None:
    occupy(service, "12:00", team[0])

    assert move(kamalas, booking, "12:00").json()["staff"] == team[1].pk
    assert BookingEvent.objects.latest("pk").reason == (
        f"moved from 2026-12-10 10:00 to 2026-12-10 12:00, from {team[0].full_name} to {team[1].full_name}"
    )


def test_the_asked_for_member_is_still_the_only_one(
    kamalas: APIClient, booking: Booking, service: Service, team: list[StaffMember]
) -> None:
    Booking.objects.update(is_staff_requested=True)
    occupy(service, "12:00", team[0])

    assert error_of(move(kamalas, booking, "12:00"))[1] == "slot_unavailable"


def test_the_wished_for_gender_still_counts(
    kamalas: APIClient, booking: Booking, service: Service, team: list[StaffMember]
) -> None:
    Booking.objects.update(preferred_provider_gender="male")
    occupy(service, "12:00", team[0])

    assert error_of(move(kamalas, booking, "12:00"))[1] == "slot_unavailable"


def test_a_named_member_comes_and_is_the_one_who_was_asked_for(
    kamalas: APIClient, booking: Booking, team: list[StaffMember]
) -> None:
    answer = move(kamalas, booking, "10:00", staff=team[1].pk)

    assert answer.json()["staff"] == team[1].pk
    assert answer.json()["booking_time"] == "10:00:00"
    assert Booking.objects.get().is_staff_requested


def test_whom_the_provider_sends_nobody_asked_for(
    provider: APIClient, booking: Booking, team: list[StaffMember]
) -> None:
    Booking.objects.update(is_staff_requested=True)

    assert move(provider, booking, "10:00", staff=team[1].pk).json()["staff"] == team[1].pk
    assert not Booking.objects.get().is_staff_requested


def test_the_provider_sends_nobody_of_another_gender_than_was_wished_for(
    provider: APIClient, kamalas: APIClient, booking: Booking, team: list[StaffMember]
) -> None:
    Booking.objects.update(preferred_provider_gender="male")

    assert error_of(move(provider, booking, "12:00", staff=team[1].pk))[1] == "slot_unavailable"
    assert move(kamalas, booking, "12:00", staff=team[1].pk).status_code == 200


def test_who_no_longer_works_is_not_named(
    kamalas: APIClient, booking: Booking, team: list[StaffMember]
) -> None:
    StaffMember.objects.filter(pk=team[1].pk).update(is_active=False)

    assert error_of(move(kamalas, booking, "12:00", staff=team[1].pk))[::2] == (400, "staff")


def test_when_the_member_has_left_another_one_takes_over(
    kamalas: APIClient, booking: Booking, team: list[StaffMember]
) -> None:
    StaffMember.objects.filter(pk=team[0].pk).update(is_active=False)

    assert move(kamalas, booking, "12:00").json()["staff"] == team[1].pk
