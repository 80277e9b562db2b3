"""Bringing the rollups up to date: days that have changed are counted again from the raw rows."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.db import connection, transaction

from apps.analytics.facts.dialect import as_date, local_day
from apps.analytics.facts.source import DIMENSIONS, Source
from apps.analytics.facts.sources import MEASURES, TABLES, sources_of
from apps.analytics.models import Family, RollUpLock
from apps.analytics.statements.service_months import months_recount
from apps.common.database import is_postgres

DAYS_AT_ONCE = 120
# What is told apart in each scope, and how the scope is called.
SCOPES = {
    "'all'": (),
    "'provider-' || provider_id": ("provider_id",),
    "'category-' || category_id": ("category_id",),
    "'city-' || city_id": ("city_id",),
    "'category-' || category_id || '-city-' || city_id": ("category_id", "city_id"),
}


class AnotherRollsUp(Exception):
    """Another machine is at it."""


def days_roll_up(*, progress: Callable[[int], object] = lambda days: None) -> int:
    """Count every dirty day again, and return how many there were, by family.

    Each batch of days is a transaction, so that what is done stays done. Safe on several machines at once:
    one does it, the others return.
    """
    done = 0
    try:
        for family in Family.values:
            while days := _batch(Family(family)):
                done += len(days)
                progress(len(days))
    except AnotherRollsUp:
        return done
    if done and is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE analytics_dirtyday")
    return done


@transaction.atomic
def _batch(family: Family) -> list[date]:
    """Roll up a family's first dirty days, and return them."""
    _lock()
    days = _dirty_days(family)
    if days:
        # A mark that comes after this stays, and its day dirty, also where its change is counted already.
        _unmark(family, days)
        _recount(family, days)
        if family == Family.BOOKED:
            months_recount(days)
    return days


def _lock() -> None:
    RollUpLock.objects.get_or_create(pk=1)
    if not RollUpLock.objects.select_for_update(skip_locked=True).filter(pk=1).exists():
        raise AnotherRollsUp


def _dirty_days(family: Family) -> list[date]:
    day = f"COALESCE(day, {local_day('moment')})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {day} FROM analytics_dirtyday WHERE family = %s ORDER BY 1 LIMIT {DAYS_AT_ONCE}",
            [family.value],
        )
        return [as_date(day) for (day,) in cursor.fetchall()]


def _unmark(family: Family, days: Sequence[date]) -> None:
    day = f"COALESCE(day, {local_day('moment')})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM analytics_dirtyday WHERE family = %s AND {day} IN ({literals(days)})",
            [family.value],
        )


def _recount(family: Family, days: Sequence[date]) -> None:
    TABLES[family].objects.filter(day__in=days).delete()
    sources, measures = sources_of(family), MEASURES[family]
    keys = ("day", *sources[0].keys)
    counted = " UNION ALL ".join(_counted(source, keys, measures, days) for source in sources)
    columns = ", ".join([*keys, *DIMENSIONS])
    sums = ", ".join(f"SUM({name}) AS {name}" for name in measures)
    base = f"SELECT {columns}, {sums} FROM ({counted}) parts GROUP BY {columns}"
    scopes = " UNION ALL ".join(_scope(name, told, keys, measures) for name, told in SCOPES.items())
    into = f"{TABLES[family]._meta.db_table} ({', '.join(['scope', *keys, *measures])})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into} WITH base AS MATERIALIZED ({base}) {scopes}")


def _counted(source: Source, keys: Sequence[str], measures: Sequence[str], days: Sequence[date]) -> str:
    where = f"{source.day} IN ({literals(days)})"
    if is_postgres() and not source.is_date:
        # By the index, before the zone is asked row by row.
        where += f" AND {source.when} >= '{days[0]}'::date - 1 AND {source.when} < '{days[-1]}'::date + 2"
    return source.sums([*keys, *DIMENSIONS], measures, where=where)


def _scope(name: str, told: Sequence[str], keys: Sequence[str], measures: Sequence[str]) -> str:
    sums = ", ".join(f"NULLIF(SUM({measure}), 0)" for measure in measures)
    known = " AND ".join(f"{column} IS NOT NULL" for column in told) or "1 = 1"
    group = ", ".join([*keys, *told])
    return f"SELECT {name}, {', '.join(keys)}, {sums} FROM base WHERE {known} GROUP BY {group}"


def literals(days: Iterator[date] | Sequence[date]) -> str:
    return ", ".join(f"'{day.isoformat()}'" for day in days)
