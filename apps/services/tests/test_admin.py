"""The catalogue in the admin."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from apps.accounts.models import User
from apps.services.models import Service
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import CategoryFactory, CityFactory, ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db
SERVICES = reverse("admin:services_service_changelist")


@pytest.fixture
def office(anita: User) -> Client:
    """A browser in which Anita is logged in to the admin."""
    client = Client()
    client.force_login(anita)
    return client


def form_of(service: Service, **changes: Any) -> dict[str, Any]:
    """Return what the form sends when nothing in it was touched but `changes`."""
    numbers = {
        field.name: getattr(service, field.name)
        for field in Service._meta.fields
        if field.name.endswith(("_minutes", "_days", "_percent")) or field.name == "max_bookings"
    }
    return {
        **numbers,
        "provider": service.provider_id,
        "category": service.category_id,
        "cities": [CityFactory().pk],
        "title": service.title,
        "slug": service.slug,
        "price": "1500",
        **changes,
    }


def shown(office: Client, **query: str) -> set[str]:
    return {service.title for service in office.get(SERVICES, query).context["cl"].result_list}


def test_the_review_list_holds_what_is_new_and_what_was_changed(office: Client) -> None:
    ServiceFactory(title="Settled")
    ServiceFactory(title="New", status="pending")
    ServiceFactory(title="Changed", changed_since_review_at=timezone.now())
    assert shown(office, review="needed") == {"New", "Changed"}
    assert shown(office) == {"Settled", "New", "Changed"}


def test_services_are_searched_and_filtered(office: Client, bishnu: User) -> None:
    pokhara = CityFactory(slug="pokhara")
    ServiceFactory(title="Yoga", provider=bishnu, cities=[pokhara])
    ServiceFactory(title="Cleaning", status="paused")
    assert shown(office, q="Tamang") == {"Yoga"}
    assert shown(office, status__exact="paused") == {"Cleaning"}
    assert shown(office, cities__id__exact=str(pokhara.pk)) == {"Yoga"}


@pytest.mark.parametrize(("action", "status"), [("approve", "active"), ("reject", "rejected")])
def test_a_service_is_approved_and_rejected_after_a_question(
    office: Client, action: str, status: str
) -> None:
    service = ServiceFactory(status="pending", changed_since_review_at=timezone.now())
    address = reverse(f"admin:services_service_{action}", args=[service.pk])

    assert service.title in office.get(address).content.decode()
    assert Service.objects.get().status == "pending"

    assert f"{service.title}: {status}" in office.post(address, follow=True).content.decode()
    assert Service.objects.get(status=status).changed_since_review_at is None


@pytest.mark.parametrize("number", ["999999", "none"])
def test_a_service_that_is_not_there_can_not_be_approved(office: Client, number: str) -> None:
    assert office.post(f"{SERVICES}{number}/approve/").status_code == 404


def test_status_and_rating_can_not_be_typed_in(office: Client) -> None:
    service = ServiceFactory(rating=Decimal(3), status="pending")
    address = reverse("admin:services_service_change", args=[service.pk])
    answer = office.post(address, form_of(service, status="active", rating="5", title="Better", slug="new"))
    assert answer.status_code == 302
    changed = Service.objects.get()
    assert (changed.title, changed.status, changed.rating) == ("Better", "pending", Decimal("3.00"))
    assert (changed.slug, changed.changed_since_review_at) == (service.slug, None)


def test_a_review_that_comes_while_the_form_is_saved_is_not_counted_back(office: Client) -> None:
    service = ServiceFactory(status="active")
    address = reverse("admin:services_service_change", args=[service.pk])

    def review(instance: Service, **told: object) -> None:
        Service.objects.filter(pk=instance.pk).update(rating=Decimal(5), review_count=1, stars=5)

    pre_save.connect(review, sender=Service)
    try:
        assert office.post(address, form_of(service, title="Better")).status_code == 302
    finally:
        pre_save.disconnect(review, sender=Service)

    changed = Service.objects.get()
    assert (changed.title, changed.rating, changed.review_count) == ("Better", Decimal("5.00"), 1)


def test_a_service_added_here_is_offered_by_all_active_members(office: Client, bishnu: User) -> None:
    member = StaffFactory(provider=bishnu)
    service = Service(
        provider=bishnu, category=CategoryFactory(), title="Yoga", slug="yoga", duration_minutes=60
    )
    answer = office.post(reverse("admin:services_service_add"), form_of(service))
    assert answer.status_code == 302
    assert list(Service.objects.get().staff.all()) == [member]


def test_pictures_are_written_anew_and_take_the_place_of_the_one_before(
    office: Client,
    media_folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    buffer = BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, format="JPEG", comment=b"Secret place")
    service = ServiceFactory()
    address = reverse("admin:services_service_change", args=[service.pk])
    upload = SimpleUploadedFile("cat.jpg", buffer.getvalue())
    assert office.post(address, form_of(service, image=upload)).status_code == 302
    first = {file.name for file in (media_folder / "services").glob("*")}
    assert len(first) == 4
    assert not any(b"Secret" in (media_folder / "services" / name).read_bytes() for name in first)
    service.refresh_from_db()
    assert (service.image_width, service.image_height) == (8, 8)
    with django_capture_on_commit_callbacks(execute=True):
        office.post(address, form_of(service, image=SimpleUploadedFile("cat.jpg", buffer.getvalue())))
    assert first.isdisjoint(file.name for file in (media_folder / "services").glob("*"))


def test_other_pictures_are_refused(office: Client, media_folder: Path) -> None:
    buffer = BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, format="GIF")
    service = ServiceFactory()
    address = reverse("admin:services_service_change", args=[service.pk])
    upload = SimpleUploadedFile("cat.gif", buffer.getvalue())
    answer = office.post(address, form_of(service, image=upload))
    (error,) = answer.context["adminform"].errors["image"]
    assert "Upload a JPEG, PNG or WebP picture." in error


def test_services_and_members_are_not_deleted_here(office: Client) -> None:
    service, member = ServiceFactory(), StaffFactory()
    assert office.post(reverse("admin:services_service_delete", args=[service.pk])).status_code == 403
    assert office.post(reverse("admin:services_staffmember_delete", args=[member.pk])).status_code == 403


def test_deactivating_a_member_tells_how_many_bookings_stay(
    office: Client, bishnu: User, kamala: User
) -> None:
    member = StaffFactory(provider=bishnu)
    service = ServiceFactory(provider=bishnu, staff=[member])
    booking_of(service, member, kamala, timezone.now() + timedelta(days=1))
    address = reverse("admin:services_staffmember_change", args=[member.pk])
    answer = office.post(address, {"full_name": "Maya", "gender": "", "services": [service.pk]})
    assert "Bookings ahead that stay: 1." in [str(message) for message in get_messages(answer.wsgi_request)]
    member.refresh_from_db()
    assert not member.is_active


@pytest.mark.parametrize("name", ["service", "staffmember", "city", "category"])
def test_lists_take_few_queries_whatever_their_length(
    office: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        city, category = CityFactory(slug=f"city-{number}"), CategoryFactory(slug=f"category-{number}")
        provider = ServiceFactory(cities=[city], category=category).provider
        StaffFactory(provider=provider)
    with django_assert_max_num_queries(12):
        assert office.get(reverse(f"admin:services_{name}_changelist")).status_code == 200
