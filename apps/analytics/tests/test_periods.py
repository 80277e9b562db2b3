from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.analytics.periods import GROUPS, how_many, periods, usual_group
from apps.analytics.scope import Span
from apps.analytics.statements.service_months import whole_months

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(days, st.integers(0, 1200), st.sampled_from(GROUPS))
def test_periods_cover_every_day_once(first: date, length: int, group_by: str) -> None:
    last = first + timedelta(days=length)
    found = list(periods(first, last, group_by))
    assert (found[0][0], found[-1][1]) == (first, last)
    for (_, ends), (begins, _) in pairwise(found):
        assert begins == ends + timedelta(days=1)
    assert how_many(first, last, group_by) == len(found)


@pytest.mark.parametrize(("length", "group_by"), [(1, "day"), (92, "day"), (93, "week"), (1200, "month")])
def test_a_span_is_grouped_as_fits_it(length: int, group_by: str) -> None:
    first = date(2026, 1, 1)
    assert usual_group(first, first + timedelta(days=length - 1)) == group_by


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ((2026, 1, 1), (2026, 1, 31), ("2026-01-01", "2026-02-01")),
        ((2026, 1, 2), (2026, 3, 30), ("2026-02-01", "2026-03-01")),
        ((2026, 1, 2), (2026, 1, 31), ("2026-02-01", "2026-02-01")),
        ((2026, 12, 1), (2027, 1, 5), ("2026-12-01", "2027-01-01")),
    ],
)
def test_whole_months_lie_inside_the_span(
    first: tuple[int, int, int], last: tuple[int, int, int], months: tuple[str, str]
) -> None:
    begins, ends = whole_months(Span(date(*first), date(*last)))
    assert (begins.isoformat(), ends.isoformat()) == months
