"""A database of our own for each size, on the server that DATABASE_URL names."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_URL = "postgres://postgres@127.0.0.1:5432/postgres"


@contextmanager
def loaded_database(url: str, *, bookings: int) -> Iterator[str]:
    """Yield the address of a new database with that many bookings; drop it afterwards."""
    name = f"sewabazaar_bench_{bookings}_{os.getpid()}"
    identifier = sql.Identifier(name)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
    own_url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    try:
        environment = {**os.environ, "DATABASE_URL": own_url, "DEBUG": "True", "LOG_LEVEL": "WARNING"}
        manage("migrate", "--verbosity", "0", environment=environment)
        manage("seed_load", "--bookings", str(bookings), environment=environment)
        with psycopg.connect(own_url, autocommit=True) as connection:
            # What autovacuum would do sooner or later; better not while we measure.
            connection.execute("VACUUM (ANALYZE)")
            connection.execute("CHECKPOINT")
        yield own_url
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


def manage(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)
