from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.analytics.scope import Scope
from apps.analytics.selectors.working_time import Closed, Interval, offered_seconds, working_seconds
from apps.common.localtime import day_bounds, marketplace_zone
from apps.services.models import StaffMember
from apps.slots.models import TimeOff
from apps.slots.tests.factories import BookableServiceFactory

HOUR = 3600
MONDAY, SUNDAY = date(2026, 12, 7), date(2026, 12, 13)
# Two members, Monday to Friday from ten to five; one of them works on Sunday's last hour too.
WEEK = [
    *(Interval(weekday, 10 * HOUR, 17 * HOUR, 2) for weekday in range(5)),
    Interval(6, 23 * HOUR, 24 * HOUR, 1),
]


def hours(first: date, last: date, *closed: Closed) -> float:
    return working_seconds(WEEK, closed, first, last) / HOUR


def off(begins: str, ends: str, staff: int = 1) -> Closed:
    """A member's Monday, and time off between two instants."""
    moments = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (begins, ends))
    return Closed(staff, 0, 10 * HOUR, 17 * HOUR, *moments)


def test_a_week_is_the_sum_of_its_days() -> None:
    assert hours(MONDAY, SUNDAY) == 71
    assert hours(MONDAY, MONDAY) == 14
    assert hours(SUNDAY, SUNDAY) == 1


def test_many_weeks_are_many_times_one() -> None:
    assert hours(date(2024, 1, 1), date(2024, 12, 29)) == 52 * 71


def test_time_off_is_taken_off() -> None:
    # 10:00 to 12:00 in Kathmandu.
    assert hours(MONDAY, MONDAY, off("2026-12-07 04:15", "2026-12-07 06:15")) == 12


def test_weeks_off_take_every_monday() -> None:
    assert hours(MONDAY, MONDAY + timedelta(days=27), off("2026-12-01 00:00", "2026-12-22 00:00")) == 284 - 21


def test_time_off_that_overlaps_counts_once() -> None:
    twice = (off("2026-12-07 04:15", "2026-12-07 06:15"), off("2026-12-07 05:15", "2026-12-07 07:15"))
    assert hours(MONDAY, MONDAY, *twice) == 14 - 3
    assert hours(MONDAY, MONDAY, twice[0], off("2026-12-07 05:15", "2026-12-07 07:15", staff=2)) == 14 - 4


def test_time_off_outside_the_hours_or_the_days_changes_nothing() -> None:
    assert hours(MONDAY, MONDAY, off("2026-12-06 00:00", "2026-12-07 04:15")) == 14
    assert hours(MONDAY, MONDAY, off("2026-12-08 00:00", "2026-12-30 00:00")) == 14


@pytest.mark.django_db
def test_hours_and_time_off_are_read_in_one_statement(
    bishnu: User, gita: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Seven hours a day each; Bishnu closes on Monday, and one of Gita's is off on Tuesday."""
    for provider in (bishnu, gita):
        BookableServiceFactory(provider=provider)
    monday, tuesday = (day_bounds(day, marketplace_zone()) for day in (MONDAY, MONDAY + timedelta(days=1)))
    TimeOff.objects.create(provider=bishnu, starts_at=monday[0], ends_at=monday[1])
    hers = StaffMember.objects.filter(provider=gita, working_hours__isnull=False).distinct().get()
    TimeOff.objects.create(provider=gita, staff=hers, starts_at=tuesday[0], ends_at=tuesday[1])

    last = MONDAY + timedelta(days=2)
    with django_assert_num_queries(3):
        everybody = offered_seconds(Scope(), MONDAY, last)
        one = offered_seconds(Scope(provider_id=bishnu.pk), MONDAY, last)
        other = offered_seconds(Scope(provider_id=gita.pk), MONDAY, last)
    assert (everybody, one, other) == (28 * HOUR, 14 * HOUR, 14 * HOUR)
