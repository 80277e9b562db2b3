"""A booking that recurs: the details step holds all that are free with the first one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import WEEKLY, Wizard, available, error_of, everything
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import StaffFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import works


@pytest.fixture
def at_ten(wizard: Wizard) -> Wizard:
    """Three days from now at ten, held for Kamala."""
    return wizard.walk_to("datetime_selection", at="10:00")


def slot_starts(wizard: Wizard, days: int, **query: Any) -> list[str]:
    """Return the starts that are on offer to a client some days from now."""
    query |= {"service_id": wizard.service_id, "date": in_days(days).isoformat()}
    answer = wizard.client.get("/api/booking-slots/available-slots/", query)
    return [slot["start_time"][:5] for slot in answer.json()]


def test_every_free_booking_is_held_until_the_same_moment(at_ten: Wizard) -> None:
    answer = at_ten.recur()

    assert answer.json()["occurrences"] == [
        {"date": in_days(days).isoformat(), "time": "10:00:00", "available": True} for days in (3, 10, 17, 24)
    ]
    held = Reservation.objects.all()
    assert [hold.slot_starts_at.date() for hold in held.order_by("slot_starts_at")] == [
        in_days(days) for days in (3, 10, 17, 24)
    ]
    assert len({hold.expires_at for hold in held}) == 1
    assert answer.json()["booking"]["is_recurring"] is True
    assert answer.json()["booking"]["recurring_frequency"] == "weekly"
    assert answer.json()["booking"]["series"] is None


def test_resuming_shows_the_bookings_too(at_ten: Wizard) -> None:
    answered = at_ten.recur().json()

    assert at_ten.state().json() == answered


@pytest.mark.parametrize(("frequency", "days"), [("weekly", [3, 10, 17]), ("biweekly", [3, 17, 31])])
def test_it_recurs_by_weeks(at_ten: Wizard, frequency: str, days: list[int]) -> None:
    shown = at_ten.recur(recurring_frequency=frequency, recurring_count=3).json()["occurrences"]

    assert [occurrence["date"] for occurrence in shown] == [in_days(ahead).isoformat() for ahead in days]


def test_it_recurs_by_months_and_short_ones_take_their_last_day(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("datetime_selection", days=55)  # 31 January 2027

    shown = wizard.recur(recurring_frequency="monthly", recurring_count=4).json()["occurrences"]

    assert [occurrence["date"] for occurrence in shown] == [
        "2027-01-31",
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
    ]


def test_what_is_taken_is_shown_and_not_replaced(at_ten: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, days=17, at="10:00")

    answer = at_ten.recur()

    assert available(answer) == [True, True, False, True]
    assert Reservation.objects.filter(expires_at__isnull=False).count() == 3


def test_where_all_are_wanted_a_conflict_is_named_and_changes_nothing(
    at_ten: Wizard, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=17, at="10:00")
    before = everything()

    answer = at_ten.recur(on_conflict="fail")

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert answer.json()["occurrences"] == [
        {"date": in_days(17).isoformat(), "time": "10:00:00", "available": False}
    ]
    assert everything() == before


def test_where_all_are_wanted_and_free_they_are_held(at_ten: Wizard) -> None:
    assert available(at_ten.recur(on_conflict="fail")) == [True] * 4


def test_the_horizon_binds_the_first_booking_only(at_ten: Wizard, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(max_advance_days=5)

    assert available(at_ten.recur(recurring_frequency="monthly", recurring_count=12)) == [True] * 12


def test_26_bookings_are_the_most(at_ten: Wizard) -> None:
    assert available(at_ten.recur(recurring_count=26)) == [True] * 26


def test_a_closed_day_is_a_conflict(at_ten: Wizard, service: Service) -> None:
    member = service.staff.get()
    member.working_hours.filter(weekday=in_days(3).weekday()).delete()

    assert available(at_ten.recur()) == [True, False, False, False]


def test_the_first_bookings_member_comes_first(at_ten: Wizard, service: Service) -> None:
    works(StaffFactory(provider=service.provider)).services.add(service)
    first = at_ten.booking.staff
    # By the rules the other one would be chosen, who has fewer bookings that day.
    booked(at_ten.booking.customer, service, days=10, at="14:00")
    Reservation.objects.filter(slot_starts_at__date=in_days(10)).update(staff=first)

    at_ten.recur()

    assert set(Reservation.objects.values_list("staff", flat=True)) == {first.pk if first else None}


def test_where_the_first_bookings_member_is_busy_another_one_comes(
    at_ten: Wizard, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=10, at="10:00")
    works(other := StaffFactory(provider=service.provider)).services.add(service)

    assert available(at_ten.recur()) == [True] * 4
    assert Reservation.objects.filter(staff=other).count() == 1


def test_who_is_asked_for_does_all_of_it(wizard: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, days=10, at="10:00")
    wanted: StaffMember = service.staff.get()
    works(StaffFactory(provider=service.provider)).services.add(service)
    wizard.walk_to("service_selection").choose_time("10:00", staff=wanted.pk)

    assert available(wizard.recur()) == [True, False, True, True]


def test_a_preference_moves_all_bookings(wizard: Wizard, service: Service) -> None:
    service.staff.update(gender="male")
    works(her := StaffFactory(provider=service.provider, gender="female")).services.add(service)
    wizard.walk_to("datetime_selection").recur()

    assert available(wizard.recur(preferred_provider_gender="female")) == [True] * 4
    assert set(Reservation.objects.values_list("staff", flat=True)) == {her.pk}


def test_held_bookings_are_hidden_from_others_and_shown_to_their_owner(
    at_ten: Wizard, client_of: ClientOf, suresh: User, service: Service
) -> None:
    at_ten.recur()
    stranger = Wizard(client_of(suresh), service.pk)

    for days in (3, 10, 17, 24):
        assert "10:00" not in slot_starts(stranger, days)
        assert "10:00" not in slot_starts(stranger, days, booking_id=at_ten.booking_id)
        assert "10:00" in slot_starts(at_ten, days, booking_id=at_ten.booking_id)
    assert (
        error_of(stranger.walk_to("service_selection").choose_time("10:00", days=10))[1] == "slot_unavailable"
    )


def test_a_series_is_one_hold(at_ten: Wizard, settings: Settings) -> None:
    settings.MAX_HOLDS_PER_CUSTOMER = 2
    at_ten.recur()

    other = Wizard(at_ten.client, at_ten.service_id).walk_to("datetime_selection", at="11:00")
    third = Wizard(at_ten.client, at_ten.service_id).walk_to("service_selection")

    assert available(other.recur()) == [True] * 4
    assert error_of(third.choose_time("12:00"))[1] == "too_many_bookings"


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"recurring_frequency": None}, "recurring_frequency", "required"),
        ({"recurring_count": None}, "recurring_count", "required"),
        ({"recurring_frequency": "daily"}, "recurring_frequency", "invalid_choice"),
        ({"recurring_count": 1}, "recurring_count", "min_value"),
        ({"recurring_count": 27}, "recurring_count", "max_value"),
        ({"recurring_count": "many"}, "recurring_count", "invalid"),
        ({"on_conflict": "cry"}, "on_conflict", "invalid_choice"),
    ],
)
def test_a_series_without_a_rule_is_refused(
    at_ten: Wizard, more: dict[str, Any], field: str, code: str
) -> None:
    before = everything()

    assert error_of(at_ten.recur(**more)) == (400, code, field)
    assert everything() == before


def test_what_is_missing_is_named_together(at_ten: Wizard) -> None:
    errors = at_ten.enter_details(is_recurring=True).json()["errors"]

    assert {error["attr"] for error in errors} == {"recurring_frequency", "recurring_count"}


def test_a_rule_without_recurring_means_nothing(at_ten: Wizard) -> None:
    answer = at_ten.recur(is_recurring=False)

    assert answer.status_code == 200
    assert "occurrences" not in answer.json()
    assert Booking.objects.get().recurring_frequency == ""
    assert Reservation.objects.count() == 1


def test_a_booking_that_does_not_recur_shows_no_occurrences(at_ten: Wizard) -> None:
    assert "occurrences" not in at_ten.enter_details().json()
    assert "occurrences" not in at_ten.state().json()


def test_a_stranger_changes_nothing(at_ten: Wizard, client_of: ClientOf, suresh: User) -> None:
    before = everything()
    at_ten.client = client_of(suresh)

    assert error_of(at_ten.recur())[0] == 404
    assert everything() == before


def test_resuming_a_series_takes_one_query_more(at_ten: Wizard, django_assert_num_queries: Any) -> None:
    at_ten.recur(recurring_count=26)

    with django_assert_num_queries(2):
        assert at_ten.state().status_code == 200


def test_other_details_keep_the_bookings(clock: time_machine.Traveller, at_ten: Wizard) -> None:
    ends = at_ten.recur().json()["hold_expires_at"]
    clock.shift(timedelta(minutes=5))

    again = at_ten.enter_details(**WEEKLY, address="Patan Durbar Square")

    assert available(again) == [True] * 4
    assert again.json()["hold_expires_at"] == ends
    assert len(set(Reservation.objects.values_list("expires_at", flat=True))) == 1
