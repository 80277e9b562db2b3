"""`/api/staff/{id}/working-hours/`."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import StaffFactory
from apps.slots.models import WorkingHours
from apps.slots.tests.conftest import AvailableSlots
from apps.slots.tests.factories import off, works
from apps.slots.tests.slot_overrides import error_of, slot_override_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
Login = Callable[[User], APIClient]


@pytest.fixture
def member(bishnu: User) -> StaffMember:
    return StaffFactory(provider=bishnu)


def path_of(member: StaffMember) -> str:
    return f"/api/staff/{member.pk}/working-hours/"


def hours(weekday: int, start: str, end: str) -> dict[str, Any]:
    return {"weekday": weekday, "start_time": start, "end_time": end}


def test_a_week_is_a_plain_array_from_monday_on(provider_client: APIClient, member: StaffMember) -> None:
    works(member, "13:00", "00:00", weekdays=[6, 0])
    works(member, "08:30", "12:00", weekdays=[0])
    assert provider_client.get(path_of(member)).json() == [
        hours(0, "08:30:00", "12:00:00"),
        hours(0, "13:00:00", "00:00:00"),
        hours(6, "13:00:00", "00:00:00"),
    ]


def test_a_new_week_replaces_the_old_one(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    week = [hours(2, "12:00:00", "14:00:00"), hours(2, "09:00:00", "10:00:00")]
    answer = provider_client.put(path_of(yoga.staff.get()), week)
    assert answer.status_code == 200
    assert answer.json() == {"working_hours": [week[1], week[0]], "outside": [], "live_holds": []}
    assert [slot["start_time"] for slot in available(yoga)] == ["09:00:00", "12:00:00", "13:00:00"]
    assert available(yoga, "2026-12-03") == []


def test_a_member_may_have_no_hours(provider_client: APIClient, yoga: Service) -> None:
    member = yoga.staff.get()
    assert provider_client.put(path_of(member), []).json() == {
        "working_hours": [],
        "outside": [],
        "live_holds": [],
    }
    assert provider_client.get(path_of(member)).json() == []


def test_intervals_may_touch_and_last_until_midnight(provider_client: APIClient, member: StaffMember) -> None:
    week = [hours(0, "00:00", "12:00"), hours(0, "12:00", "00:00"), hours(1, "00:00", "00:00")]
    assert provider_client.put(path_of(member), week).status_code == 200


def test_bookings_that_now_lie_outside_stand_in_the_answer(
    provider_client: APIClient, kamala: User, yoga: Service
) -> None:
    outside = booked(kamala, yoga, days=1, at="16:00")
    across_the_end = booked(kamala, yoga, days=2, at="14:00")
    booked(kamala, yoga, days=1, at="11:00")
    draft_at_payment_step(kamala, yoga, days=1, at="15:00")
    slot_override_of(yoga, "2026-12-02 19:00", "2026-12-02 20:00")
    booked(kamala, yoga, days=1, at="19:00")

    week = [hours(weekday, "10:00", "14:30") for weekday in range(7)]
    answer = provider_client.put(path_of(yoga.staff.get()), week).json()

    assert [booking["id"] for booking in answer["outside"]] == [outside.pk, across_the_end.pk]
    assert answer["outside"][0] == {
        "id": outside.pk,
        "reference": outside.reference,
        "starts_at": "2026-12-02T16:00:00+05:45",
        "ends_at": "2026-12-02T17:00:00+05:45",
    }
    outside.refresh_from_db()
    assert outside.status == "pending"
    assert outside.reservation is not None


@pytest.mark.parametrize(
    "week",
    [
        [hours(0, "10:00", "12:00"), hours(0, "11:59", "13:00")],
        [hours(0, "10:00", "12:00"), hours(0, "10:00", "12:00")],
        [hours(0, "11:00", "12:00"), hours(0, "10:00", "00:00")],
        [hours(0, "12:00", "12:00")],
        [hours(0, "12:00", "10:00")],
        [hours(7, "10:00", "12:00")],
        [hours(-1, "10:00", "12:00")],
        [hours(0, "ten", "12:00")],
        [hours(0, "10:00", "24:00")],
        [{"weekday": 0}],
        [None],
        {"weekday": 0},
        "always",
        None,
        [hours(0, "10:00", "12:00")] * 200,
    ],
)
def test_a_week_that_makes_no_sense_is_refused(
    provider_client: APIClient, member: StaffMember, week: Any
) -> None:
    works(member)
    answer = provider_client.put(path_of(member), week)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert WorkingHours.objects.count() == 7


@pytest.mark.parametrize("fault", [0, 1, 2])
def test_the_interval_at_fault_is_named(provider_client: APIClient, member: StaffMember, fault: int) -> None:
    week = [hours(weekday, "10:00", "12:00") for weekday in range(3)]
    week[fault] = hours(fault, "12:00", "10:00")
    answer = provider_client.put(path_of(member), week)
    assert error_of(answer) == (400, "invalid", f"{fault}.end_time")


def test_an_item_that_is_no_interval_is_named_too(provider_client: APIClient, member: StaffMember) -> None:
    answer = provider_client.put(path_of(member), ["always", hours(0, "10:00", "12:00")])
    assert error_of(answer) == (400, "invalid", "0.non_field_errors")


def test_somebody_elses_member_is_not_found(login: Login, gita: User, member: StaffMember) -> None:
    client = login(gita)
    assert client.get(path_of(member)).status_code == 404
    assert client.put(path_of(member), []).status_code == 404
    assert client.get("/api/staff/404/working-hours/").status_code == 404
    assert client.get(f"/api/staff/{'9' * 30}/working-hours/").status_code == 404


def test_an_admin_sees_and_changes_everybodys(login: Login, anita: User, member: StaffMember) -> None:
    assert login(anita).put(path_of(member), [hours(0, "10:00", "12:00")]).status_code == 200
    assert len(login(anita).get(path_of(member)).json()) == 1


def test_customers_and_strangers_keep_out(
    login: Login, api: APIClient, kamala: User, member: StaffMember
) -> None:
    assert [api.get(path_of(member)).status_code, api.put(path_of(member), []).status_code] == [401, 401]
    customer = login(kamala)
    assert [customer.get(path_of(member)).status_code, customer.put(path_of(member), []).status_code] == [
        403,
        403,
    ]


def test_hours_stay_when_slots_are_switched_off(
    provider_client: APIClient, settings: Settings, member: StaffMember
) -> None:
    settings.ENABLE_BOOKING_SLOTS = False
    assert provider_client.put(path_of(member), [hours(0, "10:00", "12:00")]).status_code == 200


def test_a_change_costs_the_same_with_many_bookings(
    provider_client: APIClient,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    kamala: User,
    yoga: Service,
) -> None:
    for day in (1, 2, 3, 4):
        booked(kamala, yoga, days=day)
    week = [hours(weekday, "12:00", "14:00") for weekday in range(7)]
    with django_assert_max_num_queries(12):
        assert len(provider_client.put(path_of(yoga.staff.get()), week).json()["outside"]) == 4


def test_time_off_does_not_change_the_hours(provider_client: APIClient, member: StaffMember) -> None:
    works(member)
    off(member, "2026-12-02 00:00", "2026-12-03 00:00")
    assert len(provider_client.get(path_of(member)).json()) == 7
