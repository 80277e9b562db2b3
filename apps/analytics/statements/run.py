"""Runs a statement over some families, and returns its rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps.analytics.facts.dialect import adapted
from apps.analytics.models import Family
from apps.analytics.scope import Scope, Span
from apps.analytics.statements.dirty import dirty_cells
from apps.analytics.statements.sums import family_sums

Row = dict[str, Any]
Wanted = Mapping[Family, Sequence[str]]


def totals_of(scope: Scope, span: Span, wanted: Wanted) -> dict[str, int]:
    """Return the sums of the wanted measures: one statement."""
    families = [f"({family_sums(family, scope, names)}) {family}" for family, names in wanted.items()]
    (row,) = rows_of(f"SELECT * FROM {' CROSS JOIN '.join(families)}", scope, span)
    return row


def sums_by(group: Sequence[str], scope: Scope, span: Span, wanted: Wanted) -> list[Row]:
    """Return the sums of the wanted measures for each value of the group's columns, in their order."""
    every = [name for names in wanted.values() for name in names]
    parts = []
    for family, names in wanted.items():
        own = [name if name in names else f"0 AS {name}" for name in every]
        sums = family_sums(family, scope, names, group)
        parts.append(f"SELECT {', '.join([*group, *own])} FROM ({sums}) {family}")
    summed = [f"CAST(SUM({name}) AS bigint) AS {name}" for name in every]
    columns = ", ".join(group)
    both = f"SELECT {columns}, {', '.join(summed)} FROM ({' UNION ALL '.join(parts)}) parts"
    return rows_of(f"{both} GROUP BY {columns} ORDER BY {columns}", scope, span)


def rows_of(select: str, scope: Scope, span: Span, *, more_tables: str = "") -> list[Row]:
    """Run a select over `family_sums`, and return its rows by the names of their columns."""
    values: dict[str, Any] = {**scope.values, **span.values}
    if scope.key is not None:
        select = f"WITH {dirty_cells(scope)}{more_tables} {select}"
        values["scope"] = scope.key
    with connection.cursor() as cursor:
        cursor.execute(select, adapted(values))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
