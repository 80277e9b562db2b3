"""What the code needs to know of the database it runs on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction
from django.db.models import Model
from psycopg import IsolationLevel


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def paisa(rupees: str) -> str:
    """Return SQL for whole paisa of a column of rupees; for hundredths of a percentage in the same way.

    SQLite keeps decimals as floats; whole numbers add up exactly in both.
    """
    if is_postgres():
        return f"({rupees} * 100)::bigint"
    return f"CAST(ROUND({rupees} * 100) AS INTEGER)"


def fence() -> str:
    """Return what keeps the planner from computing a subquery's columns again wherever they are used."""
    return "OFFSET 0" if is_postgres() else "LIMIT -1 OFFSET 0"


def sweep(*tables: type[Model]) -> None:
    """Let PostgreSQL clean up after most rows of these tables were written or deleted, and count them again.

    Autovacuum would, sooner or later; until then each query goes through what was deleted. Inside a
    transaction, where it isn't allowed, rows are only counted. A table that is just being swept is left out.
    """
    if not is_postgres():
        return
    how = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE, SKIP_LOCKED)"
    names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {names}")


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads inside see the database as it is at the first of them.

    Without a statement of its own: the driver says it with BEGIN. Inside a transaction it is up to that; on
    SQLite, whose transactions take the write lock here, each statement sees its own moment.
    """
    if not is_postgres() or connection.in_atomic_block:
        yield
        return
    connection.ensure_connection()
    driver = connection.connection
    driver.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with transaction.atomic():
            yield
    finally:
        driver.isolation_level = None


@contextmanager
def planned_for_values() -> Iterator[None]:
    """Let PostgreSQL plan each statement inside for the values that it has.

    A plan that is kept is for any status, of which it expects an eighth of all rows: it then goes through a
    million bookings, oldest first, for the few that are pending. Costs a millisecond a statement.
    """
    if not is_postgres():
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        yield


def release_connection() -> None:
    """Give this thread's connection back to the pool before a call over the network, or another long wait.

    A gateway that hangs must not hold a connection that other requests wait for. Raises RuntimeError inside a
    transaction: none may be open meanwhile.
    """
    if any(not block._from_testcase for block in connection.atomic_blocks):  # type: ignore[attr-defined]
        raise RuntimeError("a connection can't be given back inside a transaction")
    if not connection.in_atomic_block:
        connections["default"].close()
