"""The database of `DATABASE_URL`, as settings need it.

A server process waits for little: its caller gets a 503 within five seconds. Commands are patient. The locks
of both are freed when their machine loses its network, or they would keep others waiting.
"""

from dataclasses import dataclass
from typing import Any

import environ
from django.conf import settings

from apps.common.bounded_connection import bounded

SQLITE = {
    # A write lock from the first statement on: what a transaction read can't change before it writes.
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRES = {
    # PostgreSQL plans a statement once a connection, instead of each time: half of its work or more.
    "server_side_binding": True,
    "prepare_threshold": 3,
}
SHORT_CIRCUIT_ENGINE = "apps.common.postgresql"
# Compiling a statement pays after seconds of running it, and nothing here runs for seconds.
JIT_OFF = {"jit": "off"}
# psycopg's pool doubles its delay from one second on until it gives up; the next request begins anew.
RECONNECT_SECONDS = 2
# Above the server's own, which says more.
MARGIN_SECONDS = 0.5


@dataclass(frozen=True)
class Patience:
    """How many seconds a process waits at most; 0 is without end, for `statement` alone."""

    pool: float
    lock: float
    statement: float
    idle_in_transaction: float
    sqlite_lock: float
    # Whether it fails at once where the database has just failed others.
    short_circuit: bool = False


COMMANDS = Patience(pool=10, lock=60, statement=0, idle_in_transaction=60, sqlite_lock=20)


def server_patience(env: environ.Env) -> Patience:
    """Return that of a process that answers requests: pool and lock together stay below five seconds."""
    lock = env.float("DATABASE_LOCK_TIMEOUT_SECONDS", default=1.5)
    return Patience(
        pool=env.float("DATABASE_POOL_TIMEOUT_SECONDS", default=3.0),
        lock=lock,
        statement=env.float("DATABASE_STATEMENT_TIMEOUT_SECONDS", default=4.0),
        idle_in_transaction=env.float("DATABASE_IDLE_IN_TRANSACTION_SECONDS", default=5.0),
        sqlite_lock=env.float("DATABASE_SQLITE_LOCK_SECONDS", default=4.0),
        short_circuit=True,
    )


def command_patience(env: environ.Env) -> Patience:
    """Return that of commands, migrations and the shell."""
    return Patience(
        pool=COMMANDS.pool,
        lock=env.float("DATABASE_COMMAND_LOCK_TIMEOUT_SECONDS", default=COMMANDS.lock),
        statement=env.float("DATABASE_COMMAND_STATEMENT_TIMEOUT_SECONDS", default=COMMANDS.statement),
        idle_in_transaction=env.float(
            "DATABASE_COMMAND_IDLE_IN_TRANSACTION_SECONDS", default=COMMANDS.idle_in_transaction
        ),
        sqlite_lock=COMMANDS.sqlite_lock,
    )


def database_settings(
    url: str, *, pool_max: int, patience: Patience = COMMANDS, keepalive: int = 5
) -> dict[str, Any]:
    """Return Django's settings. Options of the address, as in `?sslmode=verify-full`, have the last word.

    `keepalive`: seconds of silence after which a connection is tested, by both ends.
    """
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        options: dict[str, Any] = {**SQLITE, "timeout": patience.sqlite_lock}
        return {**database, "OPTIONS": {**options, **database.get("OPTIONS", {})}}
    if patience.short_circuit:
        database["ENGINE"] = SHORT_CIRCUIT_ENGINE
    options = {
        **POSTGRES,
        **_client_keepalives(keepalive),
        "options": _session(patience, keepalive),
        "pool": _pool(pool_max, patience),
    }
    # A pooled connection may have died since it was used last.
    return {**database, "CONN_HEALTH_CHECKS": True, "OPTIONS": {**options, **database.get("OPTIONS", {})}}


def _session(patience: Patience, keepalive: int) -> str:
    milliseconds = {
        "statement_timeout": patience.statement,
        "lock_timeout": patience.lock,
        "idle_in_transaction_session_timeout": patience.idle_in_transaction,
    }
    values = {
        **JIT_OFF,
        **{name: round(seconds * 1000) for name, seconds in milliseconds.items()},
        "tcp_keepalives_idle": keepalive,
        "tcp_keepalives_interval": 1,
        "tcp_keepalives_count": 3,
    }
    return " ".join(f"-c {name}={value}" for name, value in values.items())


def _client_keepalives(keepalive: int) -> dict[str, int]:
    return {
        "connect_timeout": 2,
        "keepalives_idle": keepalive,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        # What was sent and not acknowledged for so many milliseconds ends the connection.
        "tcp_user_timeout": 3000,
    }


def _pool(maximum: int, patience: Patience) -> dict[str, Any]:
    pool: dict[str, Any] = {
        "min_size": 1,
        "max_size": maximum,
        "timeout": patience.pool,
        "reconnect_timeout": RECONNECT_SECONDS,
    }
    if patience.statement:
        pool["connection_class"] = bounded(patience.statement + MARGIN_SECONDS)
    return pool


def wait_as_a_server() -> None:
    """Let this process, which answers requests, wait for its database as briefly as its callers expect."""
    for name in ("ENGINE", "OPTIONS"):
        settings.DATABASES["default"][name] = settings.SERVER_DATABASE[name]
