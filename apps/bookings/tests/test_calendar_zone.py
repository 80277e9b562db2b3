"""The zone that a calendar file carries, read by another library and compared with the system's zones."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from apps.bookings.calendar_zone import years_around, zone_component
from apps.bookings.tests.calendars import offset_at, zone_rules

ZONES = [
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time, over the turn of the year
    "Africa/Casablanca",
    "UTC",
]


def carried(zone: str, first: int, last: int) -> bytes:
    calendar = Calendar()
    calendar.add_component(zone_component(ZoneInfo(zone), first, last))
    return bytes(calendar.to_ical())


@pytest.mark.parametrize("zone", ZONES)
def test_every_hour_of_two_years_has_the_systems_offset(zone: str) -> None:
    rules, system = zone_rules(carried(zone, 2026, 2027)), ZoneInfo(zone)
    hour = datetime(2026, 1, 2)  # noqa: DTZ001  a wall clock's
    while hour.year < 2028:
        there = hour.replace(tzinfo=system)
        is_ordinary = there.utcoffset() == there.replace(fold=1).utcoffset()
        if is_ordinary:
            assert offset_at(rules, hour) == there.utcoffset(), hour
        hour += timedelta(hours=1)


def test_summer_time_begins_by_the_old_clock() -> None:
    file = carried("Europe/Berlin", 2026, 2026).decode()

    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000" in file
    assert "DTSTART:20261025T030000" in file


def test_kathmandu_has_one_offset() -> None:
    file = carried("Asia/Kathmandu", 2025, 2030).decode()

    assert file.count("BEGIN:STANDARD") == 1
    assert "BEGIN:DAYLIGHT" not in file
    assert "TZOFFSETTO:+0545" in file


def test_the_years_cover_all_days() -> None:
    assert years_around([date(2027, 1, 1), date(2026, 12, 31)]) == (2025, 2027)
