"""Where slots begin and end."""

import pytest
from pytest_django.fixtures import Settings

from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.tests.conftest import AvailableSlots
from apps.slots.tests.factories import BookableServiceFactory, departs, off, taken, works

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


def service_of(opens: str, closes: str, **columns: object) -> Service:
    service = BookableServiceFactory(members=0, **columns)
    works(StaffFactory(provider=service.provider), opens, closes).services.add(service)
    return service


def test_a_slot_is_shown_in_full(available: AvailableSlots, service: Service) -> None:
    assert available(service)[0] == {
        "service": service.pk,
        "date": "2026-12-02",
        "start_time": "10:00:00",
        "end_time": "11:00:00",
        "starts_at": "2026-12-02T10:00:00+05:45",
        "ends_at": "2026-12-02T11:00:00+05:45",
        "max_bookings": 1,
        "current_bookings": 0,
        "remaining": 1,
        "is_available": True,
        "is_fully_booked": False,
    }


def test_starts_run_in_steps_of_the_duration_until_the_last_that_fits(available: AvailableSlots) -> None:
    service = service_of("10:00", "14:00", duration_minutes=90)
    assert [slot["start_time"] for slot in available(service)] == ["10:00:00", "11:30:00"]


def test_buffers_may_lie_outside_the_hours(available: AvailableSlots) -> None:
    service = service_of("10:00", "12:00", buffer_before_minutes=30, buffer_after_minutes=30)
    assert [slot["start_time"] for slot in available(service)] == ["10:00:00", "11:00:00"]


def test_each_interval_of_a_day_begins_a_grid_of_its_own(available: AvailableSlots) -> None:
    service = service_of("09:30", "11:00")
    works(service.staff.get(), "13:15", "15:30")
    assert [slot["start_time"] for slot in available(service)] == ["09:30:00", "13:15:00", "14:15:00"]


def test_midnight_ends_a_day(available: AvailableSlots) -> None:
    service = service_of("22:00", "00:00")
    assert [slot["end_time"] for slot in available(service)] == ["23:00:00", "00:00:00"]
    assert available(service)[1]["ends_at"] == "2026-12-03T00:00:00+05:45"


def test_a_service_may_take_the_whole_day(available: AvailableSlots) -> None:
    service = service_of("00:00", "00:00", duration_minutes=1440)
    assert [(slot["start_time"], slot["end_time"]) for slot in available(service)] == [
        ("00:00:00", "00:00:00")
    ]


def test_a_weekday_without_hours_has_no_slots(available: AvailableSlots) -> None:
    service = BookableServiceFactory(members=0)
    works(StaffFactory(provider=service.provider), weekdays=[6, 0, 1, 2, 3, 4]).services.add(service)
    assert available(service, "2026-12-05") == []
    assert len(available(service, "2026-12-06")) == 7


def test_time_off_takes_away_every_slot_it_touches(available: AvailableSlots, service: Service) -> None:
    off(service.staff.get(), "2026-12-02 10:59", "2026-12-02 13:00")
    assert [slot["start_time"] for slot in available(service, include_unavailable=True)] == [
        "13:00:00",
        "14:00:00",
        "15:00:00",
        "16:00:00",
    ]


def test_time_off_of_the_provider_closes_all_members(available: AvailableSlots) -> None:
    service = BookableServiceFactory(members=2)
    off(service.staff.first(), "2026-12-02 00:00", "2026-12-03 00:00", everybody=True)
    assert available(service) == []
    assert len(available(service, "2026-12-03")) == 7


def test_time_off_of_another_provider_changes_nothing(available: AvailableSlots, service: Service) -> None:
    off(StaffFactory(), "2026-12-02 00:00", "2026-12-03 00:00", everybody=True)
    assert len(available(service)) == 7


def test_buffers_may_lie_in_time_off(available: AvailableSlots) -> None:
    service = BookableServiceFactory(buffer_after_minutes=30)
    off(service.staff.get(), "2026-12-02 11:00", "2026-12-02 17:00")
    assert [slot["start_time"] for slot in available(service)] == ["10:00:00"]


def test_a_blocked_slot_is_shown_only_on_request(available: AvailableSlots, service: Service) -> None:
    departs(service, service.staff.get(), "2026-12-02 11:00", "2026-12-02 12:00", is_available=False)
    assert "11:00:00" not in [slot["start_time"] for slot in available(service)]
    blocked = available(service, include_unavailable=True)[1]
    assert (blocked["is_available"], blocked["is_fully_booked"], blocked["remaining"]) == (False, False, 0)


def test_a_slot_opened_outside_the_hours_has_its_own_length(
    available: AvailableSlots, service: Service
) -> None:
    departs(service, service.staff.get(), "2026-12-02 19:00", "2026-12-02 21:30")
    opened = available(service)[-1]
    assert (opened["start_time"], opened["end_time"]) == ("19:00:00", "21:30:00")


def test_a_slot_opened_in_time_off_stays_closed(available: AvailableSlots, service: Service) -> None:
    departs(service, service.staff.get(), "2026-12-02 19:00", "2026-12-02 20:00")
    off(service.staff.get(), "2026-12-02 18:00", "2026-12-02 19:01")
    assert "19:00:00" not in [slot["start_time"] for slot in available(service)]


def test_slot_overrides_count_only_while_slots_are_switched_on(settings: Settings, service: Service) -> None:
    departs(service, service.staff.get(), "2026-12-02 10:00", "2026-12-02 11:00", is_available=False)
    settings.ENABLE_BOOKING_SLOTS = False
    assert taken(service, "2026-12-02 10:00").seat == 1


def test_clocks_that_change_leave_out_the_hour_that_is_skipped(
    settings: Settings, available: AvailableSlots
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    service = service_of("00:00", "05:00", max_advance_days=366)
    assert [slot["start_time"] for slot in available(service, "2027-03-28")] == [
        "00:00:00",
        "01:00:00",
        "03:00:00",
        "04:00:00",
    ]
    assert available(service, "2027-03-28")[1]["ends_at"] == "2027-03-28T03:00:00+02:00"


def test_slots_never_overlap_where_clocks_go_forward(settings: Settings, available: AvailableSlots) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    service = service_of("00:00", "08:00", max_advance_days=366, duration_minutes=90)
    slots = available(service, "2027-03-28")
    assert [(slot["start_time"], slot["end_time"]) for slot in slots] == [
        ("00:00:00", "01:30:00"),
        ("01:30:00", "04:00:00"),
        ("04:30:00", "06:00:00"),
        ("06:00:00", "07:30:00"),
    ]


def test_hours_that_the_clock_skips_have_no_slots(settings: Settings, available: AvailableSlots) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    service = service_of("02:00", "02:30", max_advance_days=366, duration_minutes=15)
    works(service.staff.get(), "01:45", "02:00")
    assert [slot["start_time"] for slot in available(service, "2027-03-28")] == ["01:45:00"]
    assert len(available(service, "2027-03-27")) == 3


def test_an_hour_that_comes_twice_is_the_first_of_the_two(
    settings: Settings, available: AvailableSlots
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    service = service_of("01:00", "04:00", max_advance_days=366)
    starts = [slot["starts_at"] for slot in available(service, "2027-10-31")]
    assert starts == [
        "2027-10-31T01:00:00+02:00",
        "2027-10-31T02:00:00+02:00",
        "2027-10-31T03:00:00+01:00",
    ]
