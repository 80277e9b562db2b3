from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from apps.common.localtime import day_bounds, exists, instant, local_iso, today

KATHMANDU, BERLIN = ZoneInfo("Asia/Kathmandu"), ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


def test_kathmandus_midnight_is_a_quarter_past_six_the_day_before() -> None:
    begin, end = day_bounds(date(2026, 12, 1), KATHMANDU)

    assert begin == datetime(2026, 11, 30, 18, 15, tzinfo=UTC)
    assert end - begin == timedelta(hours=24)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 6, 1), 24)])
def test_a_day_with_a_change_of_clocks_is_shorter_or_longer(day: date, hours: int) -> None:
    begin, end = day_bounds(day, BERLIN)

    assert end - begin == timedelta(hours=hours)


def test_of_a_time_that_comes_twice_the_first_is_meant() -> None:
    assert instant(AUTUMN, time(2, 30), BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_an_hour_that_clocks_skip_does_not_exist() -> None:
    assert not exists(SPRING, time(2, 30), BERLIN)
    assert exists(SPRING, time(1, 59), BERLIN)
    assert exists(SPRING, time(3, 0), BERLIN)
    assert exists(AUTUMN, time(2, 30), BERLIN)


@given(days, st.times())
def test_in_kathmandu_every_time_exists(day: date, at: time) -> None:
    assert exists(day, at, KATHMANDU)


@given(days, st.sampled_from([KATHMANDU, BERLIN]))
def test_days_join_without_gap_or_overlap(day: date, zone: ZoneInfo) -> None:
    assert day_bounds(day, zone)[1] == day_bounds(day + timedelta(days=1), zone)[0]


def test_instants_are_written_with_the_marketplaces_offset() -> None:
    assert local_iso(datetime(2026, 12, 1, 4, 15, tzinfo=UTC)) == "2026-12-01T10:00:00+05:45"


@pytest.mark.parametrize(("zone", "day"), [("Asia/Kathmandu", 2), ("Europe/Berlin", 1)])
def test_today_is_the_marketplaces_day(settings: Settings, zone: str, day: int) -> None:
    settings.TIME_ZONE = zone

    assert today(datetime(2026, 12, 1, 18, 15, tzinfo=UTC)) == date(2026, 12, day)
