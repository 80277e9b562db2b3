"""Asking again and again for a booking, and for where the wizard stands: cheap until something changes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard
from apps.services.models import Service


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    return booked(kamala, service)


def again(client: APIClient, path: str, answer: Any) -> Any:
    """Ask once more, as a browser that has the answer."""
    return client.get(path, headers={"If-None-Match": answer.headers["ETag"]})


def test_a_booking_that_has_not_changed_is_304(
    client_of: ClientOf, kamala: User, bishnu: User, booking: Booking
) -> None:
    path, client = f"/api/bookings/{booking.pk}/", client_of(kamala)
    first = client.get(path)

    unchanged = again(client, path, first)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == first.headers["ETag"]
    assert unchanged.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-store"

    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    changed = again(client, path, first)
    assert (changed.status_code, changed.json()["status"]) == (200, "confirmed")


@pytest.mark.parametrize("tag", ['"another"', "nonsense", "", 'W/"x", "y"'])
def test_another_etag_gets_the_answer(client_of: ClientOf, kamala: User, booking: Booking, tag: str) -> None:
    answer = client_of(kamala).get(f"/api/bookings/{booking.pk}/", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.json()["id"]) == (200, booking.pk)


def test_a_weak_etag_or_one_of_several_will_do(client_of: ClientOf, kamala: User, booking: Booking) -> None:
    path, client = f"/api/bookings/{booking.pk}/", client_of(kamala)
    tag = client.get(path).headers["ETag"]

    for known in (f"W/{tag}", f'"another", {tag}', "*"):
        assert client.get(path, headers={"If-None-Match": known}).status_code == 304


def test_an_etag_opens_nothing(client_of: ClientOf, kamala: User, suresh: User, booking: Booking) -> None:
    path = f"/api/bookings/{booking.pk}/"
    first = client_of(kamala).get(path)

    assert again(APIClient(), path, first).status_code == 401
    assert again(client_of(suresh), path, first).status_code == 404


def test_a_booking_takes_two_queries_changed_or_not(
    login: Any, kamala: User, booking: Booking, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path, client = f"/api/bookings/{booking.pk}/", login(kamala)
    with django_assert_num_queries(2):  # who asks, the booking
        first = client.get(path)
    with django_assert_num_queries(2):
        assert again(client, path, first).status_code == 304


def test_the_wizards_state_is_304_until_a_step_is_done(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("datetime_selection")
    path, first = f"/api/booking-wizard/{wizard.booking_id}/", wizard.state()

    clock.shift(timedelta(minutes=1))
    assert again(wizard.client, path, first).status_code == 304
    assert first.headers["Cache-Control"] == "private, no-store"

    wizard.enter_details()
    changed = again(wizard.client, path, first)
    assert (changed.status_code, changed.json()["next_step"]) == (200, "payment")


def test_the_wizards_state_changes_when_the_hold_runs_out(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("datetime_selection")
    path, first = f"/api/booking-wizard/{wizard.booking_id}/", wizard.state()

    clock.shift(timedelta(minutes=15))
    changed = again(wizard.client, path, first)

    assert (changed.status_code, changed.json()["hold_expires_at"]) == (200, None)
