from datetime import UTC, date, datetime

from apps.analytics.selectors.working_time import Closed, Interval, working_seconds

HOUR = 3600
MONDAY, SUNDAY = date(2026, 12, 7), date(2026, 12, 13)
# Two members of one provider, Monday to Friday from ten to five; one of them works on Sunday's last hour too.
WEEK = [
    Interval(staff, 1, weekday, 10 * HOUR, 17 * HOUR) for staff in (1, 2) for weekday in (0, 1, 2, 3, 4)
] + [Interval(1, 1, 6, 23 * HOUR, 24 * HOUR)]


def hours(first: date, last: date, *closed: Closed) -> float:
    return working_seconds(WEEK, closed, first, last) / HOUR


def off(begins: str, ends: str, staff: int | None = None) -> Closed:
    """A closed period between two local times of that week, given as UTC."""
    return Closed(1, staff, *(datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (begins, ends)))


def test_a_week_is_the_sum_of_its_days() -> None:
    assert hours(MONDAY, SUNDAY) == 71
    assert hours(MONDAY, MONDAY) == 14
    assert hours(SUNDAY, SUNDAY) == 1


def test_many_weeks_are_many_times_one() -> None:
    assert hours(date(2024, 1, 1), date(2024, 12, 29)) == 52 * 71


def test_a_provider_who_is_closed_closes_all_his_members() -> None:
    # 10:00 to 12:00 in Kathmandu.
    assert hours(MONDAY, MONDAY, off("2026-12-07 04:15", "2026-12-07 06:15")) == 10


def test_one_members_time_off_is_his_alone() -> None:
    assert hours(MONDAY, MONDAY, off("2026-12-07 04:15", "2026-12-07 06:15", staff=2)) == 12


def test_time_off_that_overlaps_counts_once() -> None:
    twice = (
        off("2026-12-07 04:15", "2026-12-07 06:15"),
        off("2026-12-07 05:15", "2026-12-07 07:15", staff=1),
    )
    assert hours(MONDAY, MONDAY, *twice) == 14 - 2 * 2 - 1


def test_time_off_outside_the_hours_or_the_days_changes_nothing() -> None:
    assert hours(MONDAY, MONDAY, off("2026-12-06 00:00", "2026-12-07 04:15")) == 14
    assert hours(MONDAY, MONDAY, off("2026-12-08 00:00", "2026-12-30 00:00")) == 14
