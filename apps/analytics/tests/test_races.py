"""Roll-ups, writers and readers at the same moment, on PostgreSQL, where they don't wait for each other."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.analytics.actions import roll_up
from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.facts.sources import MEASURES
from apps.analytics.models import DirtyDay, Family
from apps.analytics.scope import ALL_TIME, EVERYBODY, Scope
from apps.analytics.selectors.bookings import booking_figures
from apps.analytics.statements import recount
from apps.analytics.statements.reading import Reading
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.threads import at_once
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
HOURS = ("10:00", "11:00", "12:00", "13:00", "14:00", "15:00")
WAY_OF_STATUSES = ("confirmed", "in_progress", "completed", "cancelled")


@pytest.fixture
def bookings(kamala: User, bishnu: User, gita: User) -> list[int]:
    services = [BookableServiceFactory(provider=provider) for provider in (bishnu, gita)]
    return [booked(kamala, service, at=at).pk for service in services for at in HOURS]


def states(scope: Scope) -> dict[str, int]:
    sums = Reading(scope, ALL_TIME).totals(MEASURES)
    names = ("pending", "confirmed", "in_progress", "completed", "cancelled")
    return {name: sums[name] for name in names if sums[name]}


def test_a_reader_never_sees_a_booking_twice_or_not_at_all(bookings: list[int], bishnu: User) -> None:
    stopped = threading.Event()
    seen: list[int] = []

    def write() -> None:
        for status in WAY_OF_STATUSES:
            for booking_id in bookings:
                day = timezone.localdate() + timedelta(days=booking_id % 3)
                Booking.objects.filter(pk=booking_id).update(status=status, booking_date=day)
        stopped.set()

    def keep_rolling_up() -> None:
        while not stopped.is_set():
            days_roll_up()

    def read() -> None:
        while not stopped.is_set():
            seen.append(sum(states(Scope()).values()))

    at_once([write, keep_rolling_up, read, read])
    assert set(seen) == {len(bookings)}
    assert states(Scope()) == {"cancelled": len(bookings)}
    days_roll_up()
    assert not DirtyDay.objects.exists()
    assert states(Scope(provider_id=bishnu.pk)) == {"cancelled": len(HOURS)}


def test_of_several_machines_one_rolls_up_and_nobody_waits(bookings: list[int]) -> None:
    done = at_once([days_roll_up] * 4)
    assert [bool(days) for days in done].count(True) >= 1
    days_roll_up()
    assert not DirtyDay.objects.exists()
    assert states(Scope()) == {"pending": len(bookings)}


def once(call: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    calls: list[Any] = []

    def first_only(*args: Any) -> list[Any]:
        calls.append(args)
        return call(*args) if len(calls) == 1 else []

    return first_only


def test_a_change_that_commits_while_its_day_is_counted_is_not_lost(
    bookings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the deletion of the marks and the count, and after the count."""
    counted = recount.days_recount
    changes = iter(bookings)

    def change() -> None:
        Booking.objects.filter(pk=next(changes)).update(status="confirmed")

    def slowly(*args: Any) -> None:
        at_once([change])
        counted(*args)
        at_once([change])

    monkeypatch.setattr(roll_up, "days_recount", slowly)
    # The first change makes the day dirty again, so the next batch counts it once more; one is enough here.
    monkeypatch.setattr(roll_up, "_batch", once(roll_up._batch))
    days_roll_up()
    assert states(Scope()) == {"pending": len(bookings) - 2, "confirmed": 2}
    monkeypatch.undo()
    days_roll_up()
    assert states(Scope()) == {"pending": len(bookings) - 2, "confirmed": 2}


def test_two_bookings_of_one_day_do_not_wait_for_each_other(bookings: list[int], service: Service) -> None:
    def impatient() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        return Booking.objects.filter(pk=bookings[1]).update(status="confirmed")

    with transaction.atomic():
        Booking.objects.filter(pk=bookings[0]).update(status="confirmed")
        assert at_once([impatient]) == [1]


def test_the_parts_of_an_answer_are_of_one_moment(
    bookings: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    Booking.objects.update(status="completed")
    read_totals = Reading.totals_and_ends

    def after_a_change(reading: Reading, wanted: Any, of: Family) -> Any:
        at_once([lambda: Booking.objects.update(status="cancelled")])
        return read_totals(reading, wanted, of)

    monkeypatch.setattr(Reading, "totals_and_ends", after_a_change)
    figures = booking_figures(EVERYBODY, ALL_TIME, now=timezone.now())
    price = Booking.objects.values_list("total_amount", flat=True)[0]
    assert (figures.statuses["completed"], figures.average_value) == (len(bookings), price)


def test_marks_that_were_rolled_up_leave_nothing_to_read_through(bookings: list[int]) -> None:
    for minutes in range(1, 6):
        Booking.objects.update(estimated_duration=minutes)
        assert days_roll_up()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_relation_size('analytics_dirtyday')")
            assert cursor.fetchall() == [(0,)]
