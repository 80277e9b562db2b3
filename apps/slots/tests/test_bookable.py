"""What makes a slot of the grid bookable."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.services.models import Service
from apps.slots.selectors import Wish
from apps.slots.tests.conftest import AvailableSlots
from apps.slots.tests.factories import BookableServiceFactory, departs, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


def starts(slots: list[dict[str, object]]) -> list[object]:
    return [slot["start_time"] for slot in slots]


def test_a_start_must_lie_ahead(available: AvailableSlots, api: APIClient) -> None:
    service = BookableServiceFactory()
    service.staff.get().working_hours.update(start_time="07:00")
    assert starts(available(service, "2026-12-01"))[0] == "09:00:00"


def test_a_start_must_be_as_far_away_as_the_notice(available: AvailableSlots) -> None:
    service = BookableServiceFactory(min_notice_minutes=180)
    assert starts(available(service, "2026-12-01"))[0] == "11:00:00"
    service = BookableServiceFactory(min_notice_minutes=181)
    assert starts(available(service, "2026-12-01"))[0] == "12:00:00"


def test_too_short_a_notice_is_shown_as_unavailable_but_not_as_full(available: AvailableSlots) -> None:
    service = BookableServiceFactory(min_notice_minutes=180)
    first = available(service, "2026-12-01", include_unavailable=True)[0]
    assert (first["is_available"], first["is_fully_booked"], first["remaining"]) == (False, False, 0)


def test_the_horizon_is_a_local_date(available: AvailableSlots) -> None:
    service = BookableServiceFactory(max_advance_days=2)
    assert len(available(service, "2026-12-03")) == 7
    assert available(service, "2026-12-04") == []
    assert len(available(service, "2026-12-04", include_unavailable=True)) == 7


def test_a_taken_slot_is_full(available: AvailableSlots, service: Service) -> None:
    taken(service, "2026-12-02 11:00")
    full = available(service, include_unavailable=True)[1]
    assert (full["current_bookings"], full["remaining"], full["is_fully_booked"]) == (1, 0, True)
    assert starts(available(service))[:2] == ["10:00:00", "12:00:00"]


def test_a_hold_counts_until_it_runs_out(available: AvailableSlots, service: Service) -> None:
    taken(service, "2026-12-02 10:00", until=timezone.now() + timedelta(seconds=1))
    taken(service, "2026-12-02 11:00", until=timezone.now())
    assert starts(available(service))[:2] == ["11:00:00", "12:00:00"]


def test_another_service_of_the_member_stands_in_the_way(available: AvailableSlots, service: Service) -> None:
    other = BookableServiceFactory(provider=service.provider, members=0, duration_minutes=90)
    other.staff.set(service.staff.all())
    taken(other, "2026-12-02 11:30")
    full = available(service, include_unavailable=True)[1]
    assert (full["current_bookings"], full["remaining"], full["is_fully_booked"]) == (0, 0, True)
    assert starts(available(service))[:2] == ["10:00:00", "13:00:00"]


def test_both_buffers_add_up_between_two_bookings(available: AvailableSlots, service: Service) -> None:
    Service.objects.update(buffer_before_minutes=20, buffer_after_minutes=25, duration_minutes=15)
    service.refresh_from_db()
    taken(service, "2026-12-02 12:00")
    shown = starts(available(service))
    assert shown[shown.index("11:00:00") + 1] == "13:00:00"


def test_what_ends_when_another_begins_does_not_overlap(available: AvailableSlots, service: Service) -> None:
    taken(service, "2026-12-02 11:00")
    assert {"10:00:00", "12:00:00"} <= {*starts(available(service))}


def test_a_booking_of_the_day_before_reaches_over_midnight_with_its_buffer(available: AvailableSlots) -> None:
    service = BookableServiceFactory(buffer_after_minutes=1440, duration_minutes=420)
    taken(service, "2026-12-02 10:00")
    assert starts(available(service, "2026-12-03")) == []
    assert starts(available(service, "2026-12-04")) == ["10:00:00"]


def test_a_reservation_of_the_greatest_length_is_seen_from_either_side(available: AvailableSlots) -> None:
    service = BookableServiceFactory(
        duration_minutes=1440, buffer_before_minutes=1440, buffer_after_minutes=1440
    )
    service.staff.get().working_hours.update(start_time="00:00", end_time="00:00")
    taken(service, "2026-12-10 00:00")
    days = range(6, 15)
    free = [day for day in days if available(service, f"2026-12-{day:02}")]
    assert free == [6, 7, 13, 14]


def test_a_group_has_its_seats(available: AvailableSlots) -> None:
    service = BookableServiceFactory(max_bookings=3)
    taken(service, "2026-12-02 10:00")
    slot = available(service)[0]
    assert (slot["max_bookings"], slot["current_bookings"], slot["remaining"]) == (3, 1, 2)


def test_a_slot_override_gives_a_slot_other_seats(available: AvailableSlots) -> None:
    service = BookableServiceFactory(max_bookings=3)
    departs(service, service.staff.get(), "2026-12-02 10:00", "2026-12-02 11:00", seats=5)
    assert [slot["max_bookings"] for slot in available(service)][:2] == [5, 3]


def test_a_group_of_another_service_leaves_no_seat(available: AvailableSlots) -> None:
    yoga = BookableServiceFactory(max_bookings=5)
    massage = BookableServiceFactory(provider=yoga.provider, members=0)
    massage.staff.set(yoga.staff.all())
    taken(massage, "2026-12-02 10:00")
    assert available(yoga, include_unavailable=True)[0]["remaining"] == 0


def test_several_members_at_one_time_are_one_entry(available: AvailableSlots) -> None:
    service = BookableServiceFactory(members=3)
    taken(service, "2026-12-02 10:00")
    slots = available(service)
    assert len(slots) == 7
    assert (slots[0]["max_bookings"], slots[0]["current_bookings"], slots[0]["remaining"]) == (3, 1, 2)


def test_a_member_may_be_asked_for(available: AvailableSlots) -> None:
    service = BookableServiceFactory(members=2)
    first, second = service.staff.order_by("pk")
    taken(service, "2026-12-02 10:00", wish=Wish(staff_id=first.pk))
    assert starts(available(service, staff=first.pk))[0] == "11:00:00"
    assert starts(available(service, staff=second.pk))[0] == "10:00:00"


def test_a_gender_may_be_asked_for(available: AvailableSlots) -> None:
    service = BookableServiceFactory(members=2)
    woman, nobody_asked = service.staff.order_by("pk")
    woman.gender = "female"
    woman.save()
    nobody_asked.working_hours.update(start_time="12:00")
    assert starts(available(service, preferred_provider_gender="female"))[0] == "10:00:00"
    assert available(service, preferred_provider_gender="male") == []
    assert available(service, preferred_provider_gender="any")[2]["max_bookings"] == 2


@pytest.mark.parametrize("gender", ["male", "female", "other"])
def test_a_member_without_gender_matches_only_any(
    available: AvailableSlots, service: Service, gender: str
) -> None:
    assert available(service, preferred_provider_gender=gender) == []
    assert len(available(service, preferred_provider_gender="any")) == 7


def test_a_deactivated_member_has_no_slots(available: AvailableSlots, service: Service) -> None:
    service.staff.update(is_active=False)
    assert available(service) == []
    assert available(service, staff=service.staff.get().pk) == []


def test_a_service_without_members_has_no_slots(available: AvailableSlots) -> None:
    assert available(BookableServiceFactory(members=0)) == []
