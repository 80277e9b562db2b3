"""The days that are not rolled up, as the first part of a statement."""

from collections.abc import Sequence

from apps.analytics.facts.dialect import beginning_of, local_day
from apps.analytics.facts.source import Source
from apps.analytics.scope import Scope
from apps.common.database import fence, is_postgres


def marked_day() -> str:
    """Return the local day of a mark."""
    return f"COALESCE(day, {local_day('moment')})"


def anything_dirty(scope: Scope, families: Sequence[str]) -> str:
    """Return a select that has rows where a scope's figures of these kinds are not all rolled up."""
    kinds = ", ".join(f"'{family}'" for family in families)
    return (
        f"SELECT 1 FROM analytics_dirtyday WHERE family IN ({kinds}) AND {_matters(scope)}"
        f" AND {marked_day()} BETWEEN %(first)s AND %(last)s"
    )


def _matters(scope: Scope) -> str:
    where = "1 = 1" if scope.category_id else "NOT only_categories"
    return f"{where} AND provider_id = %(provider_id)s" if scope.provider_id else where


def dirty_cells(scope: Scope) -> str:
    """Return the common tables `cells` (family, provider, day) and `dirty` (family, day).

    A scope of categories also counts days on which nothing but a service's category has changed.
    """
    bounds = f", {beginning_of('day')} AS begins, {beginning_of('day + 1')} AS ends" if is_postgres() else ""
    return (
        f"cells AS MATERIALIZED (SELECT family, provider_id, day{bounds} FROM"
        f" (SELECT DISTINCT family, provider_id, {marked_day()} AS day FROM analytics_dirtyday"
        f" WHERE {_matters(scope)}) c"
        " WHERE day BETWEEN %(first)s AND %(last)s),"
        f" dirty AS MATERIALIZED (SELECT DISTINCT family, day{', begins, ends' if bounds else ''} FROM cells)"
    )


def found_again(source: Source, scope: Scope) -> str:
    """Return what stands for a source's table, to leave the rows of dirty days.

    Where an index allows it those of their provider, else everybody's.
    """
    if source.found_by_provider and not scope.is_by_place:
        return _found(source, "cells", f"{source.alias}.provider_id = d.provider_id AND ")
    return _found(source, "dirty", "")


def _found(source: Source, days: str, condition: str) -> str:
    """Return a subquery of a source's table that goes from day to day, and finds its rows by the index.

    Joined in any other way PostgreSQL takes a day for a ninth of the table, and reads all of it.
    """
    days = f"(SELECT * FROM {days} WHERE family = '{source.family}') d"
    condition += f"{_on(source)} AND {source.condition}"
    if is_postgres():
        rows = f"SELECT {source.alias}.* FROM {source.table} WHERE {condition} {fence()}"
        return f"{days} CROSS JOIN LATERAL ({rows}) {source.alias}"
    rows = f"SELECT {source.alias}.* FROM {source.table} JOIN {days} ON {condition}"
    return f"({rows}) {source.alias}"


def _on(source: Source) -> str:
    if source.is_date or not is_postgres():
        return f"{source.day} = d.day"
    return f"{source.when} >= d.begins AND {source.when} < d.ends"
