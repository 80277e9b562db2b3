"""A server that can be killed at a chosen point, and a gateway that waits until it was."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import requests
from django.conf import settings
from django.db import connection
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import User
from apps.payments.tests.books import Books
from apps.payments.tests.misbehaving_server import Handler
from scripts.serve import HOST, server_command
from tests.servers import environment, free_port, wait_until_ready

PATIENCE_SECONDS = 20.0
OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
WAITING = f"SELECT count(*) {OTHERS} AND wait_event_type = 'Lock'"
IN_A_TRANSACTION = f"SELECT count(*) {OTHERS} AND state <> 'idle'"


class Gate:
    """Keeps a gateway's answer back: `reached` when it was asked, until `opened`."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.reached, self.opened = Event(), Event()

    def behave(self, handler: Handler) -> None:
        self.reached.set()
        assert self.opened.wait(PATIENCE_SECONDS)
        self.books.behave(handler)

    def until_asked(self) -> None:
        assert self.reached.wait(PATIENCE_SECONDS)


class Victim:
    """The product's own server with its worker, in a process group of its own."""

    def __init__(self, process: "subprocess.Popen[bytes]", address: str) -> None:
        self.process, self.address = process, address

    def kill(self) -> None:
        """End it as a power cut does: no handler, no rollback, no last word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def calls(self, method: str, path: str, body: Any, user: User, **more: str) -> Thread:
        """Make a request, with more headers, whose answer may never come."""
        headers = {"Authorization": f"Bearer {AccessToken.for_user(user)}", **more}

        def call() -> None:
            with suppress(requests.RequestException):
                requests.request(
                    method, self.address + path, json=body, headers=headers, timeout=PATIENCE_SECONDS
                )

        thread = Thread(target=call, daemon=True)
        thread.start()
        return thread


@contextmanager
def victim(log: Path, **more: str) -> Iterator[Victim]:
    """Serve the test database with more environment until the block ends, or somebody kills it."""
    address = f"http://{HOST}:{(port := free_port())}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            server_command(port),
            cwd=settings.BASE_DIR,
            env={**environment(), **more},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Victim(process, address)
    try:
        wait_until_ready(process, address, log)
        yield server
    finally:
        with suppress(ProcessLookupError):
            server.kill()


def until_somebody_waits() -> None:
    """Return once another connection waits for a lock that we hold."""
    until(lambda: _count(WAITING) > 0)


def cut_off_who_waits() -> None:
    """End the connections that wait for our lock: their statement is sent, and would outlive its sender."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {OTHERS} AND wait_event_type = 'Lock'")


def until_nobody_works() -> None:
    """Return once no other connection is in a transaction: the database has noticed who died."""
    until(lambda: _count(IN_A_TRANSACTION) == 0)


def until(is_so: Callable[[], bool]) -> None:
    deadline = monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert monotonic() < deadline, "it did not come so far"
        sleep(0.02)


def _count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])
