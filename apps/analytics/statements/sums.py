"""Sums of a family's measures, for a scope and a span of days."""

from collections.abc import Iterator, Sequence

from apps.analytics.facts.source import Source
from apps.analytics.facts.sources import TABLES, sources_of
from apps.analytics.models import Family
from apps.analytics.scope import Scope
from apps.analytics.statements.dirty import found_again

IN_SCOPE = "t.scope = %(scope)s AND t.day BETWEEN %(first)s AND %(last)s"


def family_sums(
    family: Family,
    scope: Scope,
    measures: Sequence[str],
    group: Sequence[str] = (),
    *,
    with_raw: bool = True,
) -> str:
    """Return a select of the group's columns and the measures' sums, nought where there is nothing.

    From the rollup, and `with_raw` from the raw rows of what is dirty, which needs `dirty_cells` before it;
    without needs a table `asked`, which says whether anything is.
    Without a group it is one row, always.
    """
    parts = " UNION ALL ".join(_parts(family, scope, measures, group, with_raw=with_raw))
    sums = [f"CAST(COALESCE(SUM({name}), 0) AS bigint) AS {name}" for name in measures]
    select = f"SELECT {', '.join([*group, *sums])} FROM ({parts}) parts"
    return f"{select} GROUP BY {', '.join(group)}" if group else select


def family_ends(family: Family, scope: Scope, *, with_raw: bool = True) -> str:
    """Return a select of one row: `first_day` and `last_day` that have anything."""
    sources = sources_of(family)
    if scope.key is None:
        days = [_days(source, where=f"{scope.condition} AND {_within_span(source)}") for source in sources]
    else:
        # By the index alone: of a day that became empty it may tell until the day is rolled up.
        days = [f"SELECT t.day FROM {TABLES[family]._meta.db_table} t WHERE {IN_SCOPE}"]
        if with_raw:
            days += [
                _days(source, found=found_again(source, scope), where=scope.condition) for source in sources
            ]
    return f"SELECT MIN(day) AS first_day, MAX(day) AS last_day FROM ({' UNION ALL '.join(days)}) days"


def _days(source: Source, *, found: str = "", where: str) -> str:
    return f"SELECT f.day FROM {source.rows(found=found, where=where)} f"


def _parts(
    family: Family, scope: Scope, measures: Sequence[str], group: Sequence[str], *, with_raw: bool
) -> Iterator[str]:
    sources = [source for source in sources_of(family) if not source.measures.keys().isdisjoint(measures)]
    if scope.key is None:
        for source in sources:
            yield source.sums(group, measures, where=f"{scope.condition} AND {_within_span(source)}")
        return
    table = TABLES[family]._meta.db_table
    rolled = f"SELECT {', '.join([*group, *measures])} FROM {table} t WHERE {IN_SCOPE}"
    if not with_raw:
        # So that it isn't even read where the answer is that something is dirty.
        yield f"{rolled} AND NOT (SELECT is_dirty FROM asked)"
        return
    if scope.key == "all" and all(source.found_by_provider for source in sources):
        # Of a dirty day only the providers who have changed are counted again.
        yield rolled
        yield _taken_off(family, table, measures, group)
    else:
        yield f"{rolled} AND NOT EXISTS (SELECT 1 FROM dirty WHERE family = '{family}' AND dirty.day = t.day)"
    for source in sources:
        yield source.sums(group, measures, where=scope.condition, found=found_again(source, scope))


def _taken_off(family: Family, table: str, measures: Sequence[str], group: Sequence[str]) -> str:
    columns = [*(f"t.{name}" for name in group), *(f"-t.{name} AS {name}" for name in measures)]
    return (
        f"SELECT {', '.join(columns)} FROM cells c JOIN {table} t"
        f" ON t.scope = 'provider-' || c.provider_id AND t.day = c.day WHERE c.family = '{family}'"
    )


def _within_span(source: Source) -> str:
    if source.is_date:
        return f"{source.when} BETWEEN %(first)s AND %(last)s"
    return f"{source.when} >= %(begins)s AND {source.when} < %(ends)s"
