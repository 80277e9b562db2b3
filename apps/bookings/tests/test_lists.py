"""Who sees which bookings, and how they are narrowed and ordered."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import Wizard, error_of
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

URL = "/api/bookings/"
FIELDS = [
    "id",
    "reference",
    "customer",
    "customer_details",
    "service",
    "service_details",
    "staff",
    "staff_details",
    "booking_slot",
    "booking_date",
    "booking_date_bs",
    "booking_time",
    "starts_at",
    "ends_at",
    "estimated_duration",
    "address",
    "city",
    "phone",
    "special_instructions",
    "preferred_provider_gender",
    "is_recurring",
    "recurring_frequency",
    "series",
    "status",
    "booking_step",
    "price",
    "discount",
    "fee",
    "total_amount",
    "payment_method",
    "payment_status",
    "payment",
    "cancellation_reason",
    "rejection_reason",
    "confirmed_at",
    "started_at",
    "completed_at",
    "no_show_at",
    "dispute",
    "allowed_actions",
    "created_at",
    "updated_at",
    "respond_by",
]


@pytest.fixture
def see(client_of: ClientOf) -> Callable[..., list[int]]:
    """Return the ids that a user sees in a list."""

    def ids(user: User, url: str = URL, **query: Any) -> list[int]:
        answer = client_of(user).get(url, query)
        assert answer.status_code == 200, answer.json()
        body = answer.json()
        assert body["count"] == len(body["results"])
        return [booking["id"] for booking in body["results"]]

    return ids


See = Callable[..., list[int]]


def test_a_booking_has_the_fields_of_the_contract(
    client_of: ClientOf, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service)

    shown = client_of(kamala).get(f"{URL}{booking.pk}/").json()

    assert list(shown) == FIELDS
    assert shown["customer_details"] == {"id": kamala.pk, "full_name": "Kamala Shrestha", "phone": None}
    assert shown["service_details"] == {
        "id": service.pk,
        "title": service.title,
        "slug": service.slug,
        "duration_minutes": 60,
        "provider": {"id": service.provider_id, "full_name": "Bishnu Tamang", "phone": None},
    }
    assert shown["price"] == shown["total_amount"] == "1500.00"
    assert shown["discount"] == shown["fee"] == "0.00"
    assert client_of(kamala).get(URL).json()["results"] == [shown]


def test_instants_carry_the_marketplaces_offset(
    client_of: ClientOf, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service, days=3, at="10:00")

    shown = client_of(kamala).get(f"{URL}{booking.pk}/").json()

    assert shown["starts_at"] == "2026-12-10T10:00:00+05:45"
    assert shown["created_at"] == shown["updated_at"] == "2026-12-07T08:00:00+05:45"


def test_everybody_sees_his_own(
    see: See, kamala: User, suresh: User, bishnu: User, gita: User, anita: User, service: Service
) -> None:
    mine = booked(kamala, service, at="10:00").pk
    other = booked(suresh, service, at="11:00").pk
    elsewhere = booked(suresh, BookableServiceFactory(provider=gita)).pk

    assert see(kamala) == [mine]
    assert see(suresh) == [elsewhere, other]
    assert see(bishnu) == [other, mine]
    assert see(gita) == [elsewhere]
    assert see(anita) == [elsewhere, other, mine]


def test_a_draft_is_its_customers_alone(
    see: See, client_of: ClientOf, kamala: User, suresh: User, bishnu: User, anita: User, service: Service
) -> None:
    draft = draft_at_payment_step(kamala, service)

    assert see(kamala, status="draft") == [draft.pk]
    for user in (suresh, bishnu, anita):
        assert see(user, status="draft") == []
        assert client_of(user).get(f"{URL}{draft.pk}/").status_code == 404


def test_drafts_are_listed_only_when_asked_for(see: See, kamala: User, service: Service) -> None:
    draft = draft_at_payment_step(kamala, service, at="10:00").pk
    made = booked(kamala, service, at="11:00").pk

    assert see(kamala) == [made]
    assert see(kamala, status="draft") == [draft]
    assert see(kamala, "/api/bookings/customer-bookings/") == [made]


def test_a_provider_sees_no_request_that_was_never_sent(
    see: See,
    client_of: ClientOf,
    kamala: User,
    bishnu: User,
    service: Service,
    clock: time_machine.Traveller,
) -> None:
    draft = draft_at_payment_step(kamala, service, days=9)
    clock.shift(timedelta(hours=72))
    call_command("expire_holds")

    assert see(kamala, status="expired") == [draft.pk]
    assert see(bishnu) == []
    assert client_of(bishnu).get(f"{URL}{draft.pk}/").status_code == 404


def test_a_provider_sees_a_request_that_expired(
    see: See, kamala: User, bishnu: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service)
    clock.shift(timedelta(hours=24))
    call_command("expire_holds")

    assert see(bishnu, status="expired") == [booking.pk]


def test_a_strangers_booking_is_not_found(
    client_of: ClientOf, kamala: User, suresh: User, gita: User, service: Service
) -> None:
    booking = booked(kamala, service)

    for user in (suresh, gita):
        assert error_of(client_of(user).get(f"{URL}{booking.pk}/"))[:2] == (404, "not_found")


def test_without_a_login_there_is_no_list(api: APIClient, db: None) -> None:
    for path in ("", "1/", "1/history/", "customer-bookings/", "provider-bookings/"):
        assert api.get(URL + path).status_code == 401


def test_dropped_drafts_are_gone_for_everybody(see: See, wizard: Wizard, kamala: User, anita: User) -> None:
    wizard.walk_to("payment").drop()

    assert see(kamala) == see(kamala, status="expired") == see(anita) == []
    assert Booking.objects.count() == 1
