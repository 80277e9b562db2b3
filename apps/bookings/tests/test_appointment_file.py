"""One appointment as an iCalendar file: who gets it, what is in it, and how an update replaces it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.calendar_file import appointment_file
from apps.bookings.calendar_states import SHOWN_AS, calendars_must_notice
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.tests.calendars import Calendar, event_of, text_of
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import error_of
from apps.services.models import Service


def url(booking: Booking) -> str:
    return f"/api/bookings/{booking.pk}/calendar.ics"


def file_of(booking: Booking) -> bytes:
    """Return the file of a booking as it is now."""
    return appointment_file(Booking.objects.get(pk=booking.pk))


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """Kamala's, on Thursday at ten."""
    return booked(kamala, service)


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_customer_provider_and_admin_get_the_file(
    request: pytest.FixtureRequest, client_of: ClientOf, booking: Booking, name: str
) -> None:
    answer = client_of(request.getfixturevalue(name)).get(url(booking), headers={"Accept": "text/calendar"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{booking.reference}.ics"'
    assert text_of(event_of(answer.content), "summary") == booking.service.title


def test_nobody_else_gets_it(
    api: APIClient, client_of: ClientOf, suresh: User, gita: User, booking: Booking
) -> None:
    assert api.get(url(booking)).status_code == 401
    for stranger in (suresh, gita):
        assert error_of(client_of(stranger).get(url(booking)))[:2] == (404, "not_found")


def test_a_draft_is_no_appointment_yet(
    client_of: ClientOf, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    draft = draft_at_payment_step(kamala, service, days=9)
    assert error_of(client_of(kamala).get(url(draft)))[:2] == (404, "not_found")

    clock.shift(timedelta(hours=72))
    call_command("expire_holds")

    assert error_of(client_of(kamala).get(url(draft)))[:2] == (404, "not_found")


def test_the_same_again_is_304(client_of: ClientOf, kamala: User, booking: Booking) -> None:
    first = client_of(kamala).get(url(booking))
    again = client_of(kamala).get(url(booking), headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "private, no-store"


def test_it_takes_two_queries_at_most(
    login: Any, kamala: User, booking: Booking, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # who asks, and the booking
        login(kamala).get(url(booking))


def test_what_a_second_library_reads(booking: Booking) -> None:
    file = file_of(booking)
    event = event_of(file)

    assert text_of(event, "uid") == f"{booking.reference}@bookings.sewabazaar"
    assert (text_of(event, "sequence"), text_of(event, "status")) == ("0", "TENTATIVE")
    assert event.dtstart.value.isoformat() == "2026-12-10T10:00:00+05:45"
    assert event.dtend.value.isoformat() == "2026-12-10T11:00:00+05:45"
    assert event.dtstamp.value == event.last_modified.value == datetime(2026, 12, 7, 2, 15, tzinfo=UTC)
    assert text_of(event, "location") == "Jhamsikhel, blue gate, Kathmandu"
    assert text_of(event, "transp") == "OPAQUE"
    assert b"DTSTART;TZID=Asia/Kathmandu:20261210T100000" in file
    assert b"METHOD:PUBLISH" in file
    assert b"ORGANIZER" not in file
    assert b"ATTENDEE" not in file


def test_the_description_says_who_and_how_to_reach_them(kamala: User, booking: Booking) -> None:
    actions.booking_change_details(
        booking_id=booking.pk, changes={"special_instructions": "Ring twice; dog, friendly\nBack door"}
    )
    assert booking.staff is not None

    assert text_of(event_of(file_of(booking)), "description").splitlines() == [
        f"Booking: {booking.reference}",
        f"With: {booking.staff.full_name}",
        "For: Kamala Shrestha",
        "Phone: +9779841234567",
        "Total: Rs 1500.00",
        "Notes: Ring twice; dog, friendly",
        "Back door",
    ]


def test_the_description_is_in_the_readers_language(
    client_of: ClientOf, kamala: User, booking: Booking
) -> None:
    kamala.language = "ne"
    kamala.save()

    description = text_of(event_of(client_of(kamala).get(url(booking)).content), "description")

    assert description.startswith(f"बुकिङ: {booking.reference}\n")


def test_lines_are_folded_and_end_as_the_standard_says(booking: Booking) -> None:
    booking.special_instructions = "कृपया दुई पटक घण्टी बजाउनुहोस्। " * 20

    lines = appointment_file(booking).split(b"\r\n")

    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_another_address_is_a_new_revision_of_the_same_event(booking: Booking) -> None:
    calendar = Calendar().open(file_of(booking))
    actions.booking_change_details(booking_id=booking.pk, changes={"address": "Patan, red gate"})

    (event,) = calendar.open(file_of(booking)).events.values()

    assert (text_of(event, "location"), text_of(event, "sequence")) == ("Patan, red gate, Kathmandu", "1")


def test_notes_are_a_new_revision_since_the_file_tells_them(booking: Booking) -> None:
    actions.booking_change_details(booking_id=booking.pk, changes={"special_instructions": "Ring"})

    assert text_of(event_of(file_of(booking)), "sequence") == "1"


def test_every_change_replaces_the_event_in_a_calendar(
    booking: Booking, bishnu: User, kamala: User, clock: time_machine.Traveller
) -> None:
    calendar = Calendar().open(file_of(booking))
    requested = file_of(booking)
    assert calendar.shows() == [("2026-12-10 10:00", "TENTATIVE")]

    clock.shift(timedelta(minutes=5))
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    assert calendar.open(file_of(booking)).shows() == [("2026-12-10 10:00", "CONFIRMED")]

    clock.shift(timedelta(minutes=5))
    actions.booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")
    cancelled = file_of(booking)
    assert calendar.open(cancelled).shows() == [("2026-12-10 10:00", "CANCELLED")]
    assert text_of(event_of(cancelled), "transp") == "TRANSPARENT"
    assert text_of(event_of(cancelled), "sequence") == "2"

    assert calendar.open(requested).shows() == [("2026-12-10 10:00", "CANCELLED")]


@pytest.mark.parametrize(("asks_again", "status"), [(True, "TENTATIVE"), (False, "CONFIRMED")])
def test_an_event_moves_with_its_booking(
    client_of: ClientOf, booking: Booking, kamala: User, bishnu: User, asks_again: bool, status: str
) -> None:
    Service.objects.update(reconfirm_after_reschedule=asks_again)
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    confirmed = file_of(booking)
    calendar = Calendar().open(confirmed)

    wanted = {"booking_date": "2026-12-11", "booking_time": "13:00"}
    moved = client_of(kamala).post(f"/api/bookings/{booking.pk}/reschedule/", wanted)

    assert moved.status_code == 200, moved.json()
    assert calendar.open(file_of(booking)).shows() == [("2026-12-11 13:00", status)]
    assert calendar.open(confirmed).shows() == [("2026-12-11 13:00", status)]


@pytest.mark.parametrize(
    ("move", "status"),
    [
        (lambda pk, actor: actions.booking_reject(booking_id=pk, actor=actor, reason="ill"), "CANCELLED"),
        (lambda pk, actor: actions.booking_mark_no_show(booking_id=pk, actor=actor), "CANCELLED"),
        (lambda pk, actor: actions.booking_start(booking_id=pk, actor=actor), "CONFIRMED"),
    ],
)
def test_of_a_confirmed_booking(
    booking: Booking, bishnu: User, clock: time_machine.Traveller, move: Any, status: str
) -> None:
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    clock.move_to((booking.starts_at or timezone.now()) + timedelta(minutes=15))
    moved = move(booking.pk, bishnu)

    event = event_of(file_of(booking))

    assert text_of(event, "status") == status
    assert int(text_of(event, "sequence")) == moved.calendar_sequence == (2 if status == "CANCELLED" else 1)


def test_a_request_that_nobody_answered_is_cancelled_in_calendars(
    booking: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=24))
    call_command("expire_holds")

    event = event_of(file_of(booking))

    assert (text_of(event, "status"), text_of(event, "sequence")) == ("CANCELLED", "1")


def test_a_repeated_move_is_no_new_revision(booking: Booking, bishnu: User) -> None:
    for _ in range(3):
        actions.booking_confirm(booking_id=booking.pk, actor=bishnu)

    assert Booking.objects.get(pk=booking.pk).calendar_sequence == 1


def test_every_state_is_shown_as_one_that_calendars_know() -> None:
    assert SHOWN_AS.keys() == set(BookingStatus)
    assert set(SHOWN_AS.values()) == {"TENTATIVE", "CONFIRMED", "CANCELLED"}
    assert not calendars_must_notice("draft", "pending")
    assert not calendars_must_notice("in_progress", "completed")
    assert calendars_must_notice("expired", "confirmed")


def test_an_hour_that_comes_twice_keeps_its_length(booking: Booking, settings: Settings) -> None:
    """Clocks in Berlin go back on 25 October 2026 at 01:00 UTC; half past two comes twice."""
    settings.TIME_ZONE = "Europe/Berlin"
    booking.starts_at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    booking.ends_at = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    event = event_of(appointment_file(booking))

    assert event.dtend.value - event.dtstart.value.astimezone(UTC) == timedelta(hours=1)
    assert event.dtstart.value.isoformat() == "2026-10-25T02:30:00+02:00"


def test_control_characters_in_old_rows_break_no_calendar(booking: Booking) -> None:
    User.objects.filter(pk=booking.customer_id).update(full_name="Ram\x0bThapa\x07")
    Service.objects.filter(pk=booking.service_id).update(title="Yoga\x1f\rat home")
    Booking.objects.filter(pk=booking.pk).update(address="Patan\x08\u2028Lalitpur")
    text = file_of(booking).decode()
    assert not [char for char in text if ord(char) < 32 and char not in "\r\n"]
    assert "\r" not in text.replace("\r\n", "")
    assert "\u2028" not in text
