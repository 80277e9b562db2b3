"""Redis as the cache of all processes, and each process's own memory while it is away.

Throttles then count in the process alone: better than not at all, and than no marketplace.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from apps.common.circuit import Circuit, CircuitOpen

TIMEOUT_SECONDS = 0.2
# After a failure nobody tries for so long: a Redis that hangs would cost every request the timeout.
PAUSE_SECONDS = 5.0
LOG_EVERY_SECONDS = 60.0
AWAY = (OSError, RedisError)

logger = logging.getLogger(__name__)


class RedisCircuit(Circuit):
    """Says once a minute that Redis is away. A race between threads costs a log line more."""

    logs_at = 0.0

    def failed(self, error: Exception) -> None:
        super().failed(error)
        now = self.clock()
        if now >= self.logs_at:
            self.logs_at = now + LOG_EVERY_SECONDS
            logger.error("Redis is away, so this process counts for itself: %s", type(error).__name__)


def _redis_or_memory(name: str) -> Callable[..., Any]:
    def operation(self: "SharedCache", *arguments: Any, **options: Any) -> Any:
        try:
            with self.circuit.attempt(AWAY):
                return getattr(RedisCache, name)(self, *arguments, **options)
        except (CircuitOpen, *AWAY):
            return getattr(self.memory, name)(*arguments, **options)

    return operation


class SharedCache(RedisCache):
    """Redis where it answers, else memory."""

    # Django makes a cache for each thread: what is known of Redis is known to all.
    circuits: dict[str, RedisCircuit] = {}

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        bounds = {"socket_timeout": TIMEOUT_SECONDS, "socket_connect_timeout": TIMEOUT_SECONDS}
        options = {**bounds, "retry": Retry(NoBackoff(), 0), **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})
        self.memory = LocMemCache(f"instead of {server}", params)
        self.circuit = self.circuits.setdefault(server, RedisCircuit(pause=PAUSE_SECONDS))

    add = _redis_or_memory("add")
    get = _redis_or_memory("get")
    set = _redis_or_memory("set")
    touch = _redis_or_memory("touch")
    delete = _redis_or_memory("delete")
    get_many = _redis_or_memory("get_many")
    set_many = _redis_or_memory("set_many")
    delete_many = _redis_or_memory("delete_many")
    has_key = _redis_or_memory("has_key")
    incr = _redis_or_memory("incr")
    clear = _redis_or_memory("clear")


def cache_answers() -> bool:
    """Return whether the cache keeps what it is given; for Redis, whether that is Redis itself."""
    cache = caches["default"]
    try:
        cache.set("readiness", 1, timeout=5)
        kept = cache.get("readiness") == 1
    except AWAY:
        return False
    return kept and (not isinstance(cache, SharedCache) or cache.circuit.is_closed)
