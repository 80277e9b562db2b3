"""Whether something outside the process is worth a try: nobody waits for what has just failed others."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class CircuitOpen(Exception):
    """It failed a moment ago, or somebody else is just trying it."""


class Circuit:
    """Closed while it answers. Open after a failure: a pause, then one try at a time, until one succeeds."""

    def __init__(
        self, *, pause: float, silence: float = 0.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.pause = pause
        # Only after so many seconds without an answer does a failure count: until then it is busy, not away.
        self.silence = silence
        self.clock = clock
        self.is_closed = True
        self.lock = Lock()
        self.is_tried = False
        self.tries_at = 0.0
        self.silent_at = 0.0

    @contextmanager
    def attempt(self, away: type[Exception] | tuple[type[Exception], ...]) -> Iterator[bool]:
        """Yield whether this is the one try of an open circuit. Raises CircuitOpen where it isn't worth one.

        Whatever ends it is an answer, but for an error that means `away`.
        """
        is_probe = self._enter()
        try:
            yield is_probe
        except away as error:
            self.failed(error)
            raise
        except BaseException:
            self.answered()
            raise
        else:
            self.answered()
        finally:
            if is_probe:
                self.is_tried = False

    def _enter(self) -> bool:
        if self.is_closed:
            return False
        with self.lock:
            if self.is_closed:
                return False
            if self.is_tried or self.clock() < self.tries_at:
                raise CircuitOpen
            self.is_tried = True
            return True

    def answered(self) -> None:
        with self.lock:
            self.is_closed = True
            self.silent_at = self.clock() + self.silence

    def failed(self, error: Exception) -> None:
        with self.lock:
            now = self.clock()
            if now >= self.silent_at:
                self.is_closed = False
                self.tries_at = now + self.pause
