"""How many may work for one provider, and what another duration means."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.actions import service_update
from apps.services.models import Service, StaffMember
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], APIClient]
STAFF = "/api/staff/"


@pytest.fixture(autouse=True)
def three_members(settings: Settings) -> None:
    settings.MAX_MEMBERS_PER_PROVIDER = 3


@pytest.fixture
def service(bishnu: User) -> Service:
    return ServiceFactory(provider=bishnu)


def errors_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


def test_a_provider_has_at_most_so_many_members(login: Login, bishnu: User, gita: User) -> None:
    StaffFactory.create_batch(2, provider=bishnu)
    assert login(bishnu).post(STAFF, {"full_name": "Third"}).status_code == 201
    assert errors_of(login(bishnu).post(STAFF, {"full_name": "Fourth"})) == (400, "too_many")
    assert login(gita).post(STAFF, {"full_name": "First"}).status_code == 201
    assert StaffMember.objects.filter(provider=bishnu).count() == 3


def test_members_who_left_make_room_once_they_cannot_be_deleted(
    login: Login, bishnu: User, kamala: User, service: Service
) -> None:
    _, booked = StaffFactory.create_batch(2, provider=bishnu, is_active=False)
    StaffFactory(provider=bishnu)
    assert errors_of(login(bishnu).post(STAFF, {"full_name": "Fourth"})) == (400, "too_many")
    booking_of(service, booked, kamala, timezone.now())
    assert login(bishnu).post(STAFF, {"full_name": "Fourth"}).status_code == 201


def test_nobody_comes_back_beyond_the_limit(
    login: Login, bishnu: User, kamala: User, service: Service
) -> None:
    member = StaffFactory(provider=bishnu, is_active=False)
    booking_of(service, member, kamala, timezone.now())
    StaffFactory.create_batch(3, provider=bishnu)
    path = f"{STAFF}{member.pk}/"
    assert errors_of(login(bishnu).patch(path, {"is_active": True})) == (400, "too_many")
    assert login(bishnu).patch(path, {"full_name": "Renamed"}).status_code == 200


def test_the_admin_keeps_to_it_too(admin_client: APIClient, bishnu: User) -> None:
    StaffFactory.create_batch(3, provider=bishnu)
    page = admin_client.post(
        "/admin/services/staffmember/add/", {"full_name": "Fourth", "provider": bishnu.pk, "is_active": "on"}
    )
    assert "at most 3 members" in page.content.decode()
    assert StaffMember.objects.count() == 3


@pytest.mark.parametrize("before", ["active", "paused"])
@pytest.mark.parametrize("minutes", [5, 90])
def test_another_duration_waits_for_approval_again(
    api: APIClient, login: Login, anita: User, bishnu: User, service: Service, before: str, minutes: int
) -> None:
    Service.objects.update(status=before)
    path = f"/api/services/{service.pk}/"
    answer = login(bishnu).patch(path, {"duration_minutes": minutes, "status": "active"})
    assert (answer.status_code, answer.json()["status"]) == (200, "pending")
    month = f"/api/booking-slots/available-dates/?service_id={service.pk}&month=2026-12"
    assert api.get(month).status_code == 404
    assert login(bishnu).patch(path, {"status": "active"}).status_code == 409
    assert login(anita).post(f"{path}approve/").json()["status"] == "active"
    assert api.get(month).status_code == 200


def test_the_same_duration_needs_no_approval(login: Login, bishnu: User, service: Service) -> None:
    answer = login(bishnu).patch(f"/api/services/{service.pk}/", {"duration_minutes": 60, "title": "Other"})
    assert answer.json()["status"] == "active"


def test_a_duration_that_an_admin_changes_needs_no_approval(anita: User, service: Service) -> None:
    changed = service_update(service=service, actor=anita, now=timezone.now(), duration_minutes=5)
    assert changed.status == "active"
