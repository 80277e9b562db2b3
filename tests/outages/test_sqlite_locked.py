"""SQLite has one writer: who waits too long for another is told to come again, by the API and the admin."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import requests
from django.conf import settings

from tests.outages.conftest import marketplace, timed
from tests.servers import Server

pytestmark = pytest.mark.django_db

REGISTER = "/api/auth/register/"
LOGIN = "/admin/login/"
NEWCOMER = {
    "email": "maya@example.com",
    "password": "a-long-password-of-hers",
    "full_name": "Maya Lama",
    "phone": "9841234567",
    "role": "customer",
}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of the test's own, without rows."""
    file = tmp_path / "db.sqlite3"
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{file}", "REDIS_URL": "", "LOG_FILE": ""},
        check=True,
    )
    return file


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Let somebody else write, and not end."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def log_in(server: Server) -> requests.Response:
    """Send the admin's login form, with a password that nobody has."""
    browser = requests.Session()
    browser.get(server.address + LOGIN, timeout=20)
    form = {
        "username": "anita@example.com",
        "password": "x",
        "csrfmiddlewaretoken": browser.cookies["csrftoken"],
    }
    return browser.post(server.address + LOGIN, form, timeout=20)


def test_a_write_that_waits_too_long_is_503_and_reads_go_on(database: Path, tmp_path: Path) -> None:
    # A failed login is counted, so that the admin has to write.
    variables = {"DATABASE_SQLITE_LOCK_SECONDS": "0.3", "THROTTLE_LOGIN": "10/min"}
    url = f"sqlite:///{database}"
    with marketplace("granian", tmp_path / "log", database=url, **variables) as server:
        with locked(database):
            registering = timed(server, REGISTER, json=NEWCOMER)
            at_the_desk = log_in(server)
            reading = timed(server, "/api/services/")
        again = timed(server, REGISTER, json=NEWCOMER)

    assert registering.is_unavailable
    assert registering.seconds < 5
    assert (at_the_desk.status_code, "Retry-After" in at_the_desk.headers) == (503, True)
    assert reading.response.status_code == 200
    assert again.response.status_code == 201
