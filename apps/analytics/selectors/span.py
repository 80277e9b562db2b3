"""Which days an answer is about, once it is known on which days there is anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

from apps.analytics.facts.dialect import as_date
from apps.analytics.periods import beginning, periods
from apps.analytics.scope import EARLIEST, LATEST, Span
from apps.analytics.statements.reading import Row
from apps.common.localtime import today


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an answer, ends included, and the rows of those that have anything."""

    first: date
    last: date
    rows: dict[date, Row]

    def totals(self, names: Sequence[str]) -> dict[str, int]:
        """Return the sums over all days."""
        return _sums(self.rows.values(), names)

    def by_period(self, group_by: str, names: Sequence[str]) -> list[tuple[date, date, dict[str, int]]]:
        """Return every period with its first and last day and its sums, also where they are nought."""
        rows: dict[date, list[Row]] = {}
        for day, row in self.rows.items():
            rows.setdefault(beginning(day, group_by), []).append(row)
        return [
            (first, last, _sums(rows.get(beginning(first, group_by), ()), names))
            for first, last in periods(self.first, self.last, group_by)
        ]


def _sums(rows: Collection[Row], names: Sequence[str]) -> dict[str, int]:
    """Column by column, which for a thousand days is several times faster than row by row."""
    if not rows:
        return dict.fromkeys(names, 0)
    columns = zip(*map(itemgetter(*names), rows), strict=True)
    return dict(zip(names, map(sum, columns), strict=True))


def days_of_answer(rows: Sequence[Row], span: Span, *, now: datetime, others: Collection[date] = ()) -> Days:
    """Return the span's days; an end that nobody named is the first or last day that has anything.

    `others` are days that have something which isn't in the rows.
    """
    by_day = {as_date(row["day"]): row for row in rows}
    known = [*by_day, *others]
    first = span.first if span.first > EARLIEST else min(known, default=min(today(now), span.last))
    last = span.last if span.last < LATEST else max(known, default=max(today(now), first))
    return Days(first, max(first, last), by_day)
