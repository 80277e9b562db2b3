"""Phones are for the other side from `confirmed` on, and wherever a booking can be read."""

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.tests.factories import DETAILS, booked
from apps.services.models import Service

CONTACT, KAMALAS, BISHNUS = DETAILS.phone, "+9779800000002", "+9779800000001"
SHOWN = ("confirmed", "in_progress", "completed", "no_show")
SENT = [status for status in BookingStatus.values if status != "draft"]


@pytest.fixture
def booking(kamala: User, bishnu: User, service: Service) -> Booking:
    User.objects.filter(pk=kamala.pk).update(phone=KAMALAS)
    User.objects.filter(pk=bishnu.pk).update(phone=BISHNUS)
    return booked(kamala, service)


@pytest.mark.parametrize("status", SENT)
def test_a_provider_reads_the_customers_phones_from_confirmed_on(
    client_of: ClientOf, bishnu: User, booking: Booking, status: str
) -> None:
    Booking.objects.update(status=status)
    shown = [
        client_of(bishnu).get(f"/api/bookings/{booking.pk}/").json(),
        client_of(bishnu).get("/api/bookings/").json()["results"][0],
    ]
    expected = (CONTACT, KAMALAS) if status in SHOWN else ("", None)
    assert [(one["phone"], one["customer_details"]["phone"]) for one in shown] == [expected] * 2


@pytest.mark.parametrize("status", SENT)
def test_a_customer_reads_the_providers_phone_from_confirmed_on_and_always_their_own(
    client_of: ClientOf, kamala: User, booking: Booking, status: str
) -> None:
    Booking.objects.update(status=status)
    shown = client_of(kamala).get(f"/api/bookings/{booking.pk}/").json()
    assert shown["phone"] == CONTACT
    expected = BISHNUS if status in SHOWN else None
    assert shown["service_details"]["provider"]["phone"] == expected


def test_an_admin_always_reads_whom_to_call(client_of: ClientOf, anita: User, booking: Booking) -> None:
    assert client_of(anita).get(f"/api/bookings/{booking.pk}/").json()["phone"] == CONTACT


@pytest.mark.parametrize("status", ["pending", "confirmed"])
def test_files_for_the_provider_keep_to_it_too(
    client_of: ClientOf, bishnu: User, kamala: User, booking: Booking, status: str
) -> None:
    Booking.objects.update(status=status)
    file = f"/api/bookings/{booking.pk}/calendar.ics"
    plan = client_of(bishnu).get(
        "/api/bookings/day-plan/", {"date": str(booking.booking_date)}, headers={"Accept": "text/html"}
    )
    is_shown = status in SHOWN
    assert booking.reference in plan.content.decode()
    assert (CONTACT in plan.content.decode()) == is_shown
    assert (CONTACT in client_of(bishnu).get(file).content.decode()) == is_shown
    assert CONTACT in client_of(kamala).get(file).content.decode()


def test_a_call_that_moves_it_shows_the_phone_at_once(
    client_of: ClientOf, bishnu: User, booking: Booking
) -> None:
    address = f"/api/bookings/{booking.pk}/update-status/"
    assert client_of(bishnu).patch(address, {"status": "confirmed"}).json()["phone"] == CONTACT
    assert Booking.objects.get().confirmed_at is not None
    assert Booking.objects.get().updated_at <= timezone.now()
