"""Creating, changing, approving and deleting services."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.localtime import local_iso
from apps.services.actions import service_approve, service_delete, service_reject, service_update
from apps.services.models import Service
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], APIClient]


def new_service(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Deep Home Cleaning",
        "description": "Kitchen and windows.",
        "category": CategoryFactory().pk,
        "cities": [CityFactory().pk],
        "price": "2500.00",
        "duration_minutes": 120,
    } | changes


def path_of(service: Service) -> str:
    return f"/api/services/{service.pk}/"


@pytest.fixture
def service(bishnu: User) -> Service:
    return ServiceFactory(provider=bishnu, title="Cleaning", staff=[StaffFactory(provider=bishnu)])


def test_a_new_service_waits_for_approval_and_has_the_usual_rules(login: Login, bishnu: User) -> None:
    answer = login(bishnu).post("/api/services/", new_service(status="active", rating="5.00", review_count=9))

    assert answer.status_code == 201
    made = answer.json()
    assert made["status"] == "pending"
    assert made["provider"] == bishnu.pk
    assert made["slug"] == "deep-home-cleaning"
    assert (made["rating"], made["review_count"]) == (None, 0)
    assert made["max_bookings"] == 1
    assert made["late_cancellation_fee_percent"] == 50
    assert made["reconfirm_after_reschedule"] is False
    assert login(bishnu).get(f"/api/services/{made['id']}/").json() == made


def test_a_new_service_is_offered_by_all_active_members(login: Login, bishnu: User) -> None:
    working = StaffFactory.create_batch(2, provider=bishnu)
    StaffFactory(provider=bishnu, is_active=False)
    StaffFactory()
    made = login(bishnu).post("/api/services/", new_service()).json()
    assert [member["id"] for member in made["staff"]] == [member.pk for member in working]


def test_members_can_be_named(login: Login, bishnu: User) -> None:
    first, second = StaffFactory.create_batch(2, provider=bishnu)
    made = login(bishnu).post("/api/services/", new_service(staff=[second.pk, second.pk])).json()
    assert [member["id"] for member in made["staff"]] == [second.pk]
    changed = login(bishnu).patch(f"/api/services/{made['id']}/", {"staff": [first.pk]}).json()
    assert [member["id"] for member in changed["staff"]] == [first.pk]
    assert login(bishnu).patch(f"/api/services/{made['id']}/", {"staff": []}).json()["staff"] == []


def test_somebody_elses_member_is_refused_like_an_unknown_one(login: Login, bishnu: User) -> None:
    foreign = StaffFactory()
    known = login(bishnu).post("/api/services/", new_service(staff=[foreign.pk]))
    unknown = login(bishnu).post("/api/services/", new_service(staff=[foreign.pk + 1000]))
    assert known.status_code == unknown.status_code == 400
    assert known.json()["errors"][0]["code"] == unknown.json()["errors"][0]["code"] == "does_not_exist"
    assert known.json()["errors"][0]["attr"] == unknown.json()["errors"][0]["attr"] == "staff"
    assert not Service.objects.exists()


def test_two_services_of_one_title_have_slugs_of_their_own(login: Login, bishnu: User) -> None:
    first = login(bishnu).post("/api/services/", new_service()).json()
    second = login(bishnu).post("/api/services/", new_service()).json()
    assert second["slug"].startswith("deep-home-cleaning-")
    assert first["slug"] != second["slug"]


def test_a_nepali_title_has_a_slug_too(login: Login, bishnu: User) -> None:
    made = login(bishnu).post("/api/services/", new_service(title="घर सफाइ")).json()
    assert made["title"] == "घर सफाइ"
    assert made["slug"] == "ghar-safai"


def test_two_of_one_nepali_title_have_slugs_of_their_own(login: Login, bishnu: User) -> None:
    provider = login(bishnu)
    slugs = [provider.post("/api/services/", new_service(title="घर सफाइ")).json()["slug"] for _ in range(2)]
    assert slugs[0] == "ghar-safai"
    assert slugs[1].startswith("ghar-safai-")


def test_a_title_in_another_script_has_a_slug_too(login: Login, bishnu: User) -> None:
    made = login(bishnu).post("/api/services/", new_service(title="按摩")).json()
    assert made["slug"] == "service"


def test_a_slug_stays_when_the_title_changes(login: Login, bishnu: User, service: Service) -> None:
    changed = login(bishnu).patch(path_of(service), {"title": "Other", "slug": "other"}).json()
    assert (changed["title"], changed["slug"]) == ("Other", service.slug)


@pytest.mark.parametrize(
    ("changes", "attr"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 121}, "title"),
        ({"title": "nul\x00byte"}, "title"),
        ({"title": ["list"]}, "title"),
        ({"price": "0"}, "price"),
        ({"price": "-5"}, "price"),
        ({"price": "1.999"}, "price"),
        ({"price": "9" * 30}, "price"),
        ({"price": None}, "price"),
        ({"discount_price": "2500.01"}, "discount_price"),
        ({"discount_price": "0"}, "discount_price"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"duration_minutes": 1441}, "duration_minutes"),
        ({"duration_minutes": 10**30}, "duration_minutes"),
        ({"max_bookings": 0}, "max_bookings"),
        ({"late_cancellation_fee_percent": 101}, "late_cancellation_fee_percent"),
        ({"min_notice_minutes": -1}, "min_notice_minutes"),
        ({"max_advance_days": 0}, "max_advance_days"),
        ({"category": 999}, "category"),
        ({"category": 10**30}, "category"),
        ({"category": "x"}, "category"),
        ({"cities": []}, "cities"),
        ({"cities": [999]}, "cities"),
        ({"cities": [10**18]}, "cities"),
        ({"cities": list(range(1, 200))}, "cities"),
        ({"cities": "kathmandu"}, "cities"),
        ({"cities": [True]}, "cities.0"),
        ({"cities": [10**30]}, "cities.0"),
        ({"staff": [None]}, "staff.0"),
        ({"image": "picture.png"}, "image"),
    ],
)
def test_bad_values_are_refused(login: Login, bishnu: User, changes: dict[str, Any], attr: str) -> None:
    answer = login(bishnu).post("/api/services/", new_service(**changes))
    assert answer.status_code == 400
    assert [error["attr"] for error in answer.json()["errors"]] == [attr]
    assert not Service.objects.exists()


def test_what_a_service_needs_is_named_when_it_is_missing(login: Login, bishnu: User) -> None:
    errors = login(bishnu).post("/api/services/", {}).json()["errors"]
    assert {error["attr"] for error in errors} == {"title", "category", "cities", "price", "duration_minutes"}
    assert {error["code"] for error in errors} == {"required"}


def test_only_providers_and_admins_write(
    api: APIClient, login: Login, kamala: User, service: Service
) -> None:
    for client, status in ((api, 401), (login(kamala), 403)):
        assert client.post("/api/services/", new_service()).status_code == status
        assert client.patch(path_of(service), {"title": "Mine"}).status_code == status
        assert client.delete(path_of(service)).status_code == status
        assert client.post(f"{path_of(service)}approve/").status_code == status


def test_another_providers_service_is_not_found_though_everybody_sees_it(
    login: Login, gita: User, service: Service
) -> None:
    assert login(gita).get(path_of(service)).status_code == 200
    assert login(gita).patch(path_of(service), {"title": "Mine"}).status_code == 404
    assert login(gita).delete(path_of(service)).status_code == 404
    service.refresh_from_db()
    assert service.title == "Cleaning"


def test_providers_name_nobody_but_themselves(login: Login, bishnu: User, gita: User) -> None:
    assert login(bishnu).post("/api/services/", new_service(provider=gita.pk)).status_code == 400
    assert login(bishnu).post("/api/services/", new_service(provider=bishnu.pk)).status_code == 201


def test_admins_name_the_provider(login: Login, anita: User, bishnu: User, kamala: User) -> None:
    made = login(anita).post("/api/services/", new_service(provider=bishnu.pk))
    assert made.json()["provider"] == bishnu.pk
    missing = login(anita).post("/api/services/", new_service())
    assert missing.json()["errors"][0] == {
        "code": "required",
        "detail": "This field is required.",
        "attr": "provider",
    }
    assert login(anita).post("/api/services/", new_service(provider=kamala.pk)).status_code == 400


def test_a_services_provider_never_changes(
    login: Login, anita: User, bishnu: User, gita: User, service: Service
) -> None:
    assert login(anita).patch(path_of(service), {"provider": gita.pk}).json()["provider"] == bishnu.pk


def test_a_change_keeps_a_service_active_and_puts_it_on_the_review_list(
    login: Login, bishnu: User, service: Service
) -> None:
    city = CityFactory(slug="pokhara")
    answer = login(bishnu).patch(path_of(service), {"price": "999.5", "cities": [city.pk]})
    assert answer.status_code == 200
    assert answer.json()["price"] == "999.50"
    assert answer.json()["cities"] == [city.pk]
    assert answer.json()["status"] == "active"
    assert "future_bookings" not in answer.json()
    service.refresh_from_db()
    assert service.changed_since_review_at is not None


@pytest.mark.parametrize("changes", [{}, {"title": "Cleaning", "price": "1500"}, {"status": "paused"}])
def test_what_changes_nothing_needs_no_review(
    login: Login, bishnu: User, service: Service, changes: dict[str, Any]
) -> None:
    changes = changes | {"cities": [city.pk for city in service.cities.all()]}
    assert login(bishnu).patch(path_of(service), changes).status_code == 200
    service.refresh_from_db()
    assert service.changed_since_review_at is None


def test_what_an_admin_changes_needs_no_review(login: Login, anita: User, service: Service) -> None:
    assert login(anita).patch(path_of(service), {"title": "Better"}).json()["title"] == "Better"
    service.refresh_from_db()
    assert service.changed_since_review_at is None


def test_the_discount_may_not_rise_above_the_price_in_two_steps(
    login: Login, bishnu: User, service: Service
) -> None:
    assert login(bishnu).patch(path_of(service), {"discount_price": "1400"}).status_code == 200
    answer = login(bishnu).patch(path_of(service), {"price": "1300"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "discount_price"
    service.refresh_from_db()
    assert service.price == Decimal("1500.00")
    both = login(bishnu).patch(path_of(service), {"price": "1300", "discount_price": None})
    assert both.json()["discount_price"] is None


def test_a_provider_pauses_and_resumes(login: Login, bishnu: User, service: Service) -> None:
    assert login(bishnu).patch(path_of(service), {"status": "paused"}).json()["status"] == "paused"
    assert login(bishnu).patch(path_of(service), {"status": "active"}).json()["status"] == "active"


def test_pausing_shows_the_bookings_that_stay(
    login: Login, bishnu: User, kamala: User, service: Service
) -> None:
    member = service.staff.get()
    start = timezone.now().replace(microsecond=0) + timedelta(days=2)
    ahead = booking_of(service, member, kamala, start)
    booking_of(service, member, kamala, start, status="cancelled")
    booking_of(service, member, kamala, start - timedelta(days=9))

    paused = login(bishnu).patch(path_of(service), {"status": "paused"}).json()

    assert paused["future_bookings"] == [
        {"id": ahead.pk, "reference": ahead.reference, "starts_at": local_iso(start)}
    ]
    assert Booking.objects.filter(status="confirmed").count() == 2


@pytest.mark.parametrize(
    ("before", "wanted"),
    [("pending", "active"), ("rejected", "active"), ("pending", "paused"), ("active", "rejected")],
)
def test_nobody_approves_or_rejects_by_changing(
    login: Login, bishnu: User, service: Service, before: str, wanted: str
) -> None:
    Service.objects.update(status=before)
    answer = login(bishnu).patch(path_of(service), {"status": wanted, "title": "Changed"})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "invalid_transition"
    service.refresh_from_db()
    assert (service.status, service.title) == (before, "Cleaning")


def test_the_status_a_service_has_may_be_sent_along(login: Login, bishnu: User, service: Service) -> None:
    Service.objects.update(status="pending")
    answer = login(bishnu).patch(path_of(service), {"status": "pending", "title": "Changed"})
    assert answer.json()["title"] == "Changed"


def test_an_unknown_status_is_refused(login: Login, bishnu: User, service: Service) -> None:
    assert login(bishnu).patch(path_of(service), {"status": "closed"}).status_code == 400


def test_an_admin_approves_and_may_do_so_again(
    api: APIClient, login: Login, anita: User, service: Service
) -> None:
    Service.objects.update(status="pending", changed_since_review_at=timezone.now())
    for _ in range(2):
        answer = login(anita).post(f"{path_of(service)}approve/")
        assert answer.status_code == 200
        assert answer.json()["status"] == "active"
    service.refresh_from_db()
    assert service.changed_since_review_at is None
    assert api.get(path_of(service)).status_code == 200


def test_a_provider_does_not_approve(login: Login, bishnu: User, gita: User, service: Service) -> None:
    assert login(bishnu).post(f"{path_of(service)}approve/").status_code == 403
    assert login(gita).post(f"{path_of(service)}approve/").status_code == 403


def test_approving_what_is_not_there_is_404(login: Login, anita: User) -> None:
    assert login(anita).post("/api/services/999/approve/").status_code == 404


def test_approving_leaves_a_paused_service_paused(anita: User, service: Service) -> None:
    Service.objects.update(status="paused", changed_since_review_at=timezone.now())
    reviewed = service_approve(service=service, actor=anita)
    assert (reviewed.status, reviewed.changed_since_review_at) == ("paused", None)


def test_a_rejected_service_leaves_the_catalogue_and_can_be_approved_later(
    api: APIClient, anita: User, service: Service
) -> None:
    service_reject(service=service, actor=anita)
    assert api.get(path_of(service)).status_code == 404
    assert service_approve(service=service, actor=anita).status == "active"


def test_a_service_without_bookings_is_deleted(login: Login, bishnu: User, service: Service) -> None:
    assert login(bishnu).delete(path_of(service)).status_code == 204
    assert login(bishnu).delete(path_of(service)).status_code == 404


def test_a_booked_service_is_not_deleted(login: Login, bishnu: User, kamala: User, service: Service) -> None:
    member = service.staff.get()
    now: datetime = timezone.now()
    ahead = booking_of(service, member, kamala, now + timedelta(days=1), status="pending")
    booking_of(service, member, kamala, now - timedelta(days=1), status="completed")

    answer = login(bishnu).delete(path_of(service))

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "in_use"
    assert [booking["id"] for booking in answer.json()["bookings"]] == [ahead.pk]
    service.refresh_from_db()
    assert service.status == "active"


def test_put_is_not_offered(login: Login, bishnu: User, service: Service) -> None:
    assert login(bishnu).put(path_of(service), new_service()).status_code == 405


def test_a_service_that_was_deleted_meanwhile_is_not_found(anita: User, service: Service) -> None:
    Service.objects.filter(pk=service.pk).delete()
    with pytest.raises(Http404):
        service_update(service=service, actor=anita, now=timezone.now(), title="Late")
    with pytest.raises(Http404):
        service_delete(service=service, now=timezone.now())
