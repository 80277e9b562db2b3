"""More clients than threads come while PostgreSQL is away: none waits behind the waits of the others."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from scripts.serve import HOST
from tests.outages.conftest import Timed, marketplace, on, timed
from tests.outages.lost_network import way_to
from tests.outages.machines import Postgres
from tests.servers import Server

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

SERVICES = "/api/services/"
WITHOUT_DATABASE = "/api/schema/"
CROWD = 60
# What a request that meets it first may take, and a second for a busy machine to answer the others.
LONGEST_SECONDS = 6.0


def crowd(server: Server, number: int = CROWD) -> list[Timed]:
    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(lambda _: timed(server, SERVICES), range(number)))


@contextmanager
def stopped(postgres: Postgres) -> Iterator[None]:
    postgres.stop()
    try:
        yield
    finally:
        postgres.start()


def test_a_crowd_is_told_within_seconds_that_the_database_is_away(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    with on(program, postgres, tmp_path) as server:
        timed(server, WITHOUT_DATABASE)
        with stopped(postgres):
            away = crowd(server)
            without_database = timed(server, WITHOUT_DATABASE)
            alive = timed(server, "/healthz/")
            ready = timed(server, "/readyz/")

    assert all(each.is_unavailable for each in away)
    assert max(each.seconds for each in away) < LONGEST_SECONDS
    assert {without_database.response.status_code, alive.response.status_code} == {200}
    assert (ready.response.status_code, ready.seconds < 1) == (503, True)


def test_a_crowd_is_told_within_seconds_that_the_way_to_the_database_is_cut(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    with way_to(postgres.port) as way:
        database = f"postgres://postgres@{HOST}:{way.port}/postgres"
        with marketplace(program, tmp_path / "log", database=database) as server:
            crowd(server, 16)
            way.cut.set()
            away = crowd(server)

    assert all(each.is_unavailable for each in away)
    assert max(each.seconds for each in away) < LONGEST_SECONDS


def test_the_first_good_answer_comes_with_the_databases_return(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    with on(program, postgres, tmp_path) as server:
        with stopped(postgres):
            crowd(server)
        started = monotonic()
        after = [timed(server, SERVICES)]
        while after[-1].response.status_code != 200:
            after.append(timed(server, SERVICES))
        good_again = monotonic() - started
        everybody = crowd(server)

    assert all(each.is_unavailable for each in after[:-1])
    assert good_again < 2
    assert {each.response.status_code for each in everybody} == {200}
