"""The product's own server as a process of its own, and calls that reach it at the same moment."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep
from typing import Any, TypeVar
from urllib.parse import quote

import requests
from django.conf import settings
from django.db import connection
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import User
from scripts.serve import APPLICATION, HOST, server_command

WORKERS = 2
LONGEST_START_SECONDS = 30
LONGEST_ANSWER_SECONDS = 60
Result = TypeVar("Result")


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any

    @property
    def code(self) -> str:
        """The error's code."""
        return str(self.body["errors"][0]["code"])


@dataclass(frozen=True)
class Server:
    address: str

    def post(self, path: str, body: dict[str, Any], *, as_user: User, **headers: str) -> Answer:
        headers["Authorization"] = f"Bearer {AccessToken.for_user(as_user)}"
        address = self.address + path
        answer = requests.post(address, json=body, headers=headers, timeout=LONGEST_ANSWER_SECONDS)
        return Answer(answer.status_code, answer.json())


def at_once(calls: Sequence[Callable[[], Result]]) -> list[Result]:
    """Call all, each in a thread of its own and none before the others are ready; return their results."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Result]) -> Result:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


@contextmanager
def serving(log: Path, application: str = APPLICATION, *, workers: int = WORKERS) -> Iterator[Server]:
    """Serve the test database as `make run` does, but in several processes, until the block ends.

    More requests than threads, and more threads than the pool has connections: the rest must wait, not fail.
    """
    port = free_port()
    command = server_command(port, workers=workers, application=application)
    with serving_by(command, port=port, environment={**environment(), **PATIENT}, log=log) as server:
        yield server


@contextmanager
def serving_by(command: list[str], *, port: int, environment: dict[str, str], log: Path) -> Iterator[Server]:
    """Start a server by its command line, which names the port; stop it when the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(process, f"http://{HOST}:{port}", log)
        yield Server(f"http://{HOST}:{port}")
    finally:
        process.terminate()
        process.wait()


# Of a race it counts who wins, not how long a busy machine lets the others wait.
PATIENT = {
    "DATABASE_POOL_TIMEOUT_SECONDS": "20",
    "DATABASE_LOCK_TIMEOUT_SECONDS": "20",
    "DATABASE_STATEMENT_TIMEOUT_SECONDS": "25",
    "DATABASE_IDLE_IN_TRANSACTION_SECONDS": "30",
    "DATABASE_SQLITE_LOCK_SECONDS": "20",
}

GRANIAN = "--interface wsgi --host {host} --port {port} --workers {workers} --blocking-threads 16 --no-ws"
GUNICORN = "--workers {workers} --threads 16 --bind {host}:{port} --log-level error"
DOCUMENTED = {
    "granian": f"-m granian {GRANIAN} {APPLICATION}",
    "gunicorn": f"-m gunicorn {GUNICORN} sewabazaar.wsgi",
}


def documented_command(name: str, port: int, *, workers: int = 1) -> list[str]:
    """Return the command line that docs/operations.md gives for a server."""
    return [sys.executable, *DOCUMENTED[name].format(host=HOST, port=port, workers=workers).split()]


def environment() -> dict[str, str]:
    """Return what a server process needs to serve the test database without throttles."""
    throttles_off = {f"THROTTLE_{name}": "" for name in ("LOGIN", "REGISTER", "ANON", "USER", "PAYMENT")}
    return {**os.environ, **throttles_off, "DATABASE_URL": _database_url(), "LOG_FILE": ""}


def _database_url() -> str:
    """Return the address of the database that the tests made for themselves."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    place = f"{database['HOST'] or HOST}:{database['PORT'] or 5432}"
    return f"postgres://{quote(database['USER'], safe='')}{password}@{place}/{database['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_ready(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = monotonic() + LONGEST_START_SECONDS
    while process.poll() is None and monotonic() < deadline:
        try:
            if requests.get(f"{address}/readyz/", timeout=LONGEST_START_SECONDS).ok:
                return
        except requests.ConnectionError:
            sleep(0.05)
    raise RuntimeError(f"The server did not start:\n{log.read_text()}")
