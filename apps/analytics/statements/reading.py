"""Sums of a scope and a span: from the rollup alone where nothing has changed since, else from both."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from apps.analytics.facts.dialect import as_date, literal
from apps.analytics.models import Family
from apps.analytics.scope import Scope, Span
from apps.analytics.statements.dirty import anything_dirty, dirty_cells
from apps.analytics.statements.sums import family_ends, family_sums

Row = dict[str, Any]
Wanted = Mapping[Family, Sequence[str]]


class Reading:
    """One answer's reading. Each statement is one snapshot, so that it counts nothing twice.

    Where nothing is dirty, which the statement itself says, the rollup is all it reads: that is several
    times faster. Once one finds something dirty, it and all after it read the raw rows too.
    """

    def __init__(self, scope: Scope, span: Span) -> None:
        self.scope, self.span = scope, span
        self.is_dirty = False

    def totals(self, wanted: Wanted) -> dict[str, int]:
        """Return the sums of the wanted measures."""
        return self._one_row(wanted)

    def totals_and_ends(self, wanted: Wanted, of: Family) -> tuple[dict[str, int], list[date]]:
        """Return the sums, and the first and the last day on which a family has anything, if it has."""
        row: Row = self._one_row(wanted, of)
        ends = [row.pop("first_day"), row.pop("last_day")]
        return row, [as_date(day) for day in ends if day is not None]

    def _one_row(self, wanted: Wanted, ends_of: Family | None = None) -> Row:

        def select(with_raw: bool) -> str:
            families = [
                f"({family_sums(family, self.scope, names, with_raw=with_raw)}) {family}"
                for family, names in wanted.items()
            ]
            if ends_of is not None:
                families.append(f"({family_ends(ends_of, self.scope, with_raw=with_raw)}) ends")
            return f"SELECT * FROM {' CROSS JOIN '.join(families)}"

        (row,) = self.rows(wanted, select)
        return row

    def sums_by(self, group: Sequence[str], wanted: Wanted) -> list[Row]:
        """Return the sums of the wanted measures for each value of the group's columns, in no order."""
        every = [name for names in wanted.values() for name in names]
        columns = ", ".join(group)

        def select(with_raw: bool) -> str:
            parts = []
            for family, names in wanted.items():
                own = [name if name in names else f"0 AS {name}" for name in every]
                sums = family_sums(family, self.scope, names, group, with_raw=with_raw)
                parts.append(f"SELECT {', '.join([*group, *own])} FROM ({sums}) {family}")
            if len(parts) == 1:
                return parts[0]
            summed = ", ".join(f"CAST(SUM({name}) AS bigint) AS {name}" for name in every)
            return f"SELECT {columns}, {summed} FROM ({' UNION ALL '.join(parts)}) parts GROUP BY {columns}"

        return self.rows(wanted, select)

    def rows(self, families: Sequence[Family] | Wanted, select: Callable[[bool], str]) -> list[Row]:
        """Run a select, which reads the rollup alone or with True the raw rows too; return its rows."""
        if self.scope.key is None:
            return self._run(select(True))
        if not self.is_dirty:
            is_dirty = f"EXISTS ({anything_dirty(self.scope, list(families))}) AS is_dirty"
            rows = self._run(
                f"WITH asked AS MATERIALIZED (SELECT {is_dirty}) SELECT a.is_dirty, r.*"
                f" FROM asked a LEFT JOIN ({select(False)}) r ON NOT a.is_dirty"
            )
            self.is_dirty = any(row.pop("is_dirty") for row in rows)
            if not self.is_dirty:
                # Of a group without rows there is one that says so.
                return [row for row in rows if next(iter(row.values())) is not None]
        return self._run(f"WITH {dirty_cells(self.scope)} {select(True)}")

    def _run(self, statement: str) -> list[Row]:
        # As parameters of a prepared statement they are any days to PostgreSQL, of which it expects a handful
        # of rows: it then goes through all bookings of the span to find those of one customer.
        for name, moment in self.span.values.items():
            statement = statement.replace(f"%({name})s", literal(moment))
        values: dict[str, int | str] = {**self.scope.values, "scope": self.scope.key or ""}
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
