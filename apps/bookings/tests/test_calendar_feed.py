"""The private calendar of a user, which other companies' servers read."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import PASSWORD
from apps.bookings import actions, calendar_selectors
from apps.bookings.api import calendars
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, CalendarFeed
from apps.bookings.tests.calendars import Calendar, events_of, text_of
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.services.models import Service, StaffMember
from apps.slots.tests.factories import BookableServiceFactory

ADDRESS = "/api/calendar/"


def feed_of(user: User) -> str:
    """Return the path of a user's new address."""
    return f"{ADDRESS}{actions.calendar_feed_renew(user=user, now=timezone.now())}.ics"


Read = Callable[[str], bytes]


@pytest.fixture
def read(api: APIClient) -> Read:
    """Read a path as a calendar does: without a login."""

    def file(path: str) -> bytes:
        answer = api.get(path, headers={"Accept": "text/calendar"})
        assert answer.status_code == 200
        return bytes(answer.content)

    return file


def summaries(file: bytes) -> list[str]:
    return [text_of(event, "uid").partition("@")[0] for event in events_of(file)]


def test_the_address_is_told_once_and_leads_to_the_calendar(
    client_of: ClientOf, kamala: User, read: Read, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://sewabazaar.example"

    answer = client_of(kamala).post(ADDRESS)
    told = answer.json()

    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "private, no-store")
    assert re.fullmatch(r"https://sewabazaar.example/api/calendar/[\w-]{22}\.ics", told["url"])
    assert told["webcal_url"] == told["url"].replace("https://", "webcal://")
    assert events_of(read(told["url"].removeprefix(settings.PUBLIC_URL))) == []
    assert client_of(kamala).get(ADDRESS).json() == {"created_at": told["created_at"]}


def test_the_database_does_not_know_the_secret(kamala: User) -> None:
    secret = actions.calendar_feed_renew(user=kamala, now=timezone.now())

    assert secret not in str(CalendarFeed.objects.values().get())


def test_a_renewed_address_takes_the_old_ones_place(api: APIClient, kamala: User, read: Read) -> None:
    old, new = feed_of(kamala), feed_of(kamala)

    assert api.get(old).status_code == 404
    assert read(new)
    assert CalendarFeed.objects.count() == 1


def test_switched_off_it_leads_nowhere(api: APIClient, client_of: ClientOf, kamala: User) -> None:
    path = feed_of(kamala)

    for _ in range(2):
        assert client_of(kamala).delete(ADDRESS).status_code == 204
    assert api.get(path).status_code == client_of(kamala).get(ADDRESS).status_code == 404


@pytest.mark.parametrize(("method", "status"), [("get", 404), ("post", 201), ("delete", 204)])
def test_customers_and_providers_have_one(
    api: APIClient, client_of: ClientOf, anita: User, bishnu: User, method: str, status: int
) -> None:
    assert getattr(api, method)(ADDRESS).status_code == 401
    assert getattr(client_of(anita), method)(ADDRESS).status_code == 403
    assert getattr(client_of(bishnu), method)(ADDRESS).status_code == status


@pytest.mark.parametrize("secret", ["unknown", "a" * 22, "a" * 500, "%00", "नेपाल", "..", "x.ics"])
def test_an_unknown_secret_costs_one_query(
    api: APIClient, db: None, secret: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = api.get(f"{ADDRESS}{secret}.ics")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, "not_found")


def test_whoever_may_not_log_in_has_no_calendar(api: APIClient, kamala: User) -> None:
    path = feed_of(kamala)
    kamala.is_active = False
    kamala.save()

    assert api.get(path).status_code == 404


def test_whoever_became_an_admin_has_none_either(api: APIClient, kamala: User) -> None:
    path = feed_of(kamala)
    kamala.role = "admin"
    kamala.save()

    assert api.get(path).status_code == 404


def test_customers_see_their_bookings_and_providers_those_of_their_services(
    read: Read, kamala: User, suresh: User, bishnu: User, gita: User, service: Service
) -> None:
    mine = booked(kamala, service, at="10:00").reference
    other = booked(suresh, service, at="11:00").reference
    elsewhere = booked(kamala, BookableServiceFactory(provider=gita), at="12:00").reference

    assert summaries(read(feed_of(kamala))) == [mine, elsewhere]
    assert summaries(read(feed_of(bishnu))) == [mine, other]
    assert summaries(read(feed_of(gita))) == [elsewhere]


def test_drafts_are_in_no_calendar(read: Read, kamala: User, bishnu: User, service: Service) -> None:
    draft_at_payment_step(kamala, service)

    assert summaries(read(feed_of(kamala))) == summaries(read(feed_of(bishnu))) == []


def test_ninety_days_back(read: Read, kamala: User, service: Service, clock: time_machine.Traveller) -> None:
    booking = booked(kamala, service)
    assert booking.starts_at is not None
    path = feed_of(kamala)

    clock.move_to(booking.starts_at + timedelta(days=90))
    assert summaries(read(path)) == [booking.reference]
    clock.shift(timedelta(seconds=1))
    assert summaries(read(path)) == []


def test_a_subscribed_calendar_follows_every_change(
    read: Read, kamala: User, bishnu: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking, path = booked(kamala, service), feed_of(kamala)
    calendar = Calendar().open(read(path))
    assert calendar.shows() == [("2026-12-10 10:00", "TENTATIVE")]

    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    assert calendar.open(read(path)).shows() == [("2026-12-10 10:00", "CONFIRMED")]
    actions.booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")
    assert calendar.open(read(path)).shows() == [("2026-12-10 10:00", "CANCELLED")]


def test_it_is_the_same_event_as_in_the_single_file(
    client_of: ClientOf, read: Read, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service)
    file = client_of(kamala).get(f"/api/bookings/{booking.pk}/calendar.ics").content

    (event,), (single,) = events_of(read(feed_of(kamala))), events_of(file)

    for name in ("uid", "sequence", "dtstart", "dtend", "status", "summary", "dtstamp"):
        assert text_of(event, name) == text_of(single, name)


def test_it_says_neither_where_nor_whom_to_call(
    read: Read, kamala: User, bishnu: User, service: Service
) -> None:
    booking = booked(kamala, service)
    actions.booking_change_details(
        booking_id=booking.pk, changes={"special_instructions": "The key is with 9812345678"}
    )

    for user in (kamala, bishnu):
        text = read(feed_of(user)).decode().replace("\r\n ", "")
        for private in ("Jhamsikhel", "9841234567", "9812345678", kamala.email, bishnu.email, "Shrestha"):
            assert private not in text
        assert "LOCATION" not in text
    assert "For: Kamala" in text


def test_it_says_its_name_and_when_to_look_again(read: Read, kamala: User) -> None:
    lines = read(feed_of(kamala)).decode().split("\r\n")

    assert {"X-WR-CALNAME:SewaBazaar", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= {
        *lines
    }
    assert not [line for line in lines if line.startswith("METHOD")]
    assert "BEGIN:VTIMEZONE" in lines


def test_the_same_again_is_304(
    api: APIClient, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking, path = booked(kamala, service), feed_of(kamala)
    first = api.get(path)
    known = {"If-None-Match": first.headers["ETag"]}

    assert api.get(path, headers=known).status_code == 304
    clock.shift(timedelta(hours=5))
    assert api.get(path, headers=known).status_code == 304
    actions.booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")
    assert api.get(path, headers=known).status_code == 200
    assert first.headers["Cache-Control"] == "private, no-store"


def test_what_is_known_costs_two_queries_and_no_rendering(
    api: APIClient,
    kamala: User,
    service: Service,
    clock: time_machine.Traveller,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    booked(kamala, service)
    path = feed_of(kamala)
    known = {"If-None-Match": api.get(path).headers["ETag"]}
    monkeypatch.setattr(calendars, "feed_file", lambda *args, **kwargs: pytest.fail("rendered"))

    with django_assert_num_queries(2):  # whose it is, and what it follows from
        assert api.get(path, headers=known).status_code == 304


def test_a_calendar_takes_three_queries_however_long(
    api: APIClient, kamala: User, service: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = feed_of(kamala)
    for number in range(9):
        booked(kamala, service, days=3 + number // 6, at=f"{10 + number % 6}:00")
        if number in (0, 8):
            with django_assert_num_queries(3):  # whose it is, what it follows from, and what is in it
                assert len(events_of(api.get(path).content)) == number + 1


@pytest.mark.parametrize(
    ("changed", "columns"),
    [
        (Service, {"title": "Another"}),
        (StaffMember, {"full_name": "Another"}),
        (User, {"full_name": "Another Name"}),
        (User, {"language": "ne"}),
        (Booking, {"status": "confirmed"}),
        (Booking, {"calendar_sequence": 7}),
    ],
)
def test_whatever_changes_in_it_changes_its_etag(
    api: APIClient,
    kamala: User,
    bishnu: User,
    service: Service,
    clock: time_machine.Traveller,
    changed: type[Model],
    columns: dict[str, Any],
) -> None:
    booked(kamala, service)
    path = feed_of(bishnu)
    first = api.get(path)
    changed._default_manager.update(**columns)

    again = api.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.content != first.content
    assert again.headers["ETag"] != first.headers["ETag"]


def test_of_very_many_the_nearest_are_shown_the_coming_ones_first(
    read: Read,
    kamala: User,
    service: Service,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    references = [booked(kamala, service, days=days).reference for days in (3, 4, 5, 6)]
    path = feed_of(kamala)
    monkeypatch.setattr(calendar_selectors, "MOST_APPOINTMENTS", 3)

    assert summaries(read(path)) == references[:3]
    clock.shift(timedelta(days=4.5))  # two are over
    assert summaries(read(path)) == references[1:]


def test_what_login_a_calendar_sends_along_does_not_matter(api: APIClient, kamala: User) -> None:
    for login in ("Bearer nonsense", "Basic a2FtYWxhOng="):
        assert api.get(feed_of(kamala), headers={"Authorization": login}).status_code == 200


def test_it_is_throttled_as_other_public_reads(api: APIClient, kamala: User, settings: Settings) -> None:
    settings.THROTTLE_ANON = "2/min"
    path = feed_of(kamala)

    assert [api.get(path).status_code for _ in range(3)] == [200, 200, 429]


def test_no_log_line_has_the_secret(api: APIClient, kamala: User, caplog: pytest.LogCaptureFixture) -> None:
    path = feed_of(kamala)
    secret = path.removeprefix(ADDRESS).removesuffix(".ics")
    with caplog.at_level(logging.DEBUG):
        for wrong in (
            path,
            f"{path}/",
            path.removesuffix(".ics"),
            f"/api{path}",
            path.replace("/api/", "/API/"),
        ):
            api.get(wrong)

    assert secret not in caplog.text
    assert "GET /api/calendar/<secret> 200 " in caplog.text


def test_reading_changes_nothing(read: Read, kamala: User, service: Service) -> None:
    booked(kamala, service)
    path = feed_of(kamala)
    before = [list(table.objects.values()) for table in (Booking, CalendarFeed)]

    read(path)

    assert [list(table.objects.values()) for table in (Booking, CalendarFeed)] == before


def test_a_new_password_ends_the_address(
    api: APIClient, kamala: User, login: Callable[[User], APIClient]
) -> None:
    path = feed_of(kamala)
    body = {"old_password": PASSWORD, "new_password": "terraced-Hills-81"}

    assert login(kamala).post("/api/auth/password-change/", body).status_code == 204
    assert api.get(path).status_code == 404
