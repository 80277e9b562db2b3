"""Holds: kept, renewed, made firm, given back, run out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import draft_at_payment_step
from apps.services.models import Service
from apps.slots.actions import (
    expired_holds_release,
    reservation_make_firm,
    reservation_release,
    reservation_renew,
)
from apps.slots.models import BookingSlot, Reservation
from apps.slots.tests.factories import BookableServiceFactory, taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tuesday")]
TEN = "2026-12-02 10:00"
ELEVEN = "2026-12-02 11:00"
QUARTER = timedelta(minutes=15)


@pytest.fixture
def hold(service: Service) -> Reservation:
    return taken(service, TEN, until=timezone.now() + QUARTER)


def test_a_live_hold_becomes_firm(hold: Reservation) -> None:
    assert reservation_make_firm(reservation=hold, now=timezone.now())
    assert Reservation.objects.get().expires_at is None


def test_a_firm_reservation_stays_firm(service: Service) -> None:
    reservation = taken(service, TEN)
    assert reservation_make_firm(reservation=reservation, now=timezone.now())


def test_a_hold_that_ran_out_or_is_gone_does_not_become_firm(hold: Reservation) -> None:
    assert not reservation_make_firm(reservation=hold, now=timezone.now() + QUARTER)
    reservation_release(reservation_id=hold.pk)
    assert not reservation_make_firm(reservation=hold, now=timezone.now())


def test_a_hold_is_renewed_once(hold: Reservation) -> None:
    later = timezone.now() + 2 * QUARTER
    assert reservation_renew(reservation=hold, expires_at=later, now=timezone.now())
    assert not reservation_renew(reservation=hold, expires_at=later + QUARTER, now=timezone.now())
    assert Reservation.objects.get().expires_at == later


def test_a_hold_that_ran_out_is_not_renewed(hold: Reservation) -> None:
    now = timezone.now() + QUARTER
    assert not reservation_renew(reservation=hold, expires_at=now + QUARTER, now=now)


def test_a_hold_that_ran_out_loses_its_time_to_the_next(hold: Reservation) -> None:
    now = timezone.now() + QUARTER
    assert taken(hold.service, TEN, now=now).seat == 1


def test_who_lost_his_time_does_not_get_it_back_by_a_slow_clock(hold: Reservation) -> None:
    taken(hold.service, TEN, now=timezone.now() + QUARTER)
    assert not reservation_make_firm(reservation=hold, now=timezone.now())
    assert not reservation_renew(reservation=hold, expires_at=timezone.now() + QUARTER, now=timezone.now())


def test_a_hold_that_ran_out_is_taken_again_in_the_same_row(hold: Reservation) -> None:
    now = timezone.now() + QUARTER
    again = taken(hold.service, TEN, now=now, until=now + QUARTER, current=hold)
    assert (again.pk, again.seat, Reservation.objects.count()) == (hold.pk, 1, 1)


def test_who_comes_back_late_sits_on_another_seat() -> None:
    yoga = BookableServiceFactory(max_bookings=2)
    late = taken(yoga, TEN, until=timezone.now())
    assert taken(yoga, TEN).seat == 1
    assert taken(yoga, TEN, current=late).seat == 2


def test_a_hold_taken_again_can_be_renewed_again(hold: Reservation) -> None:
    now = timezone.now()
    reservation_renew(reservation=hold, expires_at=now + QUARTER, now=now)
    taken(hold.service, TEN, now=now + QUARTER, until=now + 2 * QUARTER, current=hold)
    assert reservation_renew(reservation=hold, expires_at=now + 3 * QUARTER, now=now + QUARTER)


def test_a_hold_that_moves_without_more_time_is_not_renewed_again(hold: Reservation) -> None:
    now = timezone.now()
    reservation_renew(reservation=hold, expires_at=now + 2 * QUARTER, now=now)
    hold.refresh_from_db()
    taken(hold.service, ELEVEN, until=hold.expires_at, current=hold)
    assert not reservation_renew(reservation=hold, expires_at=now + 3 * QUARTER, now=now)


@pytest.mark.postgres
def test_a_hold_whose_time_is_firmly_somebody_elses_does_not_become_firm(hold: Reservation) -> None:
    quarter_past = BookingSlot.objects.create(
        service=hold.service,
        staff=hold.staff,
        starts_at=hold.starts_at + QUARTER,
        ends_at=hold.ends_at + QUARTER,
    )
    taken(hold.service, ELEVEN)
    Reservation.objects.filter(expires_at=None).update(slot=quarter_past, starts_at=quarter_past.starts_at)
    assert not reservation_make_firm(reservation=hold, now=timezone.now())
    assert Reservation.objects.filter(expires_at=None).count() == 1


def test_a_firm_reservation_always_has_a_seat(hold: Reservation) -> None:
    Reservation.objects.update(seat=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.update(expires_at=None)


def test_giving_back_twice_is_fine(hold: Reservation) -> None:
    for _ in range(2):
        reservation_release(reservation_id=hold.pk)
    assert not Reservation.objects.exists()


def test_only_holds_that_ran_out_are_tidied_away(service: Service, kamala: User) -> None:
    firm = taken(service, "2026-12-02 12:00")
    taken(service, TEN, until=timezone.now() + QUARTER)
    draft = draft_at_payment_step(kamala, service, days=1, at="11:00")
    assert expired_holds_release(now=timezone.now()) == 0
    assert expired_holds_release(now=timezone.now() + timedelta(hours=1)) == 2
    assert list(Reservation.objects.values_list("pk", flat=True)) == [firm.pk]
    assert Booking.objects.get(pk=draft.pk).reservation_id is None
