"""CPU seconds of processes, from /proc. Linux counts them in hundredths."""

import os
from dataclasses import dataclass
from pathlib import Path

import psycopg

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Used:
    """CPU seconds up to now, by process id."""

    server: dict[int, float]
    database: dict[int, float]

    def server_since(self, before: "Used") -> float:
        return _since(self.server, before.server)

    def database_since(self, before: "Used") -> float:
        return _since(self.database, before.database)


def used(server_pid: int, database: psycopg.Connection) -> Used:
    """Return what the server's processes and its backends have used; none of those on another machine."""
    backends = database.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    pids = [pid for (pid,) in backends if _name(pid).startswith("postgres")]
    return Used(
        server={pid: _seconds(pid) for pid in _family(server_pid)},
        database={pid: _seconds(pid) for pid in pids},
    )


def _since(now: dict[int, float], before: dict[int, float]) -> float:
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in now.items())


def _fields(pid: int) -> list[str]:
    """Return /proc/<pid>/stat from the state on; the name before it may hold spaces."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _seconds(pid: int) -> float:
    try:
        fields = _fields(pid)
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND


def _name(pid: int) -> str:
    try:
        return (PROC / str(pid) / "comm").read_text()
    except OSError:
        return ""


def _family(pid: int) -> set[int]:
    """Return a process with its children and theirs."""
    parents = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(_fields(int(entry.name))[1])
            except OSError:
                continue
    family = {pid}
    while True:
        children = {child for child, parent in parents.items() if parent in family} - family
        if not children:
            return family
        family |= children
