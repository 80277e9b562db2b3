"""Measures one size: `python -m bench.measure`, started by `python -m bench` with the server's environment.

Prints a JSON list of rows on its last line.
"""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import quantiles
from typing import Any

import django
import psycopg

from bench.client import Measured, Round, measure
from bench.names import FLOOR
from bench.processor import used
from bench.scenario import Scenario
from bench.server import running_server

WARM_UP_SECONDS = 1.5
LONGEST_WARM_UP_SECONDS = 30.0


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--concurrency", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    django.setup()
    from bench.scenarios import scenarios  # needs Django to be set up

    todo = [one for one in scenarios(options.seconds) if one.name == FLOOR or options.only in one.name]
    print(json.dumps(measured_rows(todo, options.port, options.seconds, options.concurrency, options.log)))


def measured_rows(
    todo: list[Scenario], port: int, seconds: float, concurrency: int, log: Path
) -> list[dict[str, Any]]:
    """Return a row a scenario, measured one after the other on one server."""
    rows = []
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database,
        running_server(port, environment=dict(os.environ), log=log) as server_pid,
    ):
        for scenario in todo:
            print(f"  {scenario.name} ...", file=sys.stderr, flush=True)
            with scenario.beside(port):
                warm_up(port, scenario, concurrency)
                before = used(server_pid, database)
                measured = measure(
                    port,
                    scenario.rounds,
                    seconds=seconds,
                    concurrency=scenario.connections or concurrency,
                    rate=scenario.rate,
                )
                after = used(server_pid, database)
                waiting = transactions_waiting(database)
            rows.append(
                {
                    "scenario": scenario.name,
                    "requests_a_round": scenario.requests,
                    "concurrency": scenario.connections or concurrency,
                    **figures(measured),
                    "server_cpu_us": 1e6 * after.server_since(before) / measured.requests,
                    "database_cpu_us": 1e6 * after.database_since(before) / measured.requests,
                    "transactions_waiting": waiting,
                    "server_cpu_share": after.server_since(before) / measured.seconds,
                    "database_cpu_share": after.database_since(before) / measured.seconds,
                    "not_modified_share": measured.share_of(304),
                }
            )
    return rows


def transactions_waiting(database: psycopg.Connection) -> int:
    """Return how many connections of the server have a transaction open and do nothing in it."""
    rows = database.execute(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND state LIKE 'idle in transaction%'"
    )
    return int(rows.fetchall()[0][0])


def warm_up(port: int, scenario: Scenario, concurrency: int) -> None:
    """Let the server see a scenario before it counts."""
    rounds, seconds = scenario.rounds, WARM_UP_SECONDS
    if scenario.warm_up is not None:
        left = iter(range(scenario.warm_up))
        seconds = LONGEST_WARM_UP_SECONDS

        def rounds() -> Round | None:
            return scenario.rounds() if next(left, None) is not None else None

    measure(port, rounds, seconds=seconds, concurrency=concurrency)


def figures(measured: Measured) -> dict[str, float]:
    """Return rounds a second and latencies in milliseconds."""
    cuts = quantiles(measured.latencies, n=100, method="inclusive")
    return {
        "rounds": len(measured.latencies),
        "requests": measured.requests,
        "rounds_a_second": len(measured.latencies) / measured.seconds,
        "p50_ms": 1000 * cuts[49],
        "p95_ms": 1000 * cuts[94],
        "p99_ms": 1000 * cuts[98],
    }


if __name__ == "__main__":
    main()
