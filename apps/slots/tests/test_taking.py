"""Taking a member's time, and moving a reservation."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.common.errors import DomainError
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.models import BookingSlot, Reservation
from apps.slots.selectors import Wish
from apps.slots.tests.factories import BookableServiceFactory, departs, off, taken, works

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
TEN = "2026-12-02 10:00"
ELEVEN = "2026-12-02 11:00"


def refused(service: Service, moment: str, **options: object) -> bool:
    with pytest.raises(DomainError) as refusal:
        taken(service, moment, **options)  # type: ignore[arg-type]
    return refusal.value.code == "slot_unavailable"


def test_a_reservation_covers_the_slot_and_its_buffers() -> None:
    service = BookableServiceFactory(buffer_before_minutes=15, buffer_after_minutes=30)
    reservation = taken(service, TEN)
    reservation.refresh_from_db()
    assert reservation.slot_starts_at.isoformat() == "2026-12-02T04:15:00+00:00"
    assert reservation.slot_ends_at == reservation.slot_starts_at + timedelta(hours=1)
    assert reservation.starts_at == reservation.slot_starts_at - timedelta(minutes=15)
    assert reservation.ends_at == reservation.slot_ends_at + timedelta(minutes=30)
    assert (reservation.expires_at, reservation.seat, reservation.staff) == (None, 1, service.staff.get())


def test_a_taken_time_is_refused_and_nothing_changes(service: Service) -> None:
    run_out = taken(service, TEN, until=timezone.now())
    taken(service, TEN)
    assert refused(service, TEN)
    assert Reservation.objects.count() == 2
    assert Reservation.objects.get(pk=run_out.pk).seat is None


@pytest.mark.parametrize(
    "moment",
    [
        "2026-12-02 10:30",
        "2026-12-02 10:00:01",
        "2026-12-02 17:00",
        "2026-12-02 09:00",
        "2026-11-30 10:00",
        "2027-12-02 10:00",
        "0001-01-01 10:00",
        "9999-12-31 10:00",
    ],
)
def test_a_time_off_the_grid_or_beyond_the_horizon_is_refused(service: Service, moment: str) -> None:
    assert refused(service, moment)


def test_a_time_the_clock_skips_is_refused(settings: Settings) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    service = BookableServiceFactory(members=0, max_advance_days=366)
    works(StaffFactory(provider=service.provider), "00:00", "05:00").services.add(service)
    assert refused(service, "2027-03-28 02:00")
    assert taken(service, "2027-03-28 03:00").slot_starts_at.isoformat() == "2027-03-28T01:00:00+00:00"


def test_notice_may_be_waived_but_not_the_past() -> None:
    service = BookableServiceFactory(min_notice_minutes=600)
    service.staff.get().working_hours.update(start_time="07:00")
    assert refused(service, "2026-12-01 10:00")
    assert refused(service, "2026-12-01 08:00", at_any_notice=True)
    taken(service, "2026-12-01 10:00", at_any_notice=True)


def test_time_off_and_blocked_slots_are_refused(service: Service) -> None:
    off(service.staff.get(), "2026-12-02 10:59", "2026-12-02 11:00")
    departs(service, service.staff.get(), ELEVEN, "2026-12-02 12:00", is_available=False)
    assert refused(service, TEN)
    assert refused(service, ELEVEN)


def test_a_slot_opened_outside_the_hours_is_taken_to_its_own_end(service: Service) -> None:
    departs(service, service.staff.get(), "2026-12-02 19:00", "2026-12-02 21:30")
    reservation = taken(service, "2026-12-02 19:00")
    assert reservation.slot_ends_at - reservation.slot_starts_at == timedelta(hours=2, minutes=30)
    assert reservation.slot.is_override


def test_reservations_of_one_start_share_one_slot_and_number_its_seats() -> None:
    service = BookableServiceFactory(max_bookings=3)
    reservations = [taken(service, TEN) for _ in range(3)]
    assert [reservation.seat for reservation in reservations] == [1, 2, 3]
    assert len({reservation.slot_id for reservation in reservations}) == 1
    assert refused(service, TEN)


def test_a_seat_that_was_given_back_is_numbered_again() -> None:
    service = BookableServiceFactory(max_bookings=3)
    first, _ = taken(service, TEN), taken(service, TEN)
    first.delete()
    assert [taken(service, TEN).seat, taken(service, TEN).seat] == [1, 3]


def test_the_database_numbers_a_seat_once(service: Service) -> None:
    reservation = taken(service, TEN)
    reservation.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        reservation.save(force_insert=True)


@pytest.mark.postgres
def test_the_database_keeps_firm_reservations_of_a_member_apart(service: Service) -> None:
    reservation = taken(service, TEN)
    other = BookingSlot.objects.create(
        service=service,
        staff=reservation.staff,
        starts_at=reservation.starts_at + timedelta(minutes=30),
        ends_at=reservation.ends_at + timedelta(minutes=30),
    )
    reservation.pk, reservation.slot = None, other
    reservation.starts_at, reservation.ends_at = other.starts_at, other.ends_at
    with pytest.raises(IntegrityError, match="reservation_no_overlap"), transaction.atomic():
        reservation.save(force_insert=True)
    reservation.expires_at = timezone.now() + timedelta(minutes=15)
    reservation.save(force_insert=True)
    assert connection.vendor == "postgresql"


def test_a_group_that_has_begun_is_filled_first() -> None:
    service = BookableServiceFactory(members=2, max_bookings=2)
    first, second = service.staff.order_by("pk")
    taken(service, TEN, wish=Wish(staff_id=second.pk))
    taken(service, ELEVEN, wish=Wish(staff_id=second.pk))
    assert [taken(service, TEN).staff_id for _ in range(3)] == [second.pk, first.pk, first.pk]


def test_the_member_with_the_fewest_bookings_that_day_comes_first() -> None:
    service = BookableServiceFactory(members=2)
    first, second = service.staff.order_by("pk")
    taken(service, ELEVEN, wish=Wish(staff_id=first.pk))
    taken(service, "2026-12-03 10:00", wish=Wish(staff_id=second.pk))
    taken(service, "2026-12-03 11:00", wish=Wish(staff_id=second.pk))
    assert taken(service, TEN).staff_id == second.pk


def test_bookings_of_other_services_count_as_load() -> None:
    service = BookableServiceFactory(members=2)
    first = service.staff.order_by("pk")[0]
    other = BookableServiceFactory(provider=service.provider, members=0)
    other.staff.add(first)
    taken(other, "2026-12-02 15:00")
    assert taken(service, TEN).staff_id != first.pk


def test_of_two_equals_the_lowest_id_comes_first() -> None:
    service = BookableServiceFactory(members=3)
    assert taken(service, TEN).staff_id == service.staff.order_by("pk")[0].pk


def test_nobody_is_refused_while_one_matching_member_is_free() -> None:
    service = BookableServiceFactory(members=3)
    assert len({taken(service, TEN).staff_id for _ in range(3)}) == 3
    assert refused(service, TEN)


def test_a_member_of_another_gender_does_not_do() -> None:
    service = BookableServiceFactory(members=2)
    woman = service.staff.order_by("pk")[1]
    woman.gender = "female"
    woman.save()
    assert taken(service, TEN, wish=Wish(gender="female")).staff_id == woman.pk
    assert refused(service, TEN, wish=Wish(gender="female"))
    assert taken(service, TEN, wish=Wish(gender="any")).staff_id != woman.pk


def test_a_reservation_does_not_stand_in_its_own_way() -> None:
    service = BookableServiceFactory(duration_minutes=60, buffer_after_minutes=60)
    reservation = taken(service, TEN)
    moved = taken(service, ELEVEN, current=reservation)
    assert moved.pk == reservation.pk
    assert moved.slot_starts_at == reservation.slot_starts_at
    assert Reservation.objects.get().slot_starts_at.isoformat() == "2026-12-02T05:15:00+00:00"


def test_a_reservation_that_cannot_move_stays_where_it_is(service: Service) -> None:
    reservation = taken(service, TEN)
    taken(service, ELEVEN)
    assert refused(service, ELEVEN, current=reservation)
    reservation.refresh_from_db()
    assert reservation.slot.starts_at.isoformat() == "2026-12-02T04:15:00+00:00"


def test_taking_the_same_slot_again_keeps_the_seat() -> None:
    service = BookableServiceFactory(max_bookings=3)
    _, reservation, _ = [taken(service, TEN) for _ in range(3)]
    assert taken(service, TEN, current=reservation).seat == 2


def test_a_reservation_that_was_given_back_meanwhile_is_made_anew(service: Service) -> None:
    reservation = taken(service, TEN)
    Reservation.objects.all().delete()
    assert taken(service, TEN, current=reservation).pk != reservation.pk


def test_taking_costs_the_same_with_many_bookings() -> None:
    service = BookableServiceFactory(members=3, max_bookings=5)
    with CaptureQueriesContext(connection) as first:
        taken(service, TEN)
    for hour in range(10, 17):
        for _ in range(12):
            taken(service, f"2026-12-02 {hour}:00")
    with CaptureQueriesContext(connection) as last:
        taken(service, TEN)
    assert len(last) <= len(first) <= 12
