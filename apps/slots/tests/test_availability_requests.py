"""How the two public reads are asked, and what they cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.services.models import Service, ServiceStatus
from apps.services.tests.factories import StaffFactory
from apps.slots.models import BookingSlot
from apps.slots.tests.conftest import AvailableSlots
from apps.slots.tests.factories import BookableServiceFactory, departs, off, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]

SLOTS = "/api/booking-slots/available-slots/"
DATES = "/api/booking-slots/available-dates/"
Login = Callable[[User], APIClient]


def asked(service: Service, **options: Any) -> dict[str, Any]:
    return {"service_id": service.pk, **options}


def test_a_month_counts_the_slots_of_every_day(api: APIClient, service: Service) -> None:
    taken(service, "2026-12-02 10:00")
    off(service.staff.get(), "2026-12-03 00:00", "2026-12-04 00:00")
    days = api.get(DATES, asked(service, month="2026-12")).json()
    assert len(days) == 31
    assert days[:4] == [
        {"date": "2026-12-01", "available_slots": 7},
        {"date": "2026-12-02", "available_slots": 6},
        {"date": "2026-12-03", "available_slots": 0},
        {"date": "2026-12-04", "available_slots": 7},
    ]


def test_a_month_ends_at_the_horizon(api: APIClient) -> None:
    service = BookableServiceFactory(max_advance_days=3)
    days = api.get(DATES, asked(service, month="2026-12")).json()
    assert [day["available_slots"] for day in days] == [7, 7, 7, 7] + [0] * 27


@pytest.mark.parametrize("month", ["2026-11", "2028-02", "0001-01", "9999-12"])
def test_a_past_or_far_month_has_no_slots(api: APIClient, service: Service, month: str) -> None:
    days = api.get(DATES, asked(service, month=month)).json()
    assert 28 <= len(days) <= 31
    assert {day["available_slots"] for day in days} == {0}


@pytest.mark.parametrize("date", ["2026-11-30", "0001-01-01", "9999-12-31"])
def test_a_past_or_far_date_has_no_slots(available: AvailableSlots, service: Service, date: str) -> None:
    assert available(service, date, include_unavailable=True) == []


@pytest.mark.parametrize(
    "query",
    [
        {"service_id": None},
        {"service_id": "first"},
        {"service_id": "-1"},
        {"service_id": "9" * 30},
        {"service_id": "1\x00"},
        {"date": None},
        {"date": ""},
        {"date": "2026-02-30"},
        {"date": "tomorrow"},
        {"date": "2026-12-02\x00"},
        {"staff": "somebody"},
        {"staff": "9" * 30},
        {"preferred_provider_gender": "robot"},
        {"include_unavailable": "perhaps"},
        {"booking_id": "mine"},
    ],
)
def test_a_missing_or_malformed_parameter_is_refused(
    api: APIClient, service: Service, query: dict[str, Any]
) -> None:
    complete = asked(service, date="2026-12-02") | query
    answer = api.get(SLOTS, {name: value for name, value in complete.items() if value is not None})
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert answer.json()["errors"][0]["attr"] == next(iter(query))


@pytest.mark.parametrize("month", [None, "", "2026", "2026-13", "2026-1", "26-12", "2026-12-01", "2026/12"])
def test_a_missing_or_malformed_month_is_refused(api: APIClient, service: Service, month: str | None) -> None:
    answer = api.get(DATES, asked(service) if month is None else asked(service, month=month))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "month"


@pytest.mark.parametrize("path", [f"{SLOTS}?date=2026-12-02", f"{DATES}?month=2026-12"])
def test_an_unknown_service_is_not_found(api: APIClient, path: str, db: None) -> None:
    for service_id in ("0", "404", str(2**63 - 1)):
        assert api.get(f"{path}&service_id={service_id}").status_code == 404


@pytest.mark.parametrize("status", [ServiceStatus.PENDING, ServiceStatus.PAUSED, ServiceStatus.REJECTED])
@pytest.mark.parametrize("path", [f"{SLOTS}?date=2026-12-02", f"{DATES}?month=2026-12"])
def test_an_inactive_service_is_not_found(api: APIClient, path: str, status: str) -> None:
    service = BookableServiceFactory(status=status)
    assert api.get(f"{path}&service_id={service.pk}").status_code == 404
    assert api.get(f"{path}&service_id={service.pk}&staff={service.staff.get().pk}").status_code == 404


def test_a_service_of_a_provider_who_left_is_not_found(api: APIClient, service: Service) -> None:
    User.objects.filter(pk=service.provider_id).update(is_active=False)
    assert api.get(SLOTS, asked(service, date="2026-12-02")).status_code == 404


def test_a_member_who_does_not_offer_the_service_is_refused(api: APIClient, service: Service) -> None:
    stranger = StaffFactory(provider=service.provider)
    answer = api.get(SLOTS, asked(service, date="2026-12-02", staff=stranger.pk))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "staff"


def test_ones_own_booking_can_be_left_out(login: Login, kamala: User, service: Service) -> None:
    booking = booked(kamala, service, days=1)
    taken(service, "2026-12-02 12:00")
    query = asked(service, date="2026-12-02", booking_id=booking.pk)
    assert len(login(kamala).get(SLOTS, query).json()) == 6
    month = asked(service, month="2026-12", booking_id=booking.pk)
    assert login(kamala).get(DATES, month).json()[1]["available_slots"] == 6
    assert len(login(service.provider).get(SLOTS, query).json()) == 6


def test_somebody_elses_booking_stays_in_the_way(
    login: Login, api: APIClient, kamala: User, suresh: User, service: Service
) -> None:
    booking = booked(kamala, service, days=1)
    booked(suresh, service, days=1, at="11:00")
    query = asked(service, date="2026-12-02", booking_id=booking.pk)
    assert len(api.get(SLOTS, query).json()) == 5
    assert len(login(suresh).get(SLOTS, query).json()) == 5


def test_an_unchanged_answer_is_not_sent_again(api: APIClient, service: Service) -> None:
    query = asked(service, date="2026-12-02")
    first = api.get(SLOTS, query)
    assert first["Cache-Control"] == "no-cache"
    again = api.get(SLOTS, query, headers={"If-None-Match": f'"other", W/{first["ETag"]}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    taken(service, "2026-12-02 10:00")
    changed = api.get(SLOTS, query, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_month_has_an_etag_too(api: APIClient, service: Service) -> None:
    query = asked(service, month="2026-12")
    etag = api.get(DATES, query)["ETag"]
    assert api.get(DATES, query, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_reads_are_only_read(api: APIClient, method: str, db: None) -> None:
    assert getattr(api, method)(SLOTS).status_code == 405


@pytest.mark.parametrize(("path", "when"), [(SLOTS, {"date": "2026-12-02"}), (DATES, {"month": "2026-12"})])
def test_a_read_never_writes_and_costs_the_same_with_many_bookings(
    login: Login, kamala: User, path: str, when: dict[str, str]
) -> None:
    service = BookableServiceFactory(members=3, max_bookings=4)
    member = service.staff.order_by("pk")[0]
    everything = asked(service, staff=member.pk, booking_id=1, **when)

    def queries() -> list[str]:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert login(kamala).get(path, everything).status_code == 200
        return [query["sql"] for query in captured]

    with_none = queries()
    for hour in range(10, 17):
        for _ in range(5):
            taken(service, f"2026-12-02 {hour}:00")
    departs(service, member, "2026-12-02 19:00", "2026-12-02 20:00")
    off(member, "2026-12-02 10:00", "2026-12-02 11:00")
    with_many = queries()

    assert len(with_many) == len(with_none) <= 5
    assert all(query.startswith("SELECT") for query in with_many)
    assert Booking.objects.count() == 0
    assert BookingSlot.objects.filter(is_override=False).count() > 0


@pytest.mark.parametrize(("path", "when"), [(SLOTS, {"date": "2026-12-02"}), (DATES, {"month": "2026-12"})])
def test_without_a_login_a_read_takes_two_statements(
    api: APIClient, path: str, when: dict[str, str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    service = BookableServiceFactory(members=3)
    with django_assert_num_queries(2):
        assert api.get(path, asked(service, **when)).status_code == 200


@pytest.mark.parametrize("path", [SLOTS, DATES])
def test_a_switched_off_feature_says_so(api: APIClient, settings: Any, path: str, service: Service) -> None:
    settings.ENABLE_BOOKING_SLOTS = False
    answer = api.get(path, asked(service))
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "feature_disabled"
