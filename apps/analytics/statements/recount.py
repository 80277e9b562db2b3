"""Dirty days: which there are, and counting them again."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from apps.analytics.facts.dialect import as_date
from apps.analytics.facts.source import DIMENSIONS, Source
from apps.analytics.facts.sources import MEASURES, TABLES, sources_of
from apps.analytics.models import Family
from apps.analytics.statements.dirty import marked_day
from apps.common.database import is_postgres

# How each scope is called, and by what it is told from others of its kind.
SCOPES = {
    "'all'": (),
    "'provider-' || provider_id": ("provider_id",),
    "'category-' || category_id": ("category_id",),
    "'city-' || city_id": ("city_id",),
    "'category-' || category_id || '-city-' || city_id": ("category_id", "city_id"),
}


def plan_for_sums() -> None:
    """Let PostgreSQL sort and add up in memory, also a hundred columns of some ten thousand rows."""
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'")


def days_marked(family: Family, *, most: int) -> list[date]:
    """Return a kind's first dirty days, at most so many."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {marked_day()} FROM analytics_dirtyday WHERE family = %s"
            f" ORDER BY 1 LIMIT {most}",
            [family.value],
        )
        return [as_date(day) for (day,) in cursor.fetchall()]


def days_unmark(family: Family, days: Sequence[date]) -> None:
    """Delete the marks of these days that are committed by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM analytics_dirtyday WHERE family = %s AND {marked_day()} IN ({_literals(days)})",
            [family.value],
        )


def days_recount(family: Family, days: Sequence[date]) -> None:
    """Write these days anew, for every scope, from the raw rows."""
    TABLES[family]._default_manager.filter(day__in=days).delete()
    sources, measures = sources_of(family), MEASURES[family]
    keys = ("day", *sources[0].keys)
    counted = " UNION ALL ".join(_counted(source, keys, measures, days) for source in sources)
    columns = ", ".join([*keys, *DIMENSIONS])
    sums = ", ".join(f"SUM({name}) AS {name}" for name in measures)
    base = f"SELECT {columns}, {sums} FROM ({counted}) parts GROUP BY {columns}"
    scopes = " UNION ALL ".join(_scope(name, told, keys, measures) for name, told in SCOPES.items())
    into = f"{TABLES[family]._meta.db_table} ({', '.join(['scope', *keys, *measures])})"
    with connection.cursor() as cursor:
        # In order, so that a scope's days lie beside each other and are read together.
        cursor.execute(f"INSERT INTO {into} WITH base AS MATERIALIZED ({base}) {scopes} ORDER BY 1, 2")


def _counted(source: Source, keys: Sequence[str], measures: Sequence[str], days: Sequence[date]) -> str:
    where = f"{source.day} IN ({_literals(days)})"
    if is_postgres() and not source.is_date:
        # By the index, before the zone is asked row by row.
        where += f" AND {source.when} >= '{days[0]}'::date - 1 AND {source.when} < '{days[-1]}'::date + 2"
    return source.sums([*keys, *DIMENSIONS], measures, where=where)


def _scope(name: str, told: Sequence[str], keys: Sequence[str], measures: Sequence[str]) -> str:
    sums = ", ".join(f"NULLIF(SUM({measure}), 0)" for measure in measures)
    known = " AND ".join(f"{column} IS NOT NULL" for column in told) or "1 = 1"
    group = ", ".join([*keys, *told])
    return f"SELECT {name}, {', '.join(keys)}, {sums} FROM base WHERE {known} GROUP BY {group}"


def _literals(days: Sequence[date]) -> str:
    return ", ".join(f"'{day.isoformat()}'" for day in days)
