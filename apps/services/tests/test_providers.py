"""A provider's public page."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db


def test_a_provider_is_shown_with_services_and_figures(api: APIClient, bishnu: User, kamala: User) -> None:
    User.objects.filter(pk=bishnu.pk).update(date_joined=datetime(2025, 3, 31, 18, 30, tzinfo=UTC))
    member = StaffFactory(provider=bishnu)
    shown = ServiceFactory(provider=bishnu, staff=[member], rating=Decimal(5), review_count=1, stars=5)
    paused = ServiceFactory(
        provider=bishnu, status="paused", rating=Decimal("4.33"), review_count=3, stars=13
    )
    ServiceFactory(provider=bishnu)
    booking_of(paused, member, kamala, timezone.now(), status="completed")
    booking_of(paused, member, kamala, timezone.now(), status="cancelled")

    page = api.get(f"/api/providers/{bishnu.pk}/").json()

    assert page["id"] == bishnu.pk
    assert page["name"] == "Bishnu Tamang"
    assert page["since"] == "2025-04-01"
    assert len(page["services"]) == 2
    assert page["services"][1] == api.get(f"/api/services/{shown.pk}/").json()
    assert (page["rating"], page["review_count"], page["completed_bookings"]) == ("4.50", 4, 1)


def test_a_new_provider_has_no_rating(api: APIClient, bishnu: User) -> None:
    page = api.get(f"/api/providers/{bishnu.pk}/").json()
    assert (page["services"], page["rating"], page["review_count"]) == ([], None, 0)


def test_neither_email_nor_phone_is_shown(api: APIClient, bishnu: User) -> None:
    ServiceFactory(provider=bishnu, staff=[StaffFactory(provider=bishnu)])
    text = json.dumps(api.get(f"/api/providers/{bishnu.pk}/").json())
    assert bishnu.email not in text
    assert bishnu.phone not in text


def test_others_have_no_such_page(api: APIClient, kamala: User, anita: User, bishnu: User) -> None:
    bishnu.is_active = False
    bishnu.save()
    for number in (kamala.pk, anita.pk, bishnu.pk, 999, 10**30):
        assert api.get(f"/api/providers/{number}/").status_code == 404


def test_a_page_takes_six_queries_whatever_is_on_it(
    api: APIClient, bishnu: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for member in StaffFactory.create_batch(5, provider=bishnu):
        ServiceFactory(provider=bishnu, staff=[member])
    with django_assert_max_num_queries(6):
        assert len(api.get(f"/api/providers/{bishnu.pk}/").json()["services"]) == 5
