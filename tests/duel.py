"""Two people at the same moment, round after round: threads that stay, each with its connection."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

from django.db import connection

from apps.common.errors import DomainError

DONE = "done"
# One of the two begins a little later, so that each wins some of the rounds.
HEAD_STARTS = (0.0, 0.0005, -0.0005, 0.002, -0.002)
Call = Callable[[], Any]
Duel = Callable[[int, Call, Call], tuple[str, str]]


@contextmanager
def duelling() -> Iterator[Duel]:
    """Yield a function that makes two calls at once: each was `done`, or refused with a code.

    Anything else that they raise is raised.
    """
    both_ready = Barrier(2)

    def run(call: Call, delay: float) -> str:
        both_ready.wait()
        time.sleep(max(delay, 0))
        try:
            call()
        except DomainError as refusal:
            return refusal.code
        return DONE

    with ThreadPoolExecutor(2) as threads:

        def duel(number: int, one: Call, other: Call) -> tuple[str, str]:
            delay = HEAD_STARTS[number % len(HEAD_STARTS)]
            running = [threads.submit(run, one, delay), threads.submit(run, other, -delay)]
            return running[0].result(), running[1].result()

        try:
            yield duel
        finally:
            for closed in [threads.submit(_close, both_ready) for _ in range(2)]:
                closed.result()


def _close(both_ready: Barrier) -> None:
    both_ready.wait()
    connection.close()
