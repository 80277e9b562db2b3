"""Redis stops or hangs: the marketplace goes on, and counts in each process by itself."""

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.outages.conftest import marketplace, timed
from tests.outages.machines import Redis, own_redis
from tests.servers import environment

pytestmark = [pytest.mark.django_db(transaction=True)]

SERVICES = "/api/services/"


@pytest.fixture
def own() -> Iterator[Redis]:
    with own_redis() as running:
        yield running


def test_redis_away_is_reported_and_counted_around(program: str, own: Redis, tmp_path: Path) -> None:
    log = tmp_path / "log"
    variables = {"REDIS_URL": own.url, "THROTTLE_ANON": "6/hour"}
    with marketplace(program, log, database=environment()["DATABASE_URL"], **variables) as server:
        with_redis = [timed(server, SERVICES).response.status_code for _ in range(3)]
        own.stop()
        without = [timed(server, SERVICES).response.status_code for _ in range(8)]
        ready = timed(server, "/readyz/")

    assert (with_redis, without) == ([200] * 3, [200] * 6 + [429] * 2)
    assert ready.response.status_code == 200
    assert ready.response.json()["cache"] is False
    assert log.read_text().count("Redis is away") == 1


def test_a_redis_that_hangs_costs_nobody_seconds(program: str, own: Redis, tmp_path: Path) -> None:
    variables = {"REDIS_URL": own.url, "THROTTLE_ANON": "1000/hour"}
    database = environment()["DATABASE_URL"]
    with marketplace(program, tmp_path / "log", database=database, **variables) as server:
        timed(server, SERVICES)
        with own.hung():
            started = monotonic()
            answers = [timed(server, SERVICES) for _ in range(10)]
            in_all = monotonic() - started
            ready = timed(server, "/readyz/")

    assert {each.response.status_code for each in answers} == {200}
    assert in_all < 2
    assert (ready.response.status_code, ready.seconds < 1) == (200, True)
