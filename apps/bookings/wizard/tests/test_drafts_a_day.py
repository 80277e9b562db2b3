"""How many drafts one customer may begin within a day."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import in_days
from apps.bookings.tests.steps import DETAILS, Wizard, error_of, everything
from apps.bookings.tests.threads import at_once


@pytest.fixture(autouse=True)
def _two(settings: Settings) -> None:
    settings.MAX_DRAFTS_PER_DAY = 2


def begin(wizard: Wizard) -> Wizard:
    """Begin another draft."""
    return Wizard(wizard.client, wizard.service_id).walk_to("service_selection")


def test_one_draft_too_many_is_a_429_until_the_oldest_is_a_day_old(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    begin(wizard)
    clock.shift(timedelta(hours=1))
    begin(wizard)
    clock.shift(timedelta(hours=1))
    before = everything()

    refused = wizard.choose_service()

    assert error_of(refused)[:2] == (429, "throttled")
    assert refused.headers["Retry-After"] == str(22 * 3600)
    assert everything() == before
    clock.shift(timedelta(hours=22))
    assert wizard.choose_service().status_code == 201


def test_a_dropped_draft_counts(wizard: Wizard) -> None:
    begin(wizard).drop()
    begin(wizard).drop()

    assert error_of(wizard.choose_service())[:2] == (429, "throttled")


def test_a_booking_in_one_call_counts_and_is_refused(wizard: Wizard) -> None:
    body = {"service": wizard.service_id, "booking_date": str(in_days(3)), **DETAILS}
    answers = [
        wizard.client.post("/api/bookings/", {**body, "booking_time": f"{hour}:00"}) for hour in (10, 11, 12)
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert "Retry-After" in answers[2].headers
    assert Booking.objects.count() == 2


def test_later_bookings_of_a_series_do_not_count(wizard: Wizard) -> None:
    wizard.walk_to("datetime_selection").recur()
    wizard.choose_payment("cash")
    assert wizard.confirm().status_code == 200
    assert Booking.objects.count() == 4

    begin(wizard)

    assert error_of(Wizard(wizard.client, wizard.service_id).choose_service())[:2] == (429, "throttled")


def test_a_draft_that_stands_goes_on(wizard: Wizard) -> None:
    begin(wizard)

    assert wizard.walk_to("confirmation").booking.status == "pending"


def test_one_customers_drafts_do_not_stop_another(wizard: Wizard, client_of: ClientOf, suresh: User) -> None:
    begin(wizard)
    begin(wizard)

    assert Wizard(client_of(suresh), wizard.service_id).choose_service().status_code == 201


@pytest.mark.postgres
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_six_tabs_at_once_begin_two_drafts(wizard: Wizard) -> None:
    tabs = [Wizard(wizard.client, wizard.service_id) for _ in range(6)]

    answers = at_once([partial(tab.choose_service) for tab in tabs])

    assert sorted(answer.status_code for answer in answers) == [201, 201, 429, 429, 429, 429]
    assert Booking.objects.count() == 2
