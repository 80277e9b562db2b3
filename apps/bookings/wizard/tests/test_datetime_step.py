"""The second step takes a slot and holds it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard, error_of, everything
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import StaffFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory, departs, works


def test_it_holds_the_slot(wizard: Wizard, clock: time_machine.Traveller) -> None:
    answer = wizard.walk_to("service_selection").choose_time("10:00", days=3)

    assert answer.status_code == 200
    body = answer.json()
    assert body["booking_step"] == "datetime_selection"
    assert body["next_step"] == "details_input"
    assert body["progress"] == 40
    assert body["hold_expires_at"] == "2026-12-07T08:15:00+05:45"
    booking = body["booking"]
    assert (booking["booking_date"], booking["booking_time"]) == ("2026-12-10", "10:00:00")
    assert booking["starts_at"] == "2026-12-10T10:00:00+05:45"
    assert booking["ends_at"] == "2026-12-10T11:00:00+05:45"
    assert booking["estimated_duration"] == 60
    assert booking["staff_details"] == {
        "id": booking["staff"],
        "full_name": StaffMember.objects.get().full_name,
    }
    assert booking["booking_slot"] is not None


def test_the_date_is_told_in_nepals_calendar_too(wizard: Wizard, clock: time_machine.Traveller) -> None:
    begun = wizard.walk_to("service_selection")
    assert begun.state().json()["booking"]["booking_date_bs"] is None

    assert begun.choose_time("10:00", days=3).json()["booking"]["booking_date_bs"] == "2083-08-24"


def test_buffers_are_no_part_of_the_booking(wizard: Wizard, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(buffer_before_minutes=15, buffer_after_minutes=30)

    booking = wizard.walk_to("service_selection").choose_time("12:00").json()["booking"]

    taken = datetime.fromisoformat(booking["ends_at"]) - datetime.fromisoformat(booking["starts_at"])
    assert taken == timedelta(hours=1)
    assert booking["estimated_duration"] == 60


def test_a_slot_of_its_own_length_is_held_to_its_end(
    wizard: Wizard, clock: time_machine.Traveller, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(buffer_before_minutes=15, buffer_after_minutes=30)
    departs(service, service.staff.get(), "2026-12-10 19:00", "2026-12-10 21:30")

    booking = wizard.walk_to("service_selection").choose_time("19:00", days=3).json()["booking"]

    assert booking["ends_at"] == "2026-12-10T21:30:00+05:45"
    assert booking["estimated_duration"] == 150


def test_it_leaves_no_other_hold_behind(wizard: Wizard) -> None:
    wizard.walk_to("datetime_selection", at="10:00")

    assert wizard.choose_time("13:00").status_code == 200
    assert Reservation.objects.count() == 1


def test_the_same_slot_again_does_not_extend_a_live_hold(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("datetime_selection")
    clock.shift(timedelta(minutes=10))

    answer = wizard.choose_time("10:00")

    assert answer.status_code == 200
    assert answer.json()["hold_expires_at"] == "2026-12-07T08:15:00+05:45"


def test_another_member_at_the_same_time_does_not_extend_a_live_hold(
    wizard: Wizard, service: Service, clock: time_machine.Traveller
) -> None:
    other = works(StaffFactory(provider=service.provider))
    other.services.add(service)
    wizard.walk_to("datetime_selection")
    clock.shift(timedelta(minutes=10))

    answer = wizard.choose_time("10:00", staff=other.pk)

    assert answer.json()["booking"]["staff"] == other.pk
    assert answer.json()["hold_expires_at"] == "2026-12-07T08:15:00+05:45"


def test_another_slot_is_held_for_the_full_time(wizard: Wizard, clock: time_machine.Traveller) -> None:
    wizard.walk_to("datetime_selection")
    clock.shift(timedelta(minutes=10))

    assert wizard.choose_time("11:00").json()["hold_expires_at"] == "2026-12-07T08:25:00+05:45"


def test_the_time_of_a_hold_is_set_by_the_operator(
    wizard: Wizard, clock: time_machine.Traveller, settings: Settings
) -> None:
    settings.BOOKING_HOLD_SECONDS = 60

    assert (
        wizard.walk_to("datetime_selection").state().json()["hold_expires_at"] == "2026-12-07T08:01:00+05:45"
    )


def test_a_slot_that_is_taken_keeps_the_old_hold(wizard: Wizard, suresh: User, service: Service) -> None:
    wizard.walk_to("datetime_selection", at="10:00")
    booked(suresh, service, at="13:00")
    before = everything()

    assert error_of(wizard.choose_time("13:00")) == (409, "slot_unavailable", None)
    assert everything() == before


@pytest.mark.parametrize("at", ["10:30", "09:00", "16:30", "17:00", "10:00:30"])
def test_a_time_off_the_grid_is_unavailable(wizard: Wizard, at: str) -> None:
    wizard.walk_to("service_selection")

    assert error_of(wizard.choose_time(at))[:2] == (409, "slot_unavailable")


def test_a_time_that_is_over_is_unavailable(wizard: Wizard, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=4))  # noon
    wizard.walk_to("service_selection")

    assert error_of(wizard.choose_time("10:00", days=0))[1] == "slot_unavailable"
    assert error_of(wizard.choose_time("12:00", days=0))[1] == "slot_unavailable"
    assert error_of(wizard.choose_time("10:00", days=-1))[1] == "slot_unavailable"
    assert wizard.choose_time("13:00", days=0).status_code == 200


@pytest.mark.parametrize("change", [{"status": "paused"}, {"provider_is_active": False}])
def test_a_service_that_closed_meanwhile_is_unavailable(
    wizard: Wizard, service: Service, change: dict[str, Any]
) -> None:
    wizard.walk_to("datetime_selection", at="10:00")
    if "status" in change:
        Service.objects.filter(pk=service.pk).update(**change)
    else:
        User.objects.filter(pk=service.provider_id).update(is_active=False)
    before = everything()

    answer = wizard.choose_time("13:00")

    assert error_of(answer)[1] == "slot_unavailable"
    assert answer.json()["alternatives"] == []
    assert everything() == before


def test_it_takes_few_queries_however_much_is_booked(
    client_of: ClientOf,
    wizard: Wizard,
    suresh: User,
    bishnu: User,
    settings: Settings,
    django_assert_max_num_queries: Any,
) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER = 12
    firm = BookableServiceFactory(provider=bishnu, members=5)
    wizard.service_id = firm.pk
    for at in ("10:00", "11:00", "12:00", "13:00"):
        for _ in range(3):
            booked(suresh, firm, at=at)
    wizard.walk_to("service_selection")

    with django_assert_max_num_queries(19):  # and one to log in
        assert wizard.choose_time("13:00").status_code == 200


def test_a_slot_that_is_gone_takes_few_queries_too(
    wizard: Wizard, suresh: User, service: Service, django_assert_max_num_queries: Any
) -> None:
    booked(suresh, service, at="10:00")
    wizard.walk_to("service_selection")

    with django_assert_max_num_queries(19):
        assert wizard.choose_time("10:00").status_code == 409


def test_the_hold_is_gone_from_the_page_at_once(wizard: Wizard, service: Service) -> None:
    wizard.walk_to("datetime_selection", at="10:00")
    day = wizard.booking.booking_date
    query = {"service_id": str(service.pk), "date": str(day)}

    others = wizard.client.get("/api/booking-slots/available-slots/", query).json()
    own = wizard.client.get(
        "/api/booking-slots/available-slots/", {**query, "booking_id": str(wizard.booking_id)}
    ).json()

    assert "10:00:00" not in [slot["start_time"] for slot in others]
    assert "10:00:00" in [slot["start_time"] for slot in own]
