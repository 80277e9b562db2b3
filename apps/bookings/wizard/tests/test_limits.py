"""How much one customer may hold, and how much they may owe."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import in_days
from apps.bookings.tests.steps import DETAILS, Wizard, error_of, everything
from apps.bookings.tests.threads import at_once
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory


@pytest.fixture
def two(settings: Settings) -> None:
    """Nobody may have more than two of anything."""
    settings.MAX_HOLDS_PER_CUSTOMER = settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = 2


def another(wizard: Wizard, last: str, at: str) -> Wizard:
    """Return a second tab of the same customer, some steps along."""
    return Wizard(wizard.client, wizard.service_id).walk_to(last, at=at)


def test_ten_holds_are_enough(wizard: Wizard, kamala: User, settings: Settings) -> None:
    for number in range(settings.MAX_HOLDS_PER_CUSTOMER):
        Wizard(wizard.client, wizard.service_id).walk_to(
            "datetime_selection", days=3 + number // 7, at=f"{10 + number % 7}:00"
        )
    wizard.walk_to("service_selection")

    assert error_of(wizard.choose_time("10:00", days=9))[:2] == (409, "too_many_bookings")
    assert Reservation.objects.count() == 10


@pytest.mark.usefixtures("two")
def test_too_many_holds_change_nothing(wizard: Wizard) -> None:
    another(wizard, "datetime_selection", "10:00")
    another(wizard, "datetime_selection", "11:00")
    wizard.walk_to("service_selection")
    before = everything()

    assert error_of(wizard.choose_time("12:00"))[:2] == (409, "too_many_bookings")
    assert everything() == before


@pytest.mark.usefixtures("two")
def test_a_hold_may_move_at_the_limit(wizard: Wizard) -> None:
    another(wizard, "datetime_selection", "10:00")
    wizard.walk_to("datetime_selection", at="11:00")

    assert wizard.choose_time("12:00").status_code == 200


@pytest.mark.usefixtures("two")
def test_holds_that_ran_out_do_not_count(wizard: Wizard, clock: time_machine.Traveller) -> None:
    another(wizard, "datetime_selection", "10:00")
    another(wizard, "datetime_selection", "11:00")
    clock.shift(timedelta(minutes=15))

    assert wizard.walk_to("service_selection").choose_time("12:00").status_code == 200


@pytest.mark.usefixtures("two")
def test_a_hold_that_is_taken_again_counts(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("payment", at="10:00")
    clock.shift(timedelta(minutes=15))
    another(wizard, "datetime_selection", "11:00")
    another(wizard, "datetime_selection", "12:00")
    before = everything()

    assert error_of(wizard.enter_details())[:2] == (409, "too_many_bookings")
    assert everything() == before


@pytest.mark.usefixtures("two")
def test_a_dropped_draft_makes_room(wizard: Wizard) -> None:
    another(wizard, "datetime_selection", "10:00").drop()
    another(wizard, "datetime_selection", "11:00")

    assert wizard.walk_to("service_selection").choose_time("12:00").status_code == 200


@pytest.mark.usefixtures("two")
def test_one_customers_holds_do_not_stop_another(wizard: Wizard, client_of: ClientOf, suresh: User) -> None:
    another(wizard, "datetime_selection", "10:00")
    another(wizard, "datetime_selection", "11:00")

    stranger = Wizard(client_of(suresh), wizard.service_id).walk_to("service_selection")

    assert stranger.choose_time("12:00").status_code == 200


@pytest.mark.usefixtures("two")
def test_too_many_unpaid_requests_change_nothing(wizard: Wizard) -> None:
    another(wizard, "confirmation", "10:00")
    another(wizard, "confirmation", "11:00")
    wizard.walk_to("payment", at="12:00")
    before = everything()

    assert error_of(wizard.confirm())[:2] == (409, "too_many_bookings")
    assert everything() == before


@pytest.mark.usefixtures("two")
def test_a_booking_in_one_call_obeys_too(wizard: Wizard) -> None:
    another(wizard, "confirmation", "10:00")
    another(wizard, "confirmation", "11:00")
    body = {"service": wizard.service_id, "booking_date": str(in_days(3)), "booking_time": "12:00"}

    answer = wizard.client.post("/api/bookings/", {**body, **DETAILS})

    assert error_of(answer)[:2] == (409, "too_many_bookings")
    assert Booking.objects.count() == 2


@pytest.mark.usefixtures("two")
def test_a_request_that_is_answered_makes_room(wizard: Wizard) -> None:
    another(wizard, "confirmation", "10:00")
    Booking.objects.update(status="confirmed")
    another(wizard, "confirmation", "11:00")

    assert wizard.walk_to("payment", at="12:00").confirm().status_code == 200


@pytest.mark.postgres
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("two")
def test_six_tabs_at_once_hold_two_times(wizard: Wizard) -> None:
    tabs = [another(wizard, "service_selection", "") for _ in range(6)]

    answers = at_once([partial(tab.choose_time, f"{hour}:00") for hour, tab in enumerate(tabs, 10)])

    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409, 409, 409]
    assert Reservation.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_six_tabs_at_once_send_two_requests(wizard: Wizard, settings: Settings) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = 2
    tabs = [another(wizard, "payment", f"{hour}:00") for hour in range(10, 16)]

    answers = at_once([tab.confirm for tab in tabs])

    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409, 409, 409]
    assert Booking.objects.filter(status="pending").count() == 2


def test_a_series_that_is_too_long_for_one_provider_is_not_sent(wizard: Wizard) -> None:
    wizard.walk_to("datetime_selection").recur(recurring_count=11)
    wizard.choose_payment("cash")
    before = everything()

    assert error_of(wizard.confirm())[:2] == (409, "too_many_bookings")
    assert everything() == before


def test_another_provider_has_room(wizard: Wizard, gita: User, settings: Settings) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER = 1
    another(wizard, "confirmation", "10:00")
    elsewhere = BookableServiceFactory(provider=gita)

    assert error_of(another(wizard, "payment", "11:00").confirm())[:2] == (409, "too_many_bookings")
    assert Wizard(wizard.client, elsewhere.pk).walk_to("payment", at="11:00").confirm().status_code == 200


def test_a_second_unpaid_request_needs_a_confirmed_email(wizard: Wizard, kamala: User) -> None:
    User.objects.filter(pk=kamala.pk).update(email_verified_at=None)
    another(wizard, "confirmation", "10:00")
    second = another(wizard, "payment", "11:00")
    before = everything()

    assert error_of(second.confirm())[:2] == (409, "email_not_verified")
    assert everything() == before
    User.objects.filter(pk=kamala.pk).update(email_verified_at=timezone.now())
    assert second.confirm().status_code == 200


def test_one_that_was_answered_leaves_room_for_the_next_without_a_confirmed_email(
    wizard: Wizard, kamala: User
) -> None:
    User.objects.filter(pk=kamala.pk).update(email_verified_at=None)
    another(wizard, "confirmation", "10:00")
    Booking.objects.update(status="confirmed")

    assert another(wizard, "payment", "11:00").confirm().status_code == 200


def test_a_booking_in_one_call_needs_a_confirmed_email_too(wizard: Wizard, kamala: User) -> None:
    User.objects.filter(pk=kamala.pk).update(email_verified_at=None)
    another(wizard, "confirmation", "10:00")
    body = {"service": wizard.service_id, "booking_date": str(in_days(3)), "booking_time": "12:00"}

    answer = wizard.client.post("/api/bookings/", {**body, **DETAILS})

    assert error_of(answer)[:2] == (409, "email_not_verified")


@pytest.mark.postgres
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_six_tabs_at_once_send_one_request_without_a_confirmed_email(wizard: Wizard, kamala: User) -> None:
    User.objects.filter(pk=kamala.pk).update(email_verified_at=None)
    tabs = [another(wizard, "payment", f"{hour}:00") for hour in range(10, 16)]

    answers = at_once([tab.confirm for tab in tabs])

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
