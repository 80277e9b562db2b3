"""Migrations work on an empty database, also once the code has gone on without them."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg import sql

from apps.analytics.triggers import TRIGGERS
from tests.servers import environment

# Operations whose SQL never changes: another one gets another name.
LASTING = {"apps.common.append_only"}


@pytest.fixture
def empty_database(db: None, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a database of its own, without tables."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    url = environment()["DATABASE_URL"]
    name = f"{connection.settings_dict['NAME']}_later"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield f"{url.rpartition('/')[0]}/{name}"
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_columns_that_are_added_and_watched_later_leave_the_first_steps_working(
    empty_database: str, tmp_path: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.later_columns", str(tmp_path)],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": empty_database,
            "DJANGO_SETTINGS_MODULE": "sewabazaar.settings",
            "LOG_FILE": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == sorted(trigger.name for trigger in TRIGGERS)


def written_by_hand() -> list[Path]:
    migrations = Path(settings.BASE_DIR).glob("apps/*/migrations/0*.py")
    return sorted(path for path in migrations if "RunPython" in (text := path.read_text()) or "apps." in text)


@pytest.mark.parametrize("migration", written_by_hand(), ids=lambda path: f"{path.parts[-3]}.{path.stem}")
def test_a_migration_that_runs_code_carries_it_along(migration: Path) -> None:
    tree = ast.parse(migration.read_text())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    if "RunPython" in migration.read_text() or migration.stem != "0001_initial":
        assert {name for name in imported if name.startswith("apps")} <= LASTING
