"""`/api/booking-slots/`: what a provider changes of single slots."""

from datetime import timedelta

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.models import BookingSlot, Reservation
from apps.slots.tests.conftest import AvailableSlots
from apps.slots.tests.factories import BookableServiceFactory, taken
from apps.slots.tests.slot_overrides import ELEVEN, PATH, TEN, body_of, error_of, slot_override_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]


def test_a_slot_is_opened_outside_the_hours(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    answer = provider_client.post(PATH, body_of(yoga, start_time="19:00", end_time="20:30"))
    assert answer.status_code == 201
    assert answer.json() == {
        "id": BookingSlot.objects.get().pk,
        "service": yoga.pk,
        "staff": yoga.staff.get().pk,
        "date": "2026-12-02",
        "start_time": "19:00:00",
        "end_time": "20:30:00",
        "is_available": True,
        "max_bookings": 5,
        "current_bookings": 0,
    }
    assert available(yoga)[-1]["end_time"] == "20:30:00"


def test_a_slot_is_blocked_and_opened_again(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    blocked = provider_client.post(PATH, body_of(yoga, is_available=False)).json()
    assert available(yoga)[0]["start_time"] == "11:00:00"
    assert provider_client.patch(f"{PATH}{blocked['id']}/", {"is_available": True}).status_code == 200
    assert available(yoga)[0]["start_time"] == "10:00:00"


def test_a_slot_gets_other_seats_and_the_services_again(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    made = provider_client.post(PATH, body_of(yoga, max_bookings=2)).json()
    assert (made["max_bookings"], available(yoga)[0]["max_bookings"]) == (2, 2)
    changed = provider_client.patch(f"{PATH}{made['id']}/", {"max_bookings": None}).json()
    assert (changed["max_bookings"], available(yoga)[0]["max_bookings"]) == (5, 5)


def test_without_an_end_the_services_duration_decides(provider_client: APIClient, yoga: Service) -> None:
    body = body_of(yoga)
    del body["end_time"]
    assert provider_client.post(PATH, body).json()["end_time"] == "11:00:00"


def test_a_slot_that_carries_bookings_can_be_blocked_and_keeps_them(
    provider_client: APIClient, yoga: Service
) -> None:
    reservation = taken(yoga, TEN)
    answer = provider_client.post(PATH, body_of(yoga, is_available=False))
    assert (answer.status_code, answer.json()["current_bookings"]) == (201, 1)
    assert answer.json()["id"] == reservation.slot_id
    assert Reservation.objects.filter(pk=reservation.pk).exists()


def test_only_live_reservations_are_counted(provider_client: APIClient, yoga: Service) -> None:
    taken(yoga, TEN, until=timezone.now() + timedelta(minutes=15))
    taken(yoga, TEN)
    taken(yoga, TEN, until=timezone.now())
    slot = slot_override_of(yoga)
    assert provider_client.get(f"{PATH}{slot.pk}/").json()["current_bookings"] == 2


def test_a_second_slot_override_of_the_same_slot_is_refused(
    provider_client: APIClient, yoga: Service
) -> None:
    slot_override_of(yoga)
    assert error_of(provider_client.post(PATH, body_of(yoga))) == (400, "unique", "start_time")


def test_fewer_seats_than_taken_are_refused(provider_client: APIClient, yoga: Service) -> None:
    for _ in range(3):
        taken(yoga, TEN)
    assert error_of(provider_client.post(PATH, body_of(yoga, max_bookings=2))) == (
        409,
        "in_use",
        "max_bookings",
    )
    slot = slot_override_of(yoga, seats=4)
    path = f"{PATH}{slot.pk}/"
    assert error_of(provider_client.patch(path, {"max_bookings": 2})) == (409, "in_use", "max_bookings")
    assert provider_client.patch(path, {"max_bookings": 3}).status_code == 200
    slot.refresh_from_db()
    assert slot.max_bookings == 3


def test_the_services_seats_may_be_too_few_as_well(provider_client: APIClient, bishnu: User) -> None:
    single = BookableServiceFactory(provider=bishnu)
    slot = slot_override_of(single, seats=2)
    taken(single, TEN), taken(single, TEN)
    answer = provider_client.patch(f"{PATH}{slot.pk}/", {"max_bookings": None})
    assert error_of(answer) == (409, "in_use", "max_bookings")


def test_a_slot_with_bookings_does_not_move(provider_client: APIClient, yoga: Service) -> None:
    taken(yoga, TEN)
    path = f"{PATH}{slot_override_of(yoga).pk}/"
    assert error_of(provider_client.patch(path, {"start_time": "09:30"}))[:2] == (409, "in_use")
    assert error_of(provider_client.patch(path, {"end_time": "11:30"}))[:2] == (409, "in_use")
    assert provider_client.patch(path, {"start_time": "10:00", "is_available": False}).status_code == 200


def test_a_slot_without_bookings_moves(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    slot = slot_override_of(yoga, "2026-12-02 19:00", "2026-12-02 20:00")
    moved = provider_client.patch(f"{PATH}{slot.pk}/", {"date": "2026-12-03", "start_time": "18:30"}).json()
    assert (moved["id"], moved["date"]) == (slot.pk, "2026-12-03")
    assert (moved["start_time"], moved["end_time"]) == ("18:30:00", "20:00:00")
    assert available(yoga)[-1]["start_time"] == "16:00:00"
    assert available(yoga, "2026-12-03")[-1]["start_time"] == "18:30:00"


def test_a_slot_does_not_move_onto_another(provider_client: APIClient, yoga: Service) -> None:
    slot_override_of(yoga, ELEVEN, "2026-12-02 12:00")
    slot = slot_override_of(yoga)
    answer = provider_client.patch(f"{PATH}{slot.pk}/", {"start_time": "11:00", "end_time": "12:00"})
    assert error_of(answer) == (400, "unique", "start_time")


def test_a_slot_moves_to_a_time_that_was_held(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    taken(yoga, ELEVEN).delete()
    slot = slot_override_of(yoga, is_available=False, seats=3)
    answer = provider_client.patch(f"{PATH}{slot.pk}/", {"start_time": "11:00", "end_time": "12:00"})
    assert answer.status_code == 200
    assert provider_client.get(PATH).json()["results"] == [answer.json()]
    assert (answer.json()["start_time"], answer.json()["max_bookings"]) == ("11:00:00", 3)
    starts = [shown["start_time"] for shown in available(yoga)]
    assert starts[:2] == ["10:00:00", "12:00:00"]


def test_a_slot_that_moves_has_seats_for_all_who_booked_there(
    provider_client: APIClient, yoga: Service
) -> None:
    reservations = [taken(yoga, ELEVEN) for _ in range(3)]
    slot = slot_override_of(yoga, seats=2)
    move = {"start_time": "11:00", "end_time": "12:00"}
    assert error_of(provider_client.patch(f"{PATH}{slot.pk}/", move))[:2] == (409, "in_use")
    assert provider_client.get(f"{PATH}{slot.pk}/").json()["start_time"] == "10:00:00"
    reservations[0].delete()
    assert provider_client.patch(f"{PATH}{slot.pk}/", move).json()["current_bookings"] == 2


def test_whose_slot_it_is_stays(provider_client: APIClient, yoga: Service) -> None:
    slot = slot_override_of(yoga)
    colleague = StaffFactory(provider=yoga.provider)
    yoga.staff.add(colleague)
    same = {"staff": slot.staff_id, "service": yoga.pk, "max_bookings": 4}
    assert provider_client.patch(f"{PATH}{slot.pk}/", same).status_code == 200
    assert error_of(provider_client.patch(f"{PATH}{slot.pk}/", {"staff": colleague.pk}))[::2] == (
        400,
        "staff",
    )


def test_the_schedule_rules_again_once_a_slot_override_is_deleted(
    provider_client: APIClient, available: AvailableSlots, yoga: Service
) -> None:
    slot = slot_override_of(yoga, is_available=False)
    path = f"{PATH}{slot.pk}/"
    assert provider_client.delete(path).status_code == 204
    assert available(yoga)[0]["start_time"] == "10:00:00"
    assert [provider_client.get(path).status_code, provider_client.delete(path).status_code] == [404, 404]
    assert provider_client.get(PATH).json()["count"] == 0
    assert provider_client.post(PATH, body_of(yoga)).status_code == 201


def test_a_slot_override_with_bookings_is_not_deleted(provider_client: APIClient, yoga: Service) -> None:
    slot = slot_override_of(yoga)
    reservation = taken(yoga, TEN)
    assert error_of(provider_client.delete(f"{PATH}{slot.pk}/"))[:2] == (409, "in_use")
    reservation.delete()
    taken(yoga, TEN, until=timezone.now())
    assert provider_client.delete(f"{PATH}{slot.pk}/").status_code == 204
