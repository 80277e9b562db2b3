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

from bench.client import Measured, measure
from bench.processor import used
from bench.server import running_server

WARM_UP_SECONDS = 1.5


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--concurrency", type=int, required=True)
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    django.setup()
    print(json.dumps(measured_rows(options.port, options.seconds, options.concurrency, options.log)))


def measured_rows(port: int, seconds: float, concurrency: int, log: Path) -> list[dict[str, Any]]:
    """Return a row a scenario, measured one after the other on one server."""
    from bench.scenarios import scenarios  # needs Django to be set up

    rows = []
    todo = scenarios(seconds)
    with (
        psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database,
        running_server(port, environment=dict(os.environ), log=log) as server_pid,
    ):
        for scenario in todo:
            print(f"  {scenario.name} ...", file=sys.stderr, flush=True)
            at_once = scenario.concurrency or concurrency
            measure(port, scenario.rounds, seconds=WARM_UP_SECONDS, concurrency=at_once)
            before = used(server_pid, database)
            measured = measure(port, scenario.rounds, seconds=seconds, concurrency=at_once)
            after = used(server_pid, database)
            rows.append(
                {
                    "scenario": scenario.name,
                    "requests_a_round": scenario.requests,
                    "concurrency": at_once,
                    **figures(measured),
                    "server_cpu_us": 1e6 * after.server_since(before) / measured.requests,
                    "database_cpu_us": 1e6 * after.database_since(before) / measured.requests,
                }
            )
    return rows


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
