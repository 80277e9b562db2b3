"""Going back in a draft that recurs, dropping it, and holds of it that ran out."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking, Occurrence
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import WEEKLY, Wizard, available, error_of, everything
from apps.services.models import Service
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory


@pytest.fixture
def series(clock: time_machine.Traveller, wizard: Wizard) -> Wizard:
    """Kamala's draft of four weekly bookings at ten, with its details."""
    wizard.walk_to("datetime_selection", at="10:00").recur()
    return wizard


def held_days() -> list[str]:
    """Return when held bookings start."""
    starts = Reservation.objects.order_by("slot_starts_at").values_list("slot_starts_at", flat=True)
    return [timezone.localtime(start).strftime("%m-%d %H:%M") for start in starts]


def test_a_new_time_computes_the_series_anew(series: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, days=11, at="14:00")

    answer = series.choose_time("14:00", days=4)

    assert [occurrence["date"] for occurrence in answer.json()["occurrences"]] == [
        in_days(days).isoformat() for days in (4, 11, 18, 25)
    ]
    assert available(answer) == [True, False, True, True]
    assert answer.json()["next_step"] == "payment"
    assert Reservation.objects.filter(expires_at__isnull=False).count() == 3


def test_its_own_later_bookings_do_not_stand_in_the_way_of_a_new_time(series: Wizard) -> None:
    answer = series.choose_time("10:00", days=10)

    assert available(answer) == [True] * 4
    assert Reservation.objects.count() == 4


def test_a_new_time_that_is_taken_leaves_the_series(series: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, days=4, at="10:00")
    before = everything()

    assert error_of(series.choose_time("10:00", days=4))[1] == "slot_unavailable"
    assert everything() == before


def test_a_whole_series_that_does_not_fit_a_new_time_stays(
    series: Wizard, suresh: User, service: Service
) -> None:
    series.recur(on_conflict="fail")
    booked(suresh, service, days=11, at="10:00")
    before = everything()

    answer = series.choose_time("10:00", days=4)

    assert error_of(answer)[1] == "slot_unavailable"
    assert [occurrence["date"] for occurrence in answer.json()["occurrences"]] == [in_days(11).isoformat()]
    assert everything() == before


def test_the_same_time_again_changes_nothing(series: Wizard) -> None:
    before = held_days()

    assert available(series.choose_time("10:00")) == [True] * 4
    assert held_days() == before


def test_a_booking_that_recurs_no_more_frees_the_later_ones(series: Wizard) -> None:
    answer = series.enter_details()

    assert "occurrences" not in answer.json()
    assert answer.json()["booking"]["is_recurring"] is False
    assert Reservation.objects.get().pk == series.booking.reservation_id
    assert not Occurrence.objects.exists()


def test_another_rule_takes_the_place_of_the_first(series: Wizard) -> None:
    answer = series.recur(recurring_frequency="biweekly", recurring_count=2)

    assert [occurrence["date"] for occurrence in answer.json()["occurrences"]] == [
        in_days(3).isoformat(),
        in_days(17).isoformat(),
    ]
    assert Reservation.objects.count() == 2


def test_another_service_clears_all_and_a_new_time_begins_anew(series: Wizard) -> None:
    other = BookableServiceFactory()

    answer = series.choose_service(other.pk)

    assert "occurrences" not in answer.json()
    assert not Reservation.objects.exists()
    assert available(series.choose_time("11:00", days=2)) == [True] * 4
    assert set(Reservation.objects.values_list("service", flat=True)) == {other.pk}


def test_dropping_frees_all_of_it(series: Wizard) -> None:
    assert series.drop().status_code == 204

    assert not Reservation.objects.exists()


def test_a_draft_that_expires_frees_all_of_it(series: Wizard) -> None:
    Booking.objects.update(expires_at=timezone.now())

    call_command("expire_holds", stdout=StringIO())

    assert series.booking.status == "expired"
    assert not Reservation.objects.exists()


def test_holds_that_ran_out_are_tidied_together(series: Wizard, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=15))
    printed = StringIO()

    call_command("expire_holds", stdout=printed)

    assert printed.getvalue() == "expire_holds: 4 holds released, 0 bookings expired\n"
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("is_tidied", [False, True])
def test_a_later_step_takes_all_of_it_again(
    series: Wizard, clock: time_machine.Traveller, is_tidied: bool
) -> None:
    clock.shift(timedelta(minutes=15))
    if is_tidied:
        call_command("expire_holds", stdout=StringIO())

    answer = series.choose_payment("khalti")

    assert available(answer) == [True] * 4
    assert Reservation.objects.count() == 4
    assert set(Reservation.objects.values_list("expires_at", flat=True)) == {
        timezone.now() + timedelta(minutes=15)
    }


def test_what_was_taken_meanwhile_is_left_out_and_what_became_free_comes_back(
    series: Wizard, clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    clock.shift(timedelta(minutes=15))
    booked(suresh, service, days=10, at="10:00")

    assert available(series.choose_payment()) == [True, False, True, True]

    clock.shift(timedelta(minutes=15))
    Reservation.objects.filter(expires_at=None).delete()
    assert available(series.choose_payment()) == [True] * 4


def test_a_whole_series_of_which_a_booking_was_taken_has_run_out(
    series: Wizard, clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    series.recur(on_conflict="fail")
    clock.shift(timedelta(minutes=15))
    booked(suresh, service, days=10, at="10:00")
    before = everything()

    answer = series.choose_payment()

    assert error_of(answer)[:2] == (409, "hold_expired")
    assert [occurrence["date"] for occurrence in answer.json()["occurrences"]] == [in_days(10).isoformat()]
    assert everything() == before
    assert available(series.enter_details(**WEEKLY)) == [True, False, True, True]


def test_initiate_renews_all_holds_once(series: Wizard, clock: time_machine.Traveller) -> None:
    series.choose_payment("bank_transfer")
    end = timezone.now() + timedelta(minutes=20)

    for _ in range(2):
        clock.shift(timedelta(minutes=5))
        answer: Any = series.client.post("/api/payments/initiate/", {"booking_id": series.booking_id})
        assert answer.status_code == 201
        assert set(Reservation.objects.values_list("expires_at", flat=True)) == {end}
