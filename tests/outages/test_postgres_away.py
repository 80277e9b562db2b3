"""PostgreSQL restarts, hangs, refuses to write, or somebody else's machine keeps a lock: 503, never 500."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
import requests
from django.conf import settings
from django.utils import timezone

from scripts.serve import HOST
from tests.outages.conftest import Timed, on, timed
from tests.outages.lost_network import way_to
from tests.outages.machines import Postgres
from tests.servers import Server, at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

SERVICES = "/api/services/"
LONGEST_SECONDS = 5.0
LOCK_ALL_MEMBERS = b"SELECT id FROM services_staffmember ORDER BY id FOR NO KEY UPDATE"


def burst(server: Server, number: int = 10) -> list[Timed]:
    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(lambda _: timed(server, SERVICES), range(number)))


def test_a_restart_is_503_meanwhile_and_over_within_seconds(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    with on(program, postgres, tmp_path) as server:
        assert {each.response.status_code for each in burst(server)} == {200}
        postgres.stop()
        try:
            away = burst(server)
            ready = timed(server, "/readyz/")
            sleep(4)  # so that the pool's delays between its tries have grown
        finally:
            postgres.start()
        started = monotonic()
        after: list[Timed] = []
        while not after or after[-1].response.status_code != 200:
            after.append(timed(server, SERVICES))
        good_again = monotonic() - started

    assert all(each.is_unavailable for each in away)
    assert max(each.seconds for each in away) < LONGEST_SECONDS
    assert (ready.response.status_code, ready.seconds < 1) == (503, True)
    assert all(each.is_unavailable for each in after[:-1])
    assert good_again < 3


def test_connections_that_went_stale_unnoticed_fail_nobody(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    with on(program, postgres, tmp_path) as server:
        burst(server)
        postgres.stop()
        postgres.start()
        answers = [timed(server, SERVICES) for _ in range(12)]

    assert {each.response.status_code for each in answers} == {200}
    assert max(each.seconds for each in answers) < 3


def test_a_database_that_hangs_is_503_within_five_seconds(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    with on(program, postgres, tmp_path) as server:
        burst(server)
        with postgres.hung():
            away = burst(server, 4)
            ready = timed(server, "/readyz/")
        sleep(1)
        after = timed(server, SERVICES)

    assert all(each.is_unavailable for each in away)
    assert max(each.seconds for each in away) < LONGEST_SECONDS
    assert (ready.response.status_code, ready.seconds < 1) == (503, True)
    assert after.response.status_code == 200


def test_a_database_that_can_only_be_read_is_not_ready(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    name = {"full_name": "Maya Lama", "phone": "9841234567", "role": "customer"}
    newcomer = {"email": f"maya@{program}.example.com", "password": "a-long-password-of-hers", **name}
    postgres.execute("ALTER SYSTEM SET default_transaction_read_only = on")
    with on(program, postgres, tmp_path) as server:
        before = timed(server, "/readyz/")
        postgres.execute("SELECT pg_reload_conf()")
        sleep(0.5)
        ready = timed(server, "/readyz/")
        writing = timed(server, "/api/auth/register/", json=newcomer)
        reset_read_only(postgres)

    assert before.response.status_code == 200
    assert ready.response.json()["database"] is False
    assert writing.is_unavailable


def reset_read_only(postgres: Postgres) -> None:
    with psycopg.connect(
        postgres.url, autocommit=True, options="-c default_transaction_read_only=off"
    ) as own:
        own.execute(b"ALTER SYSTEM RESET default_transaction_read_only")
        own.execute(b"SELECT pg_reload_conf()")


def test_a_host_that_loses_its_network_stops_nobody_for_long(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    """It holds the locks of all members in a transaction, and is heard of no more."""
    with on(program, postgres, tmp_path) as server, way_to(postgres.port) as way:
        book = booking(server)
        other_host = psycopg.connect(
            f"postgres://postgres@{HOST}:{way.port}/postgres",
            options=settings.SERVER_DATABASE["OPTIONS"]["options"],
        )
        other_host.execute(LOCK_ALL_MEMBERS)
        way.cut.set()
        started = monotonic()
        answers = [timed(server, "/api/bookings/", **book)]
        while answers[-1].response.status_code != 201 and monotonic() - started < 30:
            answers.append(timed(server, "/api/bookings/", **book))
        good_again = monotonic() - started

    assert len(answers) > 1
    assert all(each.is_unavailable for each in answers[:-1])
    assert max(each.seconds for each in answers) < LONGEST_SECONDS
    assert good_again < 8


def test_who_waits_in_vain_for_a_lock_or_a_busy_pool_fails_nobody_else(
    program: str, postgres: Postgres, tmp_path: Path
) -> None:
    """Of three bookings two wait for the lock, and the third for one of the two connections, in vain."""
    patience = {"DATABASE_POOL_TIMEOUT_SECONDS": "1", "DATABASE_LOCK_TIMEOUT_SECONDS": "1.2"}
    with on(program, postgres, tmp_path, DATABASE_POOL_MAX="2", **patience) as server:
        book = booking(server)
        with psycopg.connect(postgres.url) as other:
            other.execute(LOCK_ALL_MEMBERS)
            waiting = at_once([lambda: timed(server, "/api/bookings/", **book)] * 3)
            reading = timed(server, SERVICES)
            other.rollback()
        log = (tmp_path / "log").read_text()

    assert all(each.is_unavailable for each in waiting)
    assert ("couldn't get a connection" in log, "lock timeout" in log) == (True, True)
    assert reading.response.status_code == 200


def booking(server: Server) -> dict[str, Any]:
    """Return a request that books the first time of the day after tomorrow that can be had."""
    login = {"email": "customer@sewabazaar.test", "password": "sewabazaar-demo"}
    token = requests.post(f"{server.address}/api/auth/login/", json=login, timeout=20).json()["access"]
    details = {"address": "Jhamsikhel, blue gate", "phone": "9841234567"}
    for service in requests.get(server.address + SERVICES, timeout=20).json()["results"]:
        for days in range(2, 15):
            day = (timezone.localdate() + timedelta(days=days)).isoformat()
            query = {"service_id": service["id"], "date": day}
            slots = requests.get(
                f"{server.address}/api/booking-slots/available-slots/", params=query, timeout=20
            ).json()
            if slots:
                details["city"] = service["city_details"][0]["slug"]
                time = {"booking_date": day, "booking_time": slots[0]["start_time"]}
                return {
                    "json": {"service": service["id"], **time, **details},
                    "headers": {"Authorization": f"Bearer {token}"},
                }
    raise AssertionError("the demo has no free time")
