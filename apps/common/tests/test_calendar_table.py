"""The table from which programs count dates of Nepal's calendar."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.common.api.calendar_table import calendar_table
from apps.common.bikram_sambat import bikram_sambat, bikram_sambat_iso


@pytest.fixture
def table(api: APIClient) -> dict[str, Any]:
    with time_machine.travel("2026-11-29T06:00:00Z", tick=False):
        answer = api.get("/api/calendar-table/")
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_everybody_may_read_it_and_keep_it_for_a_day(api: APIClient) -> None:
    assert api.get("/api/calendar-table/")["Cache-Control"] == "public, max-age=86400"


def test_it_tells_the_years_from_five_ago_to_ten_ahead(table: dict[str, Any]) -> None:
    assert table["starts_on"] == "2021-04-14"
    assert [year["year"] for year in table["years"]] == list(range(2078, 2094))
    assert table["years"][2] == {"year": 2080, "months": [31, 32, 31, 32, 31, 30, 30, 30, 29, 29, 30, 30]}


def test_counting_by_it_gives_what_the_adapter_says_of_every_day(table: dict[str, Any]) -> None:
    day = date.fromisoformat(table["starts_on"])
    for year in table["years"]:
        for month, length in enumerate(year["months"], start=1):
            for number in range(1, length + 1):
                assert bikram_sambat(day) == (year["year"], month, number)
                day += timedelta(days=1)
    assert bikram_sambat(day) == (2094, 1, 1)


def test_it_begins_anew_with_the_local_new_year() -> None:
    assert calendar_table(date(2027, 4, 13))["years"][0]["year"] == 2078
    assert calendar_table(date(2027, 4, 14))["years"][0]["year"] == 2079


def test_a_day_beyond_the_tables_has_no_date() -> None:
    assert bikram_sambat_iso(date(2026, 11, 29)) == "2083-08-13"
    assert bikram_sambat_iso(date(1900, 1, 1)) is None
