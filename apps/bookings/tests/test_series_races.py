"""Series against whatever else wants the same times: threads with a connection each, on PostgreSQL."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.actions import (
    booking_confirm,
    booking_reject,
    booking_settle,
)
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.recurrence import Recurrence
from apps.bookings.selectors import booking_locked
from apps.bookings.tests.factories import booked, in_days, series_of
from apps.bookings.tests.steps import Wizard
from apps.bookings.tests.threads import at_once
from apps.common.errors import DomainError
from apps.common.localtime import instant, marketplace_zone
from apps.payments.models import PaymentMethod
from apps.services.models import Service
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory, works

pytestmark = [pytest.mark.postgres, pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 100
FEWER = 10
ONE_WEEK_LATER = Recurrence("weekly", 2)


@pytest.fixture(autouse=True)
def _many_bookings(settings: Settings, methods: dict[str, PaymentMethod]) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = settings.MAX_HOLDS_PER_CUSTOMER = 1000
    settings.MAX_DRAFTS_PER_DAY = settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER = 1000


@pytest.fixture
def busy(bishnu: User) -> Service:
    """Half an hour by one person, 6 to 22 every day."""
    service = BookableServiceFactory(provider=bishnu, duration_minutes=30, members=1)
    member = service.staff.get()
    member.working_hours.all().delete()
    works(member, opens="06:00", closes="22:00")
    return service


def each_time(number: int) -> tuple[int, str]:
    """Return a day within a week, and a time, that no other round has."""
    day, half_hours = divmod(number, 32)
    return 2 + day, f"{6 + half_hours // 2:02}:{half_hours % 2 * 30:02}"


def refused_or(call: Callable[[], Booking]) -> Booking | None:
    """Return what was booked; None where the time was taken."""
    try:
        return call()
    except DomainError as error:
        if error.code not in ("slot_unavailable", "hold_expired"):
            raise
        return None


def firm_at(day: date, at: str) -> list[Reservation]:
    starts_at = instant(day, time.fromisoformat(at), marketplace_zone())
    return list(Reservation.objects.filter(slot_starts_at=starts_at, expires_at=None))


def assert_reservations_and_bookings_agree() -> None:
    """Every booking that takes place has its own reservation at its own time, and nobody else's."""
    lively = Booking.objects.filter(status__in=["pending", "confirmed"]).select_related("reservation")
    for booking in lively:
        assert booking.reservation is not None
        assert booking.reservation.slot_starts_at == booking.starts_at
        assert booking.reservation.staff_id == booking.staff_id
    assert Reservation.objects.filter(expires_at=None).count() == lively.count()


def test_a_series_and_a_single_booking_never_both_have_a_time(
    kamala: User, suresh: User, busy: Service
) -> None:
    for number in range(ROUNDS):
        days, at = each_time(number)
        calls: list[Callable[[], Booking]] = [
            partial(booked, kamala, busy, days=days, at=at, recurrence=ONE_WEEK_LATER),
            partial(booked, suresh, busy, days=days + 7, at=at),
        ]
        # Each may come first.
        ordered = calls if number % 2 else calls[::-1]
        answers = at_once([partial(refused_or, call) for call in ordered])
        first, single = answers if number % 2 else answers[::-1]

        assert first is not None
        (reservation,) = firm_at(in_days(days + 7), at)
        has_second_booking = len(series_of(first)) == 2
        assert has_second_booking != (single is not None)
        assert reservation.booking.customer == (kamala if has_second_booking else suresh)
    assert_reservations_and_bookings_agree()


def test_of_two_series_each_booking_has_one_winner(kamala: User, suresh: User, busy: Service) -> None:
    """One begins a week before the other, so they meet in what is the first booking of the one only."""
    for number in range(FEWER):
        days, at = each_time(number)
        answers = at_once(
            [
                partial(
                    refused_or, partial(booked, kamala, busy, days=days, at=at, recurrence=ONE_WEEK_LATER)
                ),
                partial(
                    refused_or, partial(booked, suresh, busy, days=days + 7, at=at, recurrence=ONE_WEEK_LATER)
                ),
            ]
        )

        assert answers[0] is not None
        assert len(firm_at(in_days(days + 7), at)) == 1
        assert (len(series_of(answers[0])) == 2) != (answers[1] is not None)
    assert_reservations_and_bookings_agree()


def test_two_series_that_change_members_never_wait_in_a_circle(
    client_of: ClientOf, kamala: User, suresh: User, bishnu: User
) -> None:
    """Each wants the other's member, in all of its bookings, at the same moment."""
    service = BookableServiceFactory(provider=bishnu, members=3)
    one, other, _ = service.staff.order_by("pk")
    wizards = [Wizard(client_of(customer), service.pk) for customer in (kamala, suresh)]
    for wizard, member in zip(wizards, (one, other), strict=True):
        wizard.walk_to("service_selection").choose_time("10:00", staff=member.pk)
        assert wizard.recur().status_code == 200

    for _ in range(FEWER):
        at_ten = [(wizard, wizard.booking.staff_id) for wizard in wizards]
        wanted = {one.pk: other.pk, other.pk: one.pk}
        answers = at_once(
            [
                partial(wizard.choose_time, "10:00" if number else "11:00", staff=wanted[member or one.pk])
                for number, (wizard, member) in enumerate(at_ten)
            ]
        )
        assert {answer.status_code for answer in answers} <= {200, 409}
        assert Reservation.objects.count() == 8
        for wizard in wizards:
            wizard.recur()


def test_a_booking_whose_hold_ran_out_is_either_paid_or_taken(
    kamala: User, suresh: User, busy: Service
) -> None:
    for number in range(FEWER):
        days, at = each_time(number)
        draft = booked(kamala, busy, days=days, at=at, method="khalti", recurrence=ONE_WEEK_LATER)
        Reservation.objects.filter(expires_at__isnull=False).update(expires_at=timezone.now())
        slow = timezone.now() - timedelta(minutes=5)

        calls: list[Callable[[], Booking | bool | None]] = [
            partial(settled, draft, slow),
            partial(refused_or, partial(booked, suresh, busy, days=days + 7, at=at)),
        ]
        paid, taken = at_once(calls)

        assert paid is True
        has_second_booking = len(series_of(draft)) == 2
        assert has_second_booking != (taken is not None)
        assert len(firm_at(in_days(days + 7), at)) == 1
    assert_reservations_and_bookings_agree()


def settled(draft: Booking, now: datetime) -> bool:
    """Pay a draft by a clock that is slow."""
    with transaction.atomic():
        return booking_settle(booking=booking_locked(draft.pk), now=now)


def test_of_two_answers_to_a_series_one_holds_for_all_of_it(
    kamala: User, bishnu: User, busy: Service
) -> None:
    for number in range(FEWER):
        days, at = each_time(number)
        first, second = series_of(booked(kamala, busy, days=days, at=at, recurrence=ONE_WEEK_LATER))
        answers = at_once(
            [
                partial(answered, booking_confirm, booking_id=first.pk, actor=bishnu),
                partial(answered, booking_reject, booking_id=second.pk, actor=bishnu, reason="full"),
            ]
        )

        # Once all are confirmed, one may still be rejected alone.
        states = [booking.status for booking in series_of(first)]
        assert states in (["rejected", "rejected"], ["confirmed", "rejected"])
        assert answers == ["confirmed" in states, True]


def answered(call: Callable[..., Booking], **arguments: object) -> bool:
    """Return whether an answer was taken."""
    try:
        call(**arguments)
    except DomainError:
        return False
    return True


def test_dropping_a_series_never_waits_in_a_circle_with_taking_its_time(
    client_of: ClientOf, kamala: User, suresh: User, busy: Service
) -> None:
    """Its holds ran out: whoever takes a time frees all their seats in one statement."""
    for number in range(FEWER):
        wizard = Wizard(client_of(kamala), busy.pk)
        days, at = each_time(number)
        wizard.walk_to("datetime_selection", days=days, at=at).recur(recurring_count=10)
        Reservation.objects.filter(expires_at__isnull=False).update(expires_at=timezone.now())

        calls: list[Callable[[], Any]] = [
            wizard.drop,
            partial(refused_or, partial(booked, suresh, busy, days=days + 7, at=at)),
        ]
        dropped, taken = at_once(calls)

        assert dropped.status_code == 204
        assert taken is not None
    assert not Reservation.objects.filter(expires_at__isnull=False).exists()
