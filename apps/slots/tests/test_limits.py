"""How much of a schedule there may be."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import Service
from apps.slots.models import BookingSlot, TimeOff
from apps.slots.tests.factories import off
from apps.slots.tests.slot_overrides import PATH, body_of, error_of, slot_override_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


@pytest.fixture(autouse=True)
def two_of_each(settings: Settings) -> None:
    settings.MAX_TIME_OFF_PER_PROVIDER = settings.MAX_DEPARTURES_PER_PROVIDER = 2


def hours(service: Service) -> str:
    return f"/api/staff/{service.staff.get().pk}/working-hours/"


def intervals(count: int) -> list[dict[str, Any]]:
    return [
        {"weekday": 1, "start_time": f"{hour:02}:00", "end_time": f"{hour:02}:30"} for hour in range(count)
    ]


def test_a_day_has_at_most_eight_intervals(provider_client: APIClient, yoga: Service) -> None:
    assert provider_client.put(hours(yoga), intervals(8)).status_code == 200
    assert error_of(provider_client.put(hours(yoga), intervals(9)))[:2] == (400, "too_many")
    assert yoga.staff.get().working_hours.count() == 8


@pytest.mark.parametrize("name", ["start_time", "end_time"])
def test_hours_are_of_whole_minutes(provider_client: APIClient, yoga: Service, name: str) -> None:
    week = [intervals(1)[0] | {name: "00:15:01"}]
    assert error_of(provider_client.put(hours(yoga), week)) == (400, "minute", f"0.{name}")


def test_so_many_periods_of_time_off_lie_ahead_at_most(provider_client: APIClient, yoga: Service) -> None:
    member = yoga.staff.get()
    off(member, "2026-11-01 10:00", "2026-11-01 11:00")
    off(member, "2026-12-02 10:00", "2026-12-02 11:00", everybody=True)
    body = {"staff": member.pk, "starts_at": "2026-12-03T10:00:00", "ends_at": "2026-12-03T11:00:00"}
    last = provider_client.post("/api/time-off/", body)
    assert last.status_code == 201
    assert error_of(provider_client.post("/api/time-off/", body))[:2] == (400, "too_many")
    path = f"/api/time-off/{last.json()['id']}/"
    assert provider_client.patch(path, {"reason": "Tihar"}).status_code == 200


def test_a_period_that_is_over_is_not_moved_ahead_beyond_the_limit(
    provider_client: APIClient, yoga: Service
) -> None:
    member = yoga.staff.get()
    over = off(member, "2026-11-01 10:00", "2026-11-01 11:00")
    for day in (2, 3):
        off(member, f"2026-12-0{day} 10:00", f"2026-12-0{day} 11:00")
    answer = provider_client.patch(f"/api/time-off/{over.pk}/", {"ends_at": "2026-12-05T10:00:00"})
    assert error_of(answer)[:2] == (400, "too_many")


def test_the_admin_keeps_to_the_most_time_off(admin_client: Client, bishnu: User, yoga: Service) -> None:
    for day in (2, 3):
        off(yoga.staff.get(), f"2026-12-0{day} 10:00", f"2026-12-0{day} 11:00")
    body = {
        "provider": bishnu.pk,
        "starts_at_0": "2026-12-04",
        "starts_at_1": "10:00",
        "ends_at_0": "2026-12-04",
        "ends_at_1": "11:00",
    }
    page = admin_client.post("/admin/slots/timeoff/add/", body)
    assert "at most 2 periods" in page.content.decode()
    assert TimeOff.objects.count() == 2


def test_so_many_slots_ahead_depart_from_the_hours_at_most(provider_client: APIClient, yoga: Service) -> None:
    slot_override_of(yoga)
    assert provider_client.post(PATH, body_of(yoga, date="2026-12-03")).status_code == 201
    assert error_of(provider_client.post(PATH, body_of(yoga, date="2026-12-04")))[:2] == (400, "too_many")
    assert BookingSlot.objects.count() == 2


def test_a_slot_override_at_the_limit_still_moves(provider_client: APIClient, yoga: Service) -> None:
    first = slot_override_of(yoga)
    slot_override_of(yoga, "2026-12-03 10:00", "2026-12-03 11:00")
    assert provider_client.patch(f"{PATH}{first.pk}/", {"date": "2026-12-05"}).status_code == 200
