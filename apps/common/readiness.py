"""Whether the database can be written and has all migrations, within a second whatever it does."""

import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock

from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

LONGEST_CHECK_SECONDS = 0.7
SQLITE_LOCK_SECONDS = 0.5
NOT_WRITABLE = {"database": False, "migrations": False}
# Changes nothing, and is refused where nothing can be written: on a standby, for one.
WRITE = "UPDATE django_migrations SET app = app WHERE 1 = 0"

logger = logging.getLogger(__name__)

Checks = dict[str, bool]


class DatabaseCheck:
    """One check at a time; whoever asks meanwhile waits for that one, and not longer than it may take."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="readiness")
        self.lock = Lock()
        self.running: Future[Checks] | None = None
        self.started = 0.0
        self.migrated = False

    def result(self) -> Checks:
        with self.lock:
            if self.running is None or self.running.done():
                self.running = self.thread.submit(self.check)
                self.started = time.monotonic()
            running = self.running
            left = self.started + LONGEST_CHECK_SECONDS - time.monotonic()
        try:
            return running.result(timeout=max(left, 0))
        except TimeoutError:
            return NOT_WRITABLE

    def check(self) -> Checks:
        """Ask over a connection of its own: a pool that is busy is no reason to be taken out of service."""
        connection = unpooled_connection()
        try:
            with connection.cursor() as cursor:
                cursor.execute(WRITE)
            # Only success is remembered: nobody takes migrations back under a running process.
            self.migrated = self.migrated or not has_unapplied_migrations(connection)
        except DatabaseError as error:
            logger.warning("not ready: %s", str(error).split("\n")[0])
            return NOT_WRITABLE
        finally:
            connection.close()
        return {"database": True, "migrations": self.migrated}


def unpooled_connection() -> BaseDatabaseWrapper:
    connection = connections.create_connection("default")
    options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
    if connection.vendor == "sqlite":
        options["timeout"] = SQLITE_LOCK_SECONDS
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
    return connection


def has_unapplied_migrations(connection: BaseDatabaseWrapper) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


_check = DatabaseCheck()


def database_readiness() -> Checks:
    """Return `database` (can be written) and `migrations` (all applied)."""
    return _check.result()
