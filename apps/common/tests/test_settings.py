"""Settings as a process of its own reads them: from `.env` beside a copy of the project's package."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
import pytest
from django.conf import settings

from apps.common.tests.test_production import PRODUCTION
from sewabazaar.database import database_settings, server_patience

EXAMPLE = (settings.BASE_DIR / ".env.example").read_text()
PRINT = """
import json
from sewabazaar import settings
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()}, default=str))
"""

Load = Callable[[str], dict[str, Any]]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Return the settings that come of a `.env`, with nothing else set."""
    shutil.copytree(settings.BASE_DIR / "sewabazaar", tmp_path / "sewabazaar")

    def loaded(variables: str) -> dict[str, Any]:
        (tmp_path / ".env").write_text(variables)
        surroundings = {"PATH": os.environ["PATH"], "PYTHONPATH": str(settings.BASE_DIR)}
        command = [sys.executable, "-c", PRINT]
        done = subprocess.run(
            command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=True
        )
        values: dict[str, Any] = json.loads(done.stdout)
        return values

    return loaded


def in_production(load: Load, **changes: str) -> dict[str, Any]:
    return load("\n".join(f"{name}={value}" for name, value in (PRODUCTION | changes).items()))


def test_a_copy_of_the_example_is_a_development_machine(load: Load) -> None:
    values = load(EXAMPLE)

    assert values["DEBUG"] is True
    assert values["SECRET_KEY"] == values["DEVELOPMENT_SECRET_KEY"]
    assert len(values["FIELD_ENCRYPTION_KEYS"]) == 1


def test_what_is_empty_in_the_example_is_as_if_it_were_not_set(load: Load) -> None:
    empty = [line for line in EXAMPLE.splitlines() if line.endswith("=") and not line.startswith("#")]

    assert {"SECRET_KEY=", "CSRF_TRUSTED_ORIGINS=", "REDIS_URL=", "LOG_LEVELS="} <= set(empty)
    assert load("\n".join([*empty, "FIELD_ENCRYPTION_KEYS=", "EMAIL_URL="])) == load("")


def test_production_logs_json_and_speaks_for_its_own_host_alone(load: Load) -> None:
    values = in_production(load)

    assert values["LOGGING"]["handlers"]["console"]["formatter"] == "json"
    assert values["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60
    assert (values["SECURE_HSTS_INCLUDE_SUBDOMAINS"], values["SECURE_HSTS_PRELOAD"]) == (False, False)


def test_an_operator_can_speak_for_the_whole_domain(load: Load) -> None:
    values = in_production(load, SECURE_HSTS_INCLUDE_SUBDOMAINS="True", SECURE_HSTS_PRELOAD="True")

    assert (values["SECURE_HSTS_INCLUDE_SUBDOMAINS"], values["SECURE_HSTS_PRELOAD"]) == (True, True)


def test_the_databases_address_keeps_its_options_beside_the_pool() -> None:
    address = "postgres://u:p@db.example:5432/name?sslmode=verify-full&sslrootcert=/etc/ca.pem"

    options = database_settings(address, pool_max=7)["OPTIONS"]

    assert (options["sslmode"], options["sslrootcert"]) == ("verify-full", "/etc/ca.pem")
    assert options["pool"]["max_size"] == 7


@pytest.mark.parametrize("address", ["postgres://db.example/name", "sqlite:///a.db"])
def test_commands_wait_for_their_database_by_djangos_own_backend(address: str) -> None:
    engine = database_settings(address, pool_max=7)["ENGINE"]

    assert engine in ("django.db.backends.postgresql", "django.db.backends.sqlite3")


def test_a_server_fails_at_once_where_postgresql_has_just_failed_others() -> None:
    patience = server_patience(environ.Env())

    engines = [
        database_settings(address, pool_max=7, patience=patience)["ENGINE"]
        for address in ("postgres://db.example/name", "sqlite:///a.db")
    ]

    assert engines == ["apps.common.postgresql", "django.db.backends.sqlite3"]


@pytest.mark.parametrize(("address", "timeout"), [("sqlite:///a.db", 20), ("sqlite:///a.db?timeout=5", 5)])
def test_sqlite_locks_early_whatever_its_address_says(address: str, timeout: int) -> None:
    options = database_settings(address, pool_max=7)["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", timeout)
    assert "pool" not in options
