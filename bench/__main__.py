"""Measure the marketplace on PostgreSQL: the server's own in one run for each number of bookings.

Needs a PostgreSQL that DATABASE_URL names, on which it may make and drop databases of its own.
"""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.database import DEFAULT_URL, ROOT, loaded_database
from bench.hanging import silent_gateway
from bench.report import DOCUMENT, Results, aims, table, with_ratios, write_document
from bench.server import WORKERS, server_environment
from scripts.demo_server import free_port

RESULTS = Path(__file__).resolve().parent / "results"
SIZES = (1_000, 100_000, 1_000_000)
CONCURRENCY = 8


def main() -> None:
    options = arguments()
    # So that server and database go away however this ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    url = os.environ.get("DATABASE_URL", DEFAULT_URL)
    if not url.startswith(("postgres://", "postgresql://")):
        sys.exit("DATABASE_URL must name a PostgreSQL (postgres://...)")
    results: Results = {}
    begun = datetime.now(UTC)
    for bookings in sorted(options.sizes):
        print(f"{bookings:,} bookings", file=sys.stderr, flush=True)
        with (
            tempfile.TemporaryDirectory(prefix="sewabazaar-bench-") as folder,
            loaded_database(url, bookings=bookings) as own_url,
        ):
            results[bookings] = measured(own_url, options, Path(folder))
            # After each size, since the next one may take a quarter of an hour to load.
            path = write_results(with_ratios(results), options, begun)
    rows = with_ratios(results)
    print(table(rows), *([] if options.only else aims(rows)), sep="\n")
    print("Written:", path)
    if options.write:
        write_document(rows)
        print("Written:", DOCUMENT)


def arguments() -> Namespace:
    parser = ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of bookings")
    parser.add_argument("--seconds", type=float, default=10, help="how long each scenario runs")
    parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="connections at once")
    parser.add_argument("--only", default="", help="the empty view and scenarios whose name has this text")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    if options.only and options.write:
        parser.error("--write wants all scenarios")
    return options


def measured(url: str, options: Namespace, folder: Path) -> list[dict[str, object]]:
    """Return the rows of one size, from a process with the server's own settings."""
    command = [sys.executable, "-m", "bench.measure", "--port", str(free_port())]
    command += ["--seconds", str(options.seconds), "--concurrency", str(options.concurrency)]
    command += ["--log", str(folder / "server.log"), "--only", options.only]
    with silent_gateway() as khalti_url:
        environment = server_environment(url, folder, khalti_url=khalti_url)
        run = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True
        )
    rows: list[dict[str, object]] = json.loads(run.stdout.splitlines()[-1])
    return rows


def write_results(rows: list[dict[str, object]], options: Namespace, begun: datetime) -> Path:
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{begun:%Y%m%d-%H%M%S}.json"
    machine = {
        "processors": os.cpu_count(),
        "machine": platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "workers": WORKERS,
    }
    run = {"at": begun.isoformat(), "seconds": options.seconds, "concurrency": options.concurrency}
    path.write_text(json.dumps({**run, "machine": machine, "rows": rows}, indent=2))
    return path


if __name__ == "__main__":
    main()
