"""The marketplace with demo data on machines of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
import requests
from django.conf import settings

from tests.outages.machines import Postgres, own_postgres
from tests.servers import Server, documented_command, environment, free_port, serving_by


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of the test's own, with the demo marketplace."""
    with own_postgres() as own:
        prepare = "import scripts.serve; scripts.serve.prepare_database()"
        development = {"DATABASE_URL": own.url, "REDIS_URL": "", "LOG_FILE": "", "DEBUG": "True"}
        subprocess.run(
            [sys.executable, "-c", prepare],
            cwd=settings.BASE_DIR,
            env={**os.environ, **development},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield own


@pytest.fixture(params=["granian", "gunicorn"])
def program(request: pytest.FixtureRequest) -> str:
    """The server that runs the marketplace."""
    return str(request.param)


@dataclass(frozen=True)
class Timed:
    """An answer, and after how many seconds it came."""

    response: requests.Response
    seconds: float

    @property
    def is_unavailable(self) -> bool:
        """Whether it is the contract's 503."""
        if self.response.status_code != 503 or "Retry-After" not in self.response.headers:
            return False
        body = self.response.json()
        return (body["type"], body["errors"][0]["code"]) == ("server_error", "unavailable")


def timed(server: Server, path: str, **options: object) -> Timed:
    started = monotonic()
    method = "POST" if "json" in options else "GET"
    answer = requests.request(method, server.address + path, timeout=60, **options)  # type: ignore[arg-type]
    return Timed(answer, monotonic() - started)


def marketplace(
    program: str, log: Path, *, database: str, **variables: str
) -> AbstractContextManager[Server]:
    """Serve it by the documented command, on the given database."""
    port = free_port()
    own = {**environment(), "DATABASE_URL": database, "REDIS_URL": "", "DEBUG": "True", **variables}
    return serving_by(documented_command(program, port), port=port, environment=own, log=log)


@contextmanager
def on(program: str, postgres: Postgres, folder: Path, **variables: str) -> Iterator[Server]:
    with marketplace(program, folder / "log", database=postgres.url, **variables) as server:
        yield server
