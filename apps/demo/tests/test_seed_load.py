from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import groupby, pairwise
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from apps.accounts.models import Role, User
from apps.analytics.models import BookedDay, DirtyDay
from apps.bookings.models import Booking, BookingStatus, Review
from apps.bookings.states import FREES_THE_SLOT, SYSTEM, may_move
from apps.common.localtime import local, today
from apps.demo.load.days import bookings_by_day, starts_of_day
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentStatus
from apps.payments.selectors import shown_payment
from apps.services.models import Service
from apps.services.selectors import mean_rating
from apps.slots.models import Reservation, Weekday

pytestmark = pytest.mark.django_db
FIRST, SECOND = 200, 100


@pytest.fixture(scope="module")
def _load(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two loads, one after the other, for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        for count in (FIRST, SECOND):
            call_command("seed_load", bookings=count, verbosity=0, stdout=StringIO())
        yield
        transaction.set_rollback(True)


def starts() -> list[datetime]:
    return [booking.starts_at for booking in Booking.objects.all() if booking.starts_at]


loaded = pytest.mark.usefixtures("_load")


@loaded
def test_every_run_adds_exactly_what_was_asked_for() -> None:
    assert Booking.objects.count() == FIRST + SECOND


@loaded
def test_providers_services_and_customers_are_many() -> None:
    assert User.objects.filter(role=Role.PROVIDER).count() >= 300
    assert User.objects.filter(role=Role.CUSTOMER).count() >= 2000
    assert Service.objects.count() >= 500
    assert not Service.objects.filter(staff=None).exists()


@loaded
def test_nobody_has_a_password(api: APIClient) -> None:
    assert not User.objects.exclude(password__startswith="!").exists()


@loaded
def test_bookings_spread_over_three_years_and_sixty_days_ahead() -> None:
    days = sorted(local(starts_at).date() for starts_at in starts())
    first, last = days[0], days[-1]
    now = today(timezone.now())
    assert timedelta(days=900) < now - first <= timedelta(days=3 * 365)
    assert timedelta(days=15) < last - now <= timedelta(days=60)
    assert not any(day.weekday() == Weekday.SATURDAY for day in days)


@loaded
def test_no_two_reservations_of_a_member_overlap() -> None:
    reservations = Reservation.objects.order_by("staff_id", "starts_at", "slot_id")
    for _, of_member in groupby(reservations, key=lambda reservation: reservation.staff_id):
        for first, second in pairwise(of_member):
            assert first.slot_id == second.slot_id or first.ends_at <= second.starts_at


@loaded
def test_a_reservation_is_there_exactly_where_the_booking_takes_place() -> None:
    freed = Booking.objects.filter(status__in=FREES_THE_SLOT)
    assert not freed.filter(reservation__isnull=False).exists()
    held = Booking.objects.exclude(status__in=FREES_THE_SLOT)
    assert not held.exclude(
        reservation__slot_starts_at=F("starts_at"), staff=F("reservation__staff")
    ).exists()


@loaded
def test_every_history_leads_to_the_bookings_state() -> None:
    for booking in Booking.objects.prefetch_related("events__actor"):
        events = list(booking.events.all())
        assert (events[0].from_status, events[-1].to_status) == ("", booking.status)
        for before, after in pairwise(events):
            role = after.actor.role if after.actor else SYSTEM
            assert after.from_status == before.to_status
            assert after.at >= before.at
            assert may_move(after.from_status, after.to_status, role)


@loaded
def test_bookings_show_the_status_of_their_payment() -> None:
    assert Payment.objects.filter(is_settlement=True).exists()
    for booking in Booking.objects.all():
        payment = shown_payment(booking)
        assert booking.payment_status == (payment.status if payment else PaymentStatus.PENDING)
    assert not Payment.objects.exclude(total_amount=F("booking__total_amount")).exists()


@loaded
def test_what_lies_ahead_is_open_and_what_lies_behind_is_over() -> None:
    now = timezone.now()
    behind = Booking.objects.filter(ends_at__lt=now - timedelta(days=1))
    assert not behind.filter(status__in=[BookingStatus.PENDING, BookingStatus.CONFIRMED]).exists()
    ahead = Booking.objects.filter(starts_at__gt=now)
    assert not ahead.filter(status=BookingStatus.COMPLETED).exists()
    assert not ahead.filter(status=BookingStatus.PENDING, expires_at__lte=now).exists()


@loaded
def test_services_are_rated_by_their_reviews() -> None:
    assert Review.objects.exists()
    assert not Review.objects.filter(is_counted=False).exists()
    for service in Service.objects.all():
        stars = list(service.reviews.values_list("rating", flat=True))
        assert (service.stars, service.review_count) == (sum(stars), len(stars))
        assert service.rating == mean_rating(sum(stars), len(stars))


@loaded
def test_every_no_show_says_when_it_was_marked() -> None:
    absent = Booking.objects.filter(status=BookingStatus.NO_SHOW)
    assert absent.exists()
    assert not absent.filter(no_show_at=None).exists()
    assert not Booking.objects.exclude(status="no_show").exclude(no_show_at=None).exists()


@loaded
def test_its_figures_are_rolled_up() -> None:
    days = BookedDay.objects.filter(scope="all").values_list("completed", flat=True)
    assert sum(filter(None, days)) == Booking.objects.filter(status=BookingStatus.COMPLETED).count()
    assert not DirtyDay.objects.exists()


@loaded
def test_its_slots_are_shown(api: APIClient) -> None:
    reservation = Reservation.objects.filter(slot_starts_at__gt=timezone.now() + timedelta(days=1)).first()
    assert reservation is not None
    query = {
        "service_id": str(reservation.service_id),
        "date": f"{local(reservation.slot_starts_at):%Y-%m-%d}",
    }
    answer = api.get("/api/booking-slots/available-slots/", {**query, "include_unavailable": "true"})
    assert sum(slot["current_bookings"] for slot in answer.json()) >= 1


def test_no_booking_at_all_is_refused() -> None:
    with pytest.raises(CommandError, match="at least one"):
        call_command("seed_load", bookings=0)


@pytest.mark.parametrize("total", [1, 1000, 1_000_000])
def test_the_days_sum_up(total: int) -> None:
    assert sum(count for _, count in bookings_by_day(total, today=date(2026, 11, 22))) == total


def test_starts_keep_out_of_each_others_way() -> None:
    starts = starts_of_day(4, duration=60, buffers=15, seats=1, random=Random(1))
    minutes = sorted(start for start, _ in starts)
    assert len(minutes) == 4
    assert all(second - first >= 60 + 2 * 15 for first, second in pairwise(minutes))


def test_a_group_fills_one_start() -> None:
    starts = starts_of_day(3, duration=60, buffers=0, seats=8, random=Random(1))
    assert len({start for start, _ in starts}) == 1
    assert [seat for _, seat in starts] == [1, 2, 3]


@loaded
def test_bookings_payments_refunds_and_trail_agree() -> None:
    assert list(findings()) == []
