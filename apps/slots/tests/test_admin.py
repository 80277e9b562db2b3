"""Schedules and reservations in the admin."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.tests.factories import booked
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.models import TimeOff
from apps.slots.tests.factories import departs, off, taken, works

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture
def desk(anita: User) -> Client:
    client = Client()
    client.force_login(anita)
    return client


def path_of(model: str, page: str = "") -> str:
    return f"/admin/slots/{model}/{page}"


@pytest.mark.parametrize("model", ["workinghours", "timeoff", "bookingslot", "reservation"])
def test_a_list_costs_the_same_with_many_rows(desk: Client, service: Service, model: str) -> None:
    def fill(day: int) -> None:
        member = works(StaffFactory(provider=service.provider))
        off(member, f"2026-12-{day:02} 00:00", "2027-01-01 00:00")
        departs(service, member, f"2026-12-{day:02} 19:00", f"2026-12-{day:02} 20:00")
        taken(service, f"2026-12-{day:02} 10:00")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(path_of(model)).status_code == 200
        return len(captured)

    fill(2)
    with_one = queries()
    for day in range(3, 10):
        fill(day)
    assert queries() == with_one <= 10


@pytest.mark.parametrize("model", ["workinghours", "timeoff", "bookingslot", "reservation"])
def test_lists_can_be_searched(desk: Client, service: Service, model: str) -> None:
    taken(service, "2026-12-02 10:00", until=timezone.now() + timedelta(minutes=5))
    taken(service, "2026-12-02 11:00", until=timezone.now())
    assert desk.get(path_of(model), {"q": "Shrestha"}).status_code == 200
    assert b"Member" in desk.get(path_of(model), {"q": "Member"}).content or model == "timeoff"


@pytest.mark.parametrize("model", ["workinghours", "bookingslot", "reservation"])
def test_nobody_types_in_hours_and_reservations(desk: Client, service: Service, model: str) -> None:
    reservation = taken(service, "2026-12-02 10:00")
    hours = reservation.staff.working_hours.first()
    assert hours
    pk = {"workinghours": hours.pk, "bookingslot": reservation.slot_id, "reservation": reservation.pk}[model]
    assert desk.get(path_of(model, f"{pk}/change/")).status_code == 200
    assert desk.post(path_of(model, f"{pk}/change/"), {}).status_code == 403
    assert desk.get(path_of(model, "add/")).status_code == 403
    assert desk.post(path_of(model, f"{pk}/delete/"), {"post": "yes"}).status_code == 403


def test_time_off_names_the_bookings_that_lie_in_it(desk: Client, kamala: User, yoga: Service) -> None:
    booking = booked(kamala, yoga, days=1)
    body = {
        "provider": yoga.provider_id,
        "staff": yoga.staff.get().pk,
        "starts_at_0": "2026-12-02",
        "starts_at_1": "09:00",
        "ends_at_0": "2026-12-02",
        "ends_at_1": "12:00",
        "reason": "a cold",
    }
    answer = desk.post(path_of("timeoff", "add/"), body, follow=True)
    assert booking.reference in answer.content.decode()
    time_off = TimeOff.objects.get()
    changed = desk.post(
        path_of("timeoff", f"{time_off.pk}/change/"), body | {"ends_at_1": "10:00"}, follow=True
    )
    assert booking.reference not in changed.content.decode()
    assert TimeOff.objects.get().ends_at < time_off.ends_at


def test_time_off_of_another_providers_member_is_refused(desk: Client, yoga: Service) -> None:
    body = {
        "provider": yoga.provider_id,
        "staff": StaffFactory().pk,
        "starts_at_0": "2026-12-02",
        "starts_at_1": "09:00",
        "ends_at_0": "2026-12-02",
        "ends_at_1": "12:00",
    }
    answer = desk.post(path_of("timeoff", "add/"), body)
    assert "works for another provider" in answer.content.decode()
