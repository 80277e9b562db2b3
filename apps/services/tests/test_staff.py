"""The people who do the work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.events import provider_registered
from apps.accounts.models import User
from apps.services.actions import staff_delete
from apps.services.models import StaffMember
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], APIClient]


def path_of(member: StaffMember) -> str:
    return f"/api/staff/{member.pk}/"


@pytest.fixture
def member(bishnu: User) -> StaffMember:
    return StaffFactory(provider=bishnu, full_name="Maya Magar", gender="female")


def test_a_new_provider_is_his_own_first_member(bishnu: User) -> None:
    provider_registered.send(sender=User, user=bishnu)
    first = bishnu.staff.get()
    assert (first.full_name, first.gender, first.is_active) == ("Bishnu Tamang", "male", True)


def test_registering_as_a_provider_makes_a_member_and_as_a_customer_none(api: APIClient) -> None:
    for role in ("provider", "customer"):
        body = {
            "email": f"{role}@example.com",
            "password": "mountain-River-27",
            "full_name": "Hari Thapa",
            "phone": "9841234567",
            "role": role,
        }
        assert api.post("/api/auth/register/", body).status_code == 201
    assert [member.provider.email for member in StaffMember.objects.all()] == ["provider@example.com"]


def test_a_provider_sees_his_own_members_newest_first(
    login: Login, bishnu: User, member: StaffMember
) -> None:
    StaffFactory()
    resting = StaffFactory(provider=bishnu, is_active=False)
    service = ServiceFactory(provider=bishnu, staff=[member])

    answer = login(bishnu).get("/api/staff/").json()

    assert answer["count"] == 2
    assert [row["id"] for row in answer["results"]] == [resting.pk, member.pk]
    assert answer["results"][1] == {
        "id": member.pk,
        "full_name": "Maya Magar",
        "gender": "female",
        "provider": bishnu.pk,
        "services": [service.pk],
        "is_active": True,
    }
    assert login(bishnu).get(path_of(member)).json() == answer["results"][1]


def test_an_admin_sees_everybodys_members(login: Login, anita: User, member: StaffMember) -> None:
    StaffFactory()
    assert login(anita).get("/api/staff/").json()["count"] == 2


def test_a_list_takes_four_queries_whatever_its_length(
    login: Login, bishnu: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    services = ServiceFactory.create_batch(3, provider=bishnu)
    for member in StaffFactory.create_batch(9, provider=bishnu):
        member.services.set(services)
    client = login(bishnu)
    with django_assert_max_num_queries(4):
        assert len(client.get("/api/staff/").json()["results"]) == 9


def test_only_providers_and_admins_come_in(
    api: APIClient, login: Login, kamala: User, member: StaffMember
) -> None:
    for client, status in ((api, 401), (login(kamala), 403)):
        assert client.get("/api/staff/").status_code == status
        assert client.post("/api/staff/", {"full_name": "New"}).status_code == status
        assert client.get(path_of(member)).status_code == status
        assert client.patch(path_of(member), {"full_name": "New"}).status_code == status
        assert client.delete(path_of(member)).status_code == status


def test_another_providers_member_is_not_found(login: Login, gita: User, member: StaffMember) -> None:
    assert login(gita).get(path_of(member)).status_code == 404
    assert login(gita).patch(path_of(member), {"full_name": "New"}).status_code == 404
    assert login(gita).delete(path_of(member)).status_code == 404
    assert login(gita).get(f"/api/staff/{10**30}/").status_code == 404


def test_a_firm_adds_a_member(login: Login, bishnu: User) -> None:
    service = ServiceFactory(provider=bishnu)
    body = {"full_name": "Sita", "gender": "female", "services": [service.pk]}
    answer = login(bishnu).post("/api/staff/", body)
    assert answer.status_code == 201
    assert answer.json() == body | {
        "id": answer.json()["id"],
        "provider": bishnu.pk,
        "is_active": True,
    }


def test_admins_name_the_provider(login: Login, anita: User, bishnu: User) -> None:
    assert login(anita).post("/api/staff/", {"full_name": "Sita"}).status_code == 400
    answer = login(anita).post("/api/staff/", {"full_name": "Sita", "provider": bishnu.pk})
    assert answer.json()["provider"] == bishnu.pk


@pytest.mark.parametrize(
    ("body", "attr"),
    [
        ({}, "full_name"),
        ({"full_name": ""}, "full_name"),
        ({"full_name": "a" * 121}, "full_name"),
        ({"full_name": "Sita", "gender": "any"}, "gender"),
        ({"full_name": "Sita", "services": [999]}, "services"),
        ({"full_name": "Sita", "services": "all"}, "services"),
        ({"full_name": "Sita", "is_active": "perhaps"}, "is_active"),
    ],
)
def test_bad_values_are_refused(login: Login, bishnu: User, body: dict[str, Any], attr: str) -> None:
    answer = login(bishnu).post("/api/staff/", body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == attr
    assert not StaffMember.objects.exists()


def test_somebody_elses_service_is_refused_like_an_unknown_one(
    login: Login, bishnu: User, member: StaffMember
) -> None:
    foreign = ServiceFactory()
    error = login(bishnu).patch(path_of(member), {"services": [foreign.pk]}).json()["errors"][0]
    assert (error["code"], error["attr"]) == ("does_not_exist", "services")
    assert not member.services.exists()


def test_a_member_is_changed(login: Login, bishnu: User, gita: User, member: StaffMember) -> None:
    service = ServiceFactory(provider=bishnu)
    body = {"full_name": "Maya Rana", "services": [service.pk], "provider": bishnu.pk}
    changed = login(bishnu).patch(path_of(member), body).json()
    assert (changed["full_name"], changed["services"]) == ("Maya Rana", [service.pk])
    assert "future_bookings" not in changed
    assert login(bishnu).patch(path_of(member), {}).json() == changed


def test_a_deactivated_member_keeps_the_bookings_and_they_are_shown(
    login: Login, api: APIClient, bishnu: User, kamala: User, member: StaffMember
) -> None:
    service = ServiceFactory(provider=bishnu, staff=[member])
    ahead = booking_of(service, member, kamala, timezone.now() + timedelta(days=3))
    changed = login(bishnu).patch(path_of(member), {"is_active": False})
    assert changed.status_code == 200
    assert changed.json()["is_active"] is False
    assert [booking["reference"] for booking in changed.json()["future_bookings"]] == [ahead.reference]
    assert api.get(f"/api/services/{service.pk}/").json()["staff"] == []


def test_a_member_without_bookings_is_deleted(login: Login, bishnu: User, member: StaffMember) -> None:
    ServiceFactory(provider=bishnu, staff=[member])
    assert login(bishnu).delete(path_of(member)).status_code == 204
    with pytest.raises(Http404):
        staff_delete(member=member, now=timezone.now())


def test_a_booked_member_is_not_deleted(
    login: Login, bishnu: User, kamala: User, member: StaffMember
) -> None:
    service = ServiceFactory(provider=bishnu, staff=[member])
    ahead = booking_of(service, member, kamala, timezone.now() + timedelta(days=3))
    answer = login(bishnu).delete(path_of(member))
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "in_use"
    assert [booking["id"] for booking in answer.json()["bookings"]] == [ahead.pk]
    member.refresh_from_db()
    assert member.is_active


def test_a_member_who_joins_offers_what_nobody_was_chosen_for(login: Login, bishnu: User) -> None:
    everybodys = ServiceFactory(provider=bishnu)
    ServiceFactory(provider=bishnu, is_staff_chosen=True)

    answer = login(bishnu).post("/api/staff/", {"full_name": "Sita Magar"})

    assert answer.json()["services"] == [everybodys.pk]


def test_naming_the_members_of_a_service_chooses_them(login: Login, bishnu: User) -> None:
    member = StaffFactory(provider=bishnu)
    service = ServiceFactory(provider=bishnu)

    login(bishnu).patch(f"/api/services/{service.pk}/", {"staff": [member.pk]})
    answer = login(bishnu).post("/api/staff/", {"full_name": "Sita Magar"})

    assert answer.json()["services"] == []


def test_taking_a_service_from_a_member_chooses_the_others(login: Login, bishnu: User) -> None:
    service = ServiceFactory(provider=bishnu)
    member = StaffFactory(provider=bishnu)
    member.services.add(service)

    login(bishnu).patch(f"/api/staff/{member.pk}/", {"services": []})

    service.refresh_from_db()
    assert service.is_staff_chosen
