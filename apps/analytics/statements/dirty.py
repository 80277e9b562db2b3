"""The days that are not rolled up, as the first part of a statement."""

from apps.analytics.facts.dialect import beginning_of, local_day
from apps.analytics.facts.source import Source
from apps.analytics.scope import Scope
from apps.common.database import is_postgres


def dirty_cells(scope: Scope) -> str:
    """Return the common tables `cells` (family, provider, day) and `dirty` (family, day).

    A scope of categories also counts days on which nothing but a service's category has changed.
    """
    day = f"COALESCE(day, {local_day('moment')})"
    where = "TRUE" if scope.category_id else "NOT only_categories"
    if scope.key and scope.provider_id:
        where += " AND provider_id = %(provider_id)s"
    bounds = f", {beginning_of('day')} AS begins, {beginning_of('day + 1')} AS ends" if is_postgres() else ""
    return (
        f"cells AS MATERIALIZED (SELECT family, provider_id, day{bounds} FROM"
        f" (SELECT DISTINCT family, provider_id, {day} AS day FROM analytics_dirtyday WHERE {where}) c"
        " WHERE day BETWEEN %(first)s AND %(last)s),"
        f" dirty AS MATERIALIZED (SELECT DISTINCT family, day{', begins, ends' if bounds else ''} FROM cells)"
    )


def joined_to_cells(source: Source) -> str:
    """Return a join that leaves a source's rows of dirty days of their provider."""
    if source.found_by_provider:
        join = f"JOIN cells c ON c.family = '{source.family}' AND c.provider_id = b.provider_id"
        return f"{join} AND {_on(source, 'c')}"
    return (
        f"{joined_to_days(source)} JOIN cells c ON c.family = d.family"
        " AND c.day = d.day AND c.provider_id = b.provider_id"
    )


def joined_to_days(source: Source) -> str:
    """Return a join that leaves a source's rows of days that are dirty for anybody."""
    return f"JOIN dirty d ON d.family = '{source.family}' AND {_on(source, 'd')}"


def _on(source: Source, days: str) -> str:
    if source.is_date or not is_postgres():
        return f"{source.day} = {days}.day"
    return f"{source.when} >= {days}.begins AND {source.when} < {days}.ends"
