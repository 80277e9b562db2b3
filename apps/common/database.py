"""What the code needs to know of the database it runs on."""

from django.db import connection, connections


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def release_connection() -> None:
    """Give this thread's connection back to the pool before a call over the network, or another long wait.

    A gateway that hangs must not hold a connection that other requests wait for. Raises RuntimeError inside a
    transaction: none may be open meanwhile.
    """
    if any(not block._from_testcase for block in connection.atomic_blocks):  # type: ignore[attr-defined]
        raise RuntimeError("a connection can't be given back inside a transaction")
    if not connection.in_atomic_block:
        connections["default"].close()
