"""The database of `DATABASE_URL`, as settings need it."""

from typing import Any

import environ

SQLITE = {
    # A write lock from the first statement on: what a transaction read can't change before it writes.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
POSTGRES = {
    # PostgreSQL plans a statement once a connection, instead of each time: half of its work or more.
    "server_side_binding": True,
    "prepare_threshold": 3,
    # Compiling a statement pays after seconds of running it, and nothing here runs for seconds.
    "options": "-c jit=off",
}


def database_settings(url: str, *, pool_max: int) -> dict[str, Any]:
    """Return Django's settings. Options of the address, as in `?sslmode=verify-full`, have the last word."""
    database: dict[str, Any] = environ.Env.db_url_config(url)
    if database["ENGINE"] == "django.db.backends.sqlite3":
        options: dict[str, Any] = SQLITE
    else:
        options = {**POSTGRES, "pool": {"min_size": 1, "max_size": pool_max, "timeout": 10}}
    return {**database, "OPTIONS": {**options, **database.get("OPTIONS", {})}}
