"""The table: what was measured, beside the empty view of the same server and beside the smallest size."""

from pathlib import Path
from typing import Any

from bench.names import BOOKING, BY_ADMIN, BY_PROVIDER, COUNT, FLOOR, HANGING, LARGEST_MONTH, POLLING, SLOTS

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- begin of the table, written by make bench -->", "<!-- end of the table -->"
HEADINGS = (
    "bookings in the database",
    "what",
    "a second",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "server CPU, µs a request",
    "× floor",
    "× smallest size",
    "PostgreSQL CPU, µs a request",
)
MOST_FLOORS = 2.5
MOST_GROWTH = 1.1
# Milliseconds of the server's CPU.
MOST_FOR_THE_LARGEST_MONTH = 150
LEAST_BOOKINGS_A_SECOND = 100
# What a noisy machine makes of two runs of the same thing.
LEAST_WHILE_HANGING = 0.9
# Milliseconds, for nineteen of twenty answers.
SLOWEST_ANALYTICS = {BY_ADMIN: 60, BY_PROVIDER: 30}

Row = dict[str, Any]
Results = dict[int, list[Row]]


def with_ratios(results: Results) -> list[Row]:
    """Return all rows, each with its ratios of CPU."""
    smallest = {row["scenario"]: row for row in results[min(results)]}
    return [
        row
        | {
            "bookings": bookings,
            "floors": row["server_cpu_us"] / _named(rows, FLOOR)["server_cpu_us"],
            "growth": row["server_cpu_us"] / smallest[row["scenario"]]["server_cpu_us"],
        }
        for bookings, rows in sorted(results.items())
        for row in rows
    ]


def _named(rows: list[Row], scenario: str) -> Row:
    return next(row for row in rows if row["scenario"] == scenario)


def table(rows: list[Row]) -> str:
    """Return a Markdown table."""
    lines = [HEADINGS, ("---:", "---", *["---:"] * (len(HEADINGS) - 2))]
    lines += [
        (
            f"{row['bookings']:,}",
            row["scenario"],
            f"{row['rounds_a_second']:,.0f}",
            f"{row['p50_ms']:.1f}",
            f"{row['p95_ms']:.1f}",
            f"{row['p99_ms']:.1f}",
            f"{row['server_cpu_us']:,.0f}",
            f"{row['floors']:.2f}",
            f"{row['growth']:.2f}",
            f"{row['database_cpu_us']:,.0f}",
        )
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def aims(rows: list[Row]) -> list[str]:
    """Return a line for each aim, what was reached, and what open browsers cost."""
    slots = [row for row in rows if row["scenario"] == SLOTS]
    floors, growth = max(row["floors"] for row in slots), max(row["growth"] for row in slots)
    hanging = min(_while_hanging(rows, size) for size in {row["bookings"] for row in rows})
    waiting = sum(row["transactions_waiting"] for row in rows if row["scenario"] == HANGING)
    slowest = min(row["rounds_a_second"] for row in rows if row["scenario"] == BOOKING)
    return [
        _aim(f"{SLOTS}: {floors:.2f} times the floor's CPU", f"at most {MOST_FLOORS}", floors <= MOST_FLOORS),
        _aim(f"{SLOTS}: {growth:.2f} times itself", f"at most {MOST_GROWTH}", growth <= MOST_GROWTH),
        _aim(
            f"whole bookings: {slowest:.0f} a second",
            f"at least {LEAST_BOOKINGS_A_SECOND}",
            slowest >= LEAST_BOOKINGS_A_SECOND,
        ),
        _aim(
            f"{HANGING}: {hanging:.2f} times as many a second as without, {waiting} transactions left open",
            f"at least {LEAST_WHILE_HANGING}, none",
            hanging >= LEAST_WHILE_HANGING and not waiting,
        ),
        *(_polling(row) for row in rows if row["scenario"] == POLLING),
        _largest_month(rows),
        *(_slowest_analytics(rows, who, most) for who, most in SLOWEST_ANALYTICS.items()),
    ]


def _while_hanging(rows: list[Row], bookings: int) -> float:
    of_size = [row for row in rows if row["bookings"] == bookings]
    return float(_named(of_size, HANGING)["rounds_a_second"] / _named(of_size, SLOTS)["rounds_a_second"])


def _polling(row: Row) -> str:
    """Return a line on what the open browsers cost: shares of one processor."""
    return (
        f"{POLLING}, {row['bookings']:,} bookings: {row['rounds_a_second']:,.0f} requests a second, "
        f"{row['not_modified_share']:.1%} of them answered 304, {row['server_cpu_share']:.0%} of a processor "
        f"for the server and {row['database_cpu_share']:.0%} for PostgreSQL"
    )


def _largest_month(rows: list[Row]) -> str:
    dearest = max(row["server_cpu_us"] for row in rows if row["scenario"] == LARGEST_MONTH) / 1000
    most = MOST_FOR_THE_LARGEST_MONTH
    reached = f"{LARGEST_MONTH}: {dearest:.0f} ms of the server's CPU"
    return _aim(reached, f"at most {most} ms", dearest <= most)


def _slowest_analytics(rows: list[Row], who: str, most: int) -> str:
    slowest = max(
        (row for row in rows if row["scenario"].endswith(who)), key=lambda row: float(row["p95_ms"])
    )
    count = next(row for row in rows if row["scenario"] == COUNT and row["bookings"] == slowest["bookings"])
    reached = f"{slowest['scenario']}: p95 {slowest['p95_ms']:.1f} ms, a count(*) {count['p95_ms']:.1f} ms"
    return _aim(reached, f"at most {most} ms", slowest["p95_ms"] <= most)


def _aim(reached: str, aim: str, is_reached: bool) -> str:
    return f"{reached} (aim: {aim}){'' if is_reached else ', missed'}"


def write_document(rows: list[Row]) -> None:
    """Put the table and the aims into docs/performance.md, between the marks."""
    text = DOCUMENT.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    reached = "\n".join(f"- {line}" for line in aims(rows))
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table(rows)}\n\n{reached}\n\n{END}{after}")
