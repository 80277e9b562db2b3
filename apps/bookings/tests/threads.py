"""Real threads on a real database, each with a connection of its own."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction

Answer = TypeVar("Answer")
PATIENCE_SECONDS = 10.0
# Within one transaction the server answers from what it saw first, unless it is told to look again.
LOOK_AGAIN = "SELECT pg_stat_clear_snapshot()"
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


def at_once(calls: list[Callable[[], Answer]]) -> list[Answer]:
    """Return what the calls answer, each made in a thread of its own."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [running.result() for running in [pool.submit(_alone, call) for call in calls]]


@contextmanager
def meanwhile(call: Callable[[], Any], *, waiting: int = 1) -> Iterator[Future[Any]]:
    """Do the block in one transaction while `call` waits in another for what the block has locked.

    The block locks on entering; the call is started at its end, and the commit follows once it waits, or as
    many of its own threads as `waiting` says.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            running: Future[Any] = Future()
            yield running
            started = pool.submit(_alone, call)
            _until_they_wait(waiting)
        running.set_result(started.result())


def _alone(call: Callable[[], Answer]) -> Answer:
    try:
        return call()
    finally:
        connection.close()


def _until_they_wait(number: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(LOOK_AGAIN)
            cursor.execute(WAITING)
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.01)
    raise AssertionError("too few waited for the lock")
