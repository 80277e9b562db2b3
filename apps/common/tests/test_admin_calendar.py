from datetime import date

import pytest

from apps.common.admin_calendar import periods_between

FIRST, LAST = date(2024, 11, 30), date(2026, 1, 2)


@pytest.mark.parametrize(
    ("kind", "chosen", "begins", "ends", "count"),
    [
        ("year", [], "2024-01-01", "2026-01-01", 3),
        ("month", [2024], "2024-11-01", "2024-12-01", 2),
        ("month", [2025], "2025-01-01", "2025-12-01", 12),
        ("day", [2025, 2], "2025-02-01", "2025-02-28", 28),
        ("day", [2026, 1], "2026-01-01", "2026-01-02", 2),
    ],
)
def test_every_period_that_the_rows_touch_is_offered(
    kind: str, chosen: list[int], begins: str, ends: str, count: int
) -> None:
    periods = [f"{period:%Y-%m-%d}" for period in periods_between(FIRST, LAST, kind, chosen)]
    assert (periods[0], periods[-1], len(periods)) == (begins, ends, count)


def test_without_rows_there_is_nothing_to_choose() -> None:
    assert periods_between(None, None, "year") == []
