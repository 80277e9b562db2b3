"""A draft lives on the server: it can be come back to from anywhere, or thrown away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import BookingEvent
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard, error_of, everything
from apps.services.models import Service
from apps.slots.models import Reservation

EACH_STEP: list[Callable[[Wizard], Any]] = [
    lambda wizard: wizard.choose_service(),
    lambda wizard: wizard.choose_time("14:00"),
    lambda wizard: wizard.enter_details(),
    lambda wizard: wizard.choose_payment(),
    lambda wizard: wizard.confirm(),
    lambda wizard: wizard.state(),
    lambda wizard: wizard.drop(),
]


def test_resuming_shows_what_each_step_answered(wizard: Wizard) -> None:
    steps: list[Callable[[], Any]] = [
        wizard.choose_service,
        wizard.choose_time,
        wizard.enter_details,
        wizard.choose_payment,
        wizard.confirm,
    ]
    for step in steps:
        answered = step().json()
        assert wizard.state().json() == answered


def test_resuming_takes_one_query(wizard: Wizard, django_assert_num_queries: Any) -> None:
    wizard.walk_to("payment")

    with django_assert_num_queries(1):  # the draft; one more to log in
        assert wizard.state().status_code == 200


def test_dropping_frees_the_slot_and_hides_the_draft(wizard: Wizard, suresh: User, service: Service) -> None:
    wizard.walk_to("payment", at="10:00")

    answer = wizard.drop()

    assert answer.status_code == 204
    assert answer.content == b""
    assert not Reservation.objects.exists()
    assert wizard.state().status_code == 404
    assert wizard.drop().status_code == 404
    assert wizard.client.get(f"/api/bookings/{wizard.booking_id}/").status_code == 404
    assert wizard.client.get("/api/bookings/").json()["count"] == 0
    assert wizard.client.get("/api/bookings/", {"status": "draft"}).json()["count"] == 0
    assert booked(suresh, service, at="10:00").status == "pending"


def test_a_dropped_draft_is_expired_by_its_customer(wizard: Wizard, kamala: User) -> None:
    wizard.walk_to("service_selection").drop()

    event = BookingEvent.objects.latest("pk")
    assert (event.from_status, event.to_status, event.actor) == ("draft", "expired", kamala)
    assert event.reason == "dropped"


def test_what_is_no_draft_is_not_dropped(wizard: Wizard) -> None:
    wizard.walk_to("confirmation")
    before = everything()

    assert error_of(wizard.drop())[:2] == (409, "invalid_transition")
    assert everything() == before


@pytest.mark.parametrize("call", EACH_STEP)
def test_a_stranger_finds_no_draft(
    wizard: Wizard, client_of: ClientOf, suresh: User, call: Callable[[Wizard], Any]
) -> None:
    wizard.walk_to("payment")
    before = everything()
    wizard.client = client_of(suresh)

    assert error_of(call(wizard))[:2] == (404, "not_found")
    assert everything() == before


@pytest.mark.parametrize("call", EACH_STEP)
@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_providers_and_admins_have_no_wizard(
    wizard: Wizard,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    name: str,
    call: Callable[[Wizard], Any],
) -> None:
    wizard.walk_to("payment")
    before = everything()
    wizard.client = client_of(request.getfixturevalue(name))

    assert call(wizard).status_code == 403
    assert everything() == before


@pytest.mark.parametrize("call", EACH_STEP)
def test_without_a_login_there_is_nothing(
    wizard: Wizard, api: APIClient, call: Callable[[Wizard], Any]
) -> None:
    wizard.walk_to("payment")
    wizard.client = api

    assert call(wizard).status_code == 401


def test_every_step_renews_the_lifetime_of_a_draft(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("details_input", days=9)
    clock.shift(timedelta(hours=71))
    assert wizard.choose_payment().status_code == 200

    clock.shift(timedelta(hours=71))

    assert wizard.confirm().status_code == 200


def test_a_draft_past_its_lifetime_takes_no_step(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("payment", days=9)
    clock.shift(timedelta(hours=72))
    before = everything()

    for call in EACH_STEP[:5]:
        assert error_of(call(wizard))[:2] == (409, "invalid_transition")
    assert everything() == before
    assert wizard.drop().status_code == 204
