"""Days at either end of the calendar: out of reach, and no error of ours."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import WEEKLY, booked, in_days, series_of
from apps.bookings.tests.steps import DETAILS, Wizard, error_of, everything
from apps.services.models import Service

ENDS = [
    ("9999-12-31", "23:59"),
    ("9999-12-30", "08:00"),
    ("0001-01-01", "00:00"),
]

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.parametrize(("day", "at"), ENDS)]


def move(client: APIClient, booking: Booking, day: str, at: str, **more: Any) -> Any:
    body = {"booking_date": day, "booking_time": at, **more}
    return client.post(f"/api/bookings/{booking.pk}/reschedule/", body)


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
@pytest.mark.parametrize("number", [0, 2])
def test_a_series_moves_to_no_such_day(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    kamala: User,
    service: Service,
    day: str,
    at: str,
    name: str,
    number: int,
) -> None:
    occurrence = series_of(booked(kamala, service, recurrence=WEEKLY))[number]
    client = client_of(request.getfixturevalue(name))
    before = everything()

    answer = move(client, occurrence, day, at, scope="following")

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert answer.json()["occurrences"] == [{"date": day, "time": f"{at}:00", "available": False}]
    assert everything() == before


@pytest.mark.parametrize("name", ["kamala", "bishnu"])
@pytest.mark.parametrize("method", ["cash", "bank_transfer"])
def test_a_booking_moves_to_no_such_day(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    kamala: User,
    service: Service,
    day: str,
    at: str,
    name: str,
    method: str,
) -> None:
    booking = booked(kamala, service, days=5, method=method)

    answer = move(client_of(request.getfixturevalue(name)), booking, day, at)

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert answer.json()["alternatives"]


def test_a_time_is_chosen_on_no_such_day(wizard: Wizard, day: str, at: str) -> None:
    wizard.walk_to("service_selection")

    answer = wizard.step("datetime_selection", booking_date=day, booking_time=at)

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert answer.json()["alternatives"]


@pytest.mark.parametrize("recurs", [False, True])
def test_nothing_is_booked_in_one_call_on_such_a_day(wizard: Wizard, day: str, at: str, recurs: bool) -> None:
    rule = {"is_recurring": True, "recurring_frequency": "weekly", "recurring_count": 4} if recurs else {}
    body = {"service": wizard.service_id, "booking_date": day, "booking_time": at, **DETAILS, **rule}

    assert error_of(wizard.client.post("/api/bookings/", body))[:2] == (409, "slot_unavailable")


def test_no_slots_are_shown_on_such_a_day(api: APIClient, service: Service, day: str, at: str) -> None:
    slots = api.get("/api/booking-slots/available-slots/", {"service_id": str(service.pk), "date": day})
    days = api.get("/api/booking-slots/available-dates/", {"service_id": str(service.pk), "month": day[:7]})

    assert (slots.status_code, slots.json()) == (200, [])
    assert days.status_code == 200
    assert {shown["available_slots"] for shown in days.json()} == {0}


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_lists_are_empty_on_such_a_day(
    request: pytest.FixtureRequest,
    client_of: ClientOf,
    service: Service,
    bishnu: User,
    day: str,
    at: str,
    name: str,
) -> None:
    client = client_of(request.getfixturevalue(name))
    bounded = {"9": {"from": day}, "0": {"to": day}}[day[0]]

    for query in ({"week": day}, {"booking_date": day}, bounded):
        answer = client.get("/api/bookings/provider-bookings/", query)
        assert (answer.status_code, answer.json()["count"]) == (200, 0)
    for query in ({"date": day}, bounded):
        answer = client.get("/api/booking-slots/", query)
        assert (answer.status_code, answer.json()["count"]) == (200, 0)
    plan: dict[str, Any] = {"date": day, "provider": bishnu.pk}
    page = client.get("/api/bookings/day-plan/", plan)
    assert page.status_code == 200


def test_no_slot_departs_and_nobody_is_off_at_such_a_time(
    client_of: ClientOf, bishnu: User, service: Service, day: str, at: str
) -> None:
    client, member = client_of(bishnu), service.staff.get()
    slot = {"service": service.pk, "staff": member.pk, "date": day, "start_time": at, "end_time": "00:00"}
    edge = {"9": {"ends_at": f"{day}T{at}:00-12:00"}, "0": {"starts_at": f"{day}T{at}:00+12:00"}}[day[0]]
    now = f"{in_days(1)}T08:00:00+05:45"

    assert client.post("/api/booking-slots/", slot).status_code == 400
    off = client.post("/api/time-off/", {"staff": member.pk, "starts_at": now, "ends_at": now, **edge})
    assert off.status_code == 400
