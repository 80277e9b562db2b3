"""PostgreSQL connections on which no wait for the server is longer than a bound.

A server's own timeouts don't help where the server, or the way to it, hangs.
"""

from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from apps.common.circuit import Circuit

# Of this process's database. One that hands out connections is busy, however long somebody waited for one.
DATABASE_CIRCUIT = Circuit(pause=0.75, silence=2.0)


class BoundedConnection(psycopg.Connection[Any]):
    longest_wait_seconds: float

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Raise OperationalError, and close the connection, where the server doesn't answer in time."""
        pool = self._pool
        try:
            return super().wait(gen, interval, timeout or self.longest_wait_seconds)
        except psycopg.errors._WaitTimeout as error:
            self.pgconn.finish()
            away = psycopg.OperationalError("the database server did not answer in time")
            DATABASE_CIRCUIT.failed(away)
            raise away from error
        finally:
            if self.closed and isinstance(pool, ConnectionPool) and not pool.closed:
                # What broke one has broken those that lie idle; each would fail somebody's request.
                pool.drain()


def bounded(seconds: float) -> type[BoundedConnection]:
    """Return the class of connections that wait so long at most."""
    return type("BoundedConnection", (BoundedConnection,), {"longest_wait_seconds": seconds})
