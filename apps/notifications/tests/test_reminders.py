"""Reminders: when, how often, and when not."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.actions import booking_cancel, booking_confirm
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.actions.reminders import reminders_make
from apps.notifications.kinds import REMINDERS, Kind
from apps.notifications.models import Delivery, Notification
from apps.services.models import Service

Clock = time_machine.Traveller
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def appointment(clock: Clock, booking: Booking, bishnu: User) -> datetime:
    """A confirmed booking on Thursday at ten; it is Monday at eight."""
    confirmed = booking_confirm(booking_id=booking.pk, actor=bishnu)
    Notification.objects.all().delete()
    assert confirmed.starts_at is not None
    return confirmed.starts_at


def reminded() -> list[str]:
    reminders_make(now=timezone.now())
    reminders = Notification.objects.filter(kind__in=REMINDERS)
    return sorted(f"{told.kind} {told.audience}" for told in reminders)


def of(*kinds: str) -> list[str]:
    return sorted(f"{kind} {audience}" for kind in kinds for audience in ("customer", "provider"))


def test_each_comes_once_and_not_before_its_time(clock: Clock, appointment: datetime) -> None:
    clock.move_to(appointment - DAY - MINUTE)
    assert reminded() == []
    clock.move_to(appointment - DAY)
    assert reminded() == of(Kind.REMINDER_24H)
    for minutes in (1, 60, 600):
        clock.shift(minutes * MINUTE)
        assert reminded() == of(Kind.REMINDER_24H)
    clock.move_to(appointment - 2 * HOUR)
    assert reminded() == of(Kind.REMINDER_24H, Kind.REMINDER_2H)
    clock.move_to(appointment - MINUTE)
    assert reminded() == of(Kind.REMINDER_24H, Kind.REMINDER_2H)
    assert Delivery.objects.count() == 4


@pytest.mark.parametrize(
    ("late", "made"), [(DAY - 5 * HOUR, True), (DAY - 7 * HOUR, False), (30 * MINUTE, False)]
)
def test_a_job_that_stood_still_does_not_remind_much_too_late(
    clock: Clock, appointment: datetime, late: timedelta, made: bool
) -> None:
    clock.move_to(appointment - late)

    assert reminded() == (of(Kind.REMINDER_24H) if made else [])


def test_who_has_just_booked_is_not_reminded(
    clock: Clock, kamala: User, service: Service, bishnu: User
) -> None:
    booking = booked(kamala, service, days=1, at="10:00")  # in 26 hours
    clock.shift(3 * HOUR)
    booking = booking_confirm(booking_id=booking.pk, actor=bishnu)
    assert reminded() == []
    clock.move_to(booking.starts_at - 2 * HOUR)  # type: ignore[operator]
    assert reminded() == of(Kind.REMINDER_2H)


def test_what_is_not_confirmed_or_cancelled_reminds_nobody(
    clock: Clock, appointment: datetime, booking: Booking, kamala: User, service: Service
) -> None:
    booked(kamala, service, at="12:00")
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="Rain.")
    for ahead in (DAY, 2 * HOUR):
        clock.move_to(appointment - ahead)
        assert reminded() == []


def moved(booking: Booking, actor: User, by: timedelta) -> None:
    """Move a booking as an action does, and tell of it."""
    booking.refresh_from_db()
    was_at = booking.starts_at
    assert was_at is not None
    local = timezone.localtime(was_at + by)
    Booking.objects.filter(pk=booking.pk).update(
        starts_at=F("starts_at") + by,
        ends_at=F("ends_at") + by,
        booking_date=local.date(),
        booking_time=local.time(),
    )
    booking.refresh_from_db()
    events.booking_rescheduled.send(
        sender=Booking,
        booking=booking,
        actor=actor,
        from_starts_at=was_at,
        needs_confirmation=False,
        batch=None,
    )


def test_after_a_move_the_new_time_counts(
    clock: Clock, appointment: datetime, booking: Booking, kamala: User
) -> None:
    clock.move_to(appointment - DAY)
    assert reminded() == of(Kind.REMINDER_24H)
    clock.shift(HOUR)
    moved(booking, kamala, 2 * DAY)
    clock.move_to(appointment - 2 * HOUR)
    assert reminded() == of(Kind.REMINDER_24H)
    clock.move_to(appointment + DAY)
    assert reminded() == of(Kind.REMINDER_24H, Kind.REMINDER_24H)
    clock.move_to(appointment + 2 * DAY - 2 * HOUR)
    assert reminded() == of(Kind.REMINDER_24H, Kind.REMINDER_24H, Kind.REMINDER_2H)


def test_who_has_just_moved_his_booking_is_not_reminded_of_it(
    clock: Clock, appointment: datetime, booking: Booking, kamala: User
) -> None:
    moved(booking, kamala, -2 * DAY - 4 * HOUR)  # to tomorrow at six, in 22 hours
    assert reminded() == []


def test_the_job_takes_few_queries_when_nothing_is_due(
    clock: Clock, appointment: datetime, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert reminders_make(now=timezone.now()) == 0
