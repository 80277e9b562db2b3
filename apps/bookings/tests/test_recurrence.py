"""On which days a booking recurs, against plain arithmetic with the calendar's own table of months."""

import random
from calendar import monthrange
from datetime import date, timedelta

import pytest
from dateutil.rrule import MONTHLY, rrule

from apps.bookings.recurrence import FEWEST, MOST, occurrences

RULES = 1000
SEED = 20261201


def counted_out(first: date, frequency: str, count: int) -> list[date]:
    """Return the days by counting: so many days on, or so many months on and back to the month's end."""
    if frequency != "monthly":
        step = {"weekly": 7, "biweekly": 14}[frequency]
        return [first + timedelta(days=step * number) for number in range(count)]
    days = []
    for number in range(count):
        years, month = divmod(first.month - 1 + number, 12)
        last = monthrange(first.year + years, month + 1)[1]
        days.append(date(first.year + years, month + 1, min(first.day, last)))
    return days


def random_rules() -> list[tuple[date, str, int]]:
    """Return rules of every frequency; a third of them begin at a month's end, where it goes wrong."""
    chance = random.Random(SEED)
    rules = []
    for number in range(RULES):
        year, month = chance.randrange(2024, 2101), chance.randrange(1, 13)
        length = monthrange(year, month)[1]
        day = chance.randrange(28, length + 1) if number % 3 == 0 else chance.randrange(1, length + 1)
        frequency = chance.choice(["weekly", "biweekly", "monthly"])
        rules.append((date(year, month, day), frequency, chance.randint(FEWEST, MOST)))
    return rules


def test_a_thousand_random_rules_agree_with_the_calendar() -> None:
    rules = random_rules()

    assert [occurrences(*rule) for rule in rules] == [counted_out(*rule) for rule in rules]
    assert sum(first.day > 28 and frequency == "monthly" for first, frequency, _ in rules) > 50


@pytest.mark.parametrize(
    "first", [date(2026, 1, 31), date(2028, 1, 30), date(2026, 1, 29), date(2027, 12, 31)]
)
def test_every_month_end_of_two_years_agrees(first: date) -> None:
    assert occurrences(first, "monthly", MOST) == counted_out(first, "monthly", MOST)


def test_from_the_31st_every_month_has_a_booking() -> None:
    days = occurrences(date(2026, 1, 31), "monthly", 5)

    assert [day.isoformat() for day in days] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]


def test_a_plain_rule_would_leave_short_months_out() -> None:
    plain = rrule(MONTHLY, dtstart=date(2026, 1, 31), count=3)

    assert [moment.month for moment in plain] == [1, 3, 5]


def test_a_leap_day_comes_back_as_the_29th() -> None:
    days = occurrences(date(2028, 2, 29), "monthly", 13)

    assert days[1:3] == [date(2028, 3, 29), date(2028, 4, 29)]
    assert days[-1] == date(2029, 2, 28)
