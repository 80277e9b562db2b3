"""`ENABLE_NEW_BOOKING_WIZARD` off: the wizard is gone, bookings are not."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.bookings.tests.steps import Wizard, error_of, everything

CALLS: list[Callable[[Wizard], Any]] = [
    lambda wizard: wizard.choose_time("14:00"),
    lambda wizard: wizard.step("nonsense"),
    lambda wizard: wizard.state(),
    lambda wizard: wizard.drop(),
    lambda wizard: wizard.client.post("/api/booking-wizard/calculate-price/", {"service_id": 1}),
]


@pytest.mark.parametrize("call", CALLS)
def test_every_call_answers_that_it_is_switched_off(
    wizard: Wizard, settings: Settings, call: Callable[[Wizard], Any]
) -> None:
    wizard.walk_to("payment")
    settings.ENABLE_NEW_BOOKING_WIZARD = False
    before = everything()

    assert error_of(call(wizard)) == (404, "feature_disabled", None)
    assert everything() == before


def test_it_says_so_to_anybody(api: APIClient, settings: Settings, db: None) -> None:
    settings.ENABLE_NEW_BOOKING_WIZARD = False

    assert error_of(api.get("/api/booking-wizard/1/"))[1] == "feature_disabled"


def test_it_is_out_of_the_schema(api: APIClient, settings: Settings, db: None) -> None:
    assert "/api/booking-wizard/create-step/" in paths(api)
    settings.ENABLE_NEW_BOOKING_WIZARD = False

    assert not [path for path in paths(api) if path.startswith("/api/booking-wizard/")]
    assert "/api/bookings/" in paths(api)


def paths(api: APIClient) -> list[str]:
    answer = api.get("/api/schema/", headers={"Accept": "application/vnd.oai.openapi+json"})
    return list(answer.json()["paths"])


def test_bookings_go_on(wizard: Wizard, settings: Settings) -> None:
    wizard.walk_to("confirmation")
    settings.ENABLE_NEW_BOOKING_WIZARD = False

    assert wizard.client.get(f"/api/bookings/{wizard.booking_id}/").status_code == 200


def test_without_slots_the_wizard_books_any_time_of_the_grid_but_once(
    wizard: Wizard, settings: Settings
) -> None:
    settings.ENABLE_BOOKING_SLOTS = False
    wizard.walk_to("confirmation", at="10:00")
    other = Wizard(wizard.client, wizard.service_id).walk_to("service_selection")

    assert error_of(other.choose_time("10:00"))[1] == "slot_unavailable"
    assert error_of(other.choose_time("10:30"))[1] == "slot_unavailable"
    assert other.choose_time("11:00").status_code == 200
