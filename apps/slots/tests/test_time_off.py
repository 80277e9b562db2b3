"""`/api/time-off/`."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.exceptions import ValidationError
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.actions import time_off_change
from apps.slots.models import TimeOff
from apps.slots.tests.conftest import AvailableSlots
from apps.slots.tests.factories import at, off
from apps.slots.tests.slot_overrides import error_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
Login = Callable[[User], APIClient]
PATH = "/api/time-off/"
DASHAIN = {"starts_at": "2026-12-02T00:00:00+05:45", "ends_at": "2026-12-04T00:00:00+05:45"}


def test_one_member_takes_time_off(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    body = {"staff": yoga.staff.get().pk, "reason": "a wedding", **DASHAIN}
    answer = provider_client.post(PATH, body)
    assert answer.status_code == 201
    assert answer.json() == {"id": TimeOff.objects.get().pk, **body, "outside": [], "live_holds": []}
    assert available(yoga) == []


def test_without_a_member_all_of_the_providers_are_closed(
    provider_client: APIClient, available: AvailableSlots, yoga: Service, service: Service
) -> None:
    answer = provider_client.post(PATH, {"staff": None, **DASHAIN})
    assert (answer.json()["staff"], answer.json()["reason"]) == (None, "")
    assert available(yoga) == []
    assert len(available(service)) == 7


def test_a_time_without_offset_is_local(provider_client: APIClient, bishnu: User) -> None:
    body = {"starts_at": "2026-12-02T00:00:00", "ends_at": "2026-12-03T18:15:00Z"}
    answer = provider_client.post(PATH, body).json()
    assert (answer["starts_at"], answer["ends_at"]) == tuple(DASHAIN.values())


def test_bookings_that_now_lie_in_it_stand_in_the_answer(
    provider_client: APIClient, kamala: User, yoga: Service, service: Service
) -> None:
    inside = booked(kamala, yoga, days=1, at="16:00")
    booked(kamala, yoga, days=4)
    booked(kamala, service, days=1)
    draft_at_payment_step(kamala, yoga, days=1, at="15:00")

    made = provider_client.post(PATH, DASHAIN).json()
    assert [booking["reference"] for booking in made["outside"]] == [inside.reference]

    path = f"{PATH}{made['id']}/"
    changed = provider_client.patch(path, {"starts_at": "2026-12-02T16:59:00+05:45"}).json()
    assert [booking["id"] for booking in changed["outside"]] == [inside.pk]
    assert provider_client.patch(path, {"starts_at": "2026-12-02T17:00:00+05:45"}).json()["outside"] == []
    assert "outside" not in provider_client.get(path).json()


def test_a_buffer_may_lie_in_time_off(provider_client: APIClient, kamala: User, yoga: Service) -> None:
    Service.objects.update(buffer_after_minutes=60)
    booked(kamala, yoga, days=1, at="10:00")
    body = {"starts_at": "2026-12-02T11:00:00+05:45", "ends_at": "2026-12-02T12:00:00+05:45"}
    assert provider_client.post(PATH, body).json()["outside"] == []


def test_time_off_can_be_changed_and_cancelled(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    path = f"{PATH}{off(yoga.staff.get(), '2026-12-02 00:00', '2026-12-03 00:00').pk}/"
    answer = provider_client.patch(path, {"ends_at": "2026-12-02T12:00:00+05:45", "reason": "a cold"})
    assert answer.json()["reason"] == "a cold"
    assert available(yoga)[0]["start_time"] == "12:00:00"
    assert provider_client.delete(path).status_code == 204
    assert available(yoga)[0]["start_time"] == "10:00:00"
    assert provider_client.delete(path).status_code == 404


@pytest.mark.parametrize(
    ("fields", "attr"),
    [
        ({"starts_at": None}, "starts_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"ends_at": 20261204}, "ends_at"),
        ({"starts_at": "0001-01-01T00:00:00"}, "starts_at"),
        ({"starts_at": "0001-01-01T00:00:00+05:45"}, "starts_at"),
        ({"ends_at": "9999-12-31T23:59:59-05:00"}, "ends_at"),
        ({"ends_at": "2026-12-02T00:00:00+05:45"}, "ends_at"),
        ({"ends_at": "2026-12-01T00:00:00+05:45"}, "ends_at"),
        ({"staff": 404}, "staff"),
        ({"staff": "me"}, "staff"),
        ({"staff": 10**30}, "staff"),
        ({"reason": "x" * 201}, "reason"),
        ({"reason": "\x00"}, "reason"),
    ],
)
def test_bad_input_is_refused(
    provider_client: APIClient, bishnu: User, fields: dict[str, Any], attr: str
) -> None:
    assert error_of(provider_client.post(PATH, DASHAIN | fields))[::2] == (400, attr)
    assert not TimeOff.objects.exists()


def test_a_change_is_checked_against_what_stays(provider_client: APIClient, yoga: Service) -> None:
    path = f"{PATH}{off(yoga.staff.get(), '2026-12-02 00:00', '2026-12-03 00:00').pk}/"
    answer = provider_client.patch(path, {"starts_at": "2026-12-03T00:00:00+05:45"})
    assert error_of(answer)[::2] == (400, "ends_at")


def test_a_change_writes_its_own_columns_alone(yoga: Service) -> None:
    read = off(yoga.staff.get(), "2026-12-02 00:00", "2026-12-03 00:00")
    TimeOff.objects.update(reason="a wedding")
    changed, _ = time_off_change(time_off=read, ends_at=at("2026-12-04 00:00"), now=timezone.now())
    assert changed.reason == TimeOff.objects.get().reason == "a wedding"


def test_a_change_is_checked_against_what_is_there_by_then(yoga: Service) -> None:
    read = off(yoga.staff.get(), "2026-12-02 00:00", "2026-12-05 00:00")
    TimeOff.objects.update(ends_at=at("2026-12-03 00:00"))
    with pytest.raises(ValidationError) as refusal:
        time_off_change(time_off=read, starts_at=at("2026-12-04 00:00"), now=timezone.now())
    assert "ends_at" in refusal.value.detail


def test_time_off_that_was_cancelled_meanwhile_is_not_changed(yoga: Service) -> None:
    read = off(yoga.staff.get(), "2026-12-02 00:00", "2026-12-05 00:00")
    TimeOff.objects.all().delete()
    with pytest.raises(Http404):
        time_off_change(time_off=read, reason="a cold", now=timezone.now())


def test_somebody_elses_member_is_refused_like_an_unknown_one(
    provider_client: APIClient, bishnu: User
) -> None:
    answer = provider_client.post(PATH, {"staff": StaffFactory().pk, **DASHAIN})
    assert error_of(answer) == (400, "does_not_exist", "staff")


def test_somebody_elses_time_off_is_not_found(login: Login, gita: User, yoga: Service) -> None:
    path = f"{PATH}{off(yoga.staff.get(), '2026-12-02 00:00', '2026-12-03 00:00').pk}/"
    client = login(gita)
    answers = [client.get(path), client.patch(path, {"reason": "mine"}), client.delete(path)]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert client.get(PATH).json()["count"] == 0


def test_a_provider_closes_nobody_elses(provider_client: APIClient, bishnu: User, gita: User) -> None:
    provider_client.post(PATH, {"provider": gita.pk, **DASHAIN})
    assert TimeOff.objects.filter(provider=gita).count() == 0


def test_an_admin_says_whose_time_off_it_is(login: Login, anita: User, bishnu: User, yoga: Service) -> None:
    client = login(anita)
    assert error_of(client.post(PATH, DASHAIN)) == (400, "required", "provider")
    assert error_of(client.post(PATH, {"provider": anita.pk, **DASHAIN}))[::2] == (400, "provider")
    assert client.post(PATH, {"provider": bishnu.pk, **DASHAIN}).status_code == 201
    made = client.post(PATH, {"staff": yoga.staff.get().pk, **DASHAIN}).json()
    assert client.patch(f"{PATH}{made['id']}/", {"staff": None}).status_code == 200
    assert set(TimeOff.objects.values_list("provider", flat=True)) == {bishnu.pk}


def test_customers_and_strangers_keep_out(login: Login, api: APIClient, kamala: User) -> None:
    assert [api.get(PATH).status_code, api.post(PATH, DASHAIN).status_code] == [401, 401]
    assert [login(kamala).get(PATH).status_code, login(kamala).post(PATH, DASHAIN).status_code] == [403, 403]


def test_time_off_is_listed_newest_first_at_a_constant_cost(
    provider_client: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries, yoga: Service
) -> None:
    made = [off(yoga.staff.get(), f"2026-12-{day:02} 00:00", "2027-01-01 00:00").pk for day in range(1, 25)]
    with django_assert_max_num_queries(3):
        answer = provider_client.get(PATH).json()
    assert answer["count"] == 24
    assert [time_off["id"] for time_off in answer["results"]] == made[::-1][:20]


def test_time_off_stays_when_slots_are_switched_off(
    provider_client: APIClient, settings: Settings, bishnu: User
) -> None:
    settings.ENABLE_BOOKING_SLOTS = False
    assert provider_client.post(PATH, DASHAIN).status_code == 201
    assert provider_client.get(PATH).json()["count"] == 1
