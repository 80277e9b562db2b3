"""Where Django looks for the backend. Commands use Django's own: they are patient."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError

from apps.common.bounded_connection import DATABASE_CIRCUIT
from apps.common.circuit import CircuitOpen

# Long enough to connect. Entering the queue makes the pool try; what it gets later, the next probe takes.
PROBE_SECONDS = 0.25


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return one of the pool, or raise OperationalError at once where others have just waited in vain."""
        if self.pool is None:  # readiness asks over a connection of its own, whatever befell others
            return super().get_new_connection(conn_params)
        try:
            with DATABASE_CIRCUIT.attempt(OperationalError) as is_probe:
                if is_probe:
                    self.pool.putconn(self.pool.getconn(PROBE_SECONDS))
                return super().get_new_connection(conn_params)
        except CircuitOpen:
            raise OperationalError("the database did not answer others a moment ago") from None
