"""A PostgreSQL and a Redis of the tests' own, which may be stopped, hung and started again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg
import pytest
import redis

from scripts.serve import HOST
from tests.servers import free_port

LONGEST_START_SECONDS = 20


def programs(*names: str) -> list[str]:
    """Return where they are. Without them the test is skipped, or fails where REQUIRE_OWN_SERVERS is set."""
    folders = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")), reverse=True)
    found = [shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *folders])) for name in names]
    missing = [name for name, place in zip(names, found, strict=True) if place is None]
    if missing:
        reason = f"not installed: {', '.join(missing)} (packages postgresql and redis-server)"
        if os.environ.get("REQUIRE_OWN_SERVERS"):
            pytest.fail(reason)
        pytest.skip(reason)
    return [place for place in found if place]


@dataclass(frozen=True)
class Postgres:
    folder: Path
    port: int
    pg_ctl: str
    owner: str | None

    @property
    def url(self) -> str:
        return f"postgres://postgres@{HOST}:{self.port}/postgres"

    def run(self, *command: str) -> None:
        group = pwd.getpwnam(self.owner).pw_gid if self.owner else None
        extra: list[int] | None = [] if self.owner else None
        subprocess.run(
            command,
            check=True,
            cwd=self.folder,
            user=self.owner,
            group=group,
            extra_groups=extra,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def start(self) -> None:
        options = f"-p {self.port} -h {HOST} -c fsync=off -c unix_socket_directories='' -c max_connections=60"
        log = str(self.folder / "log")
        self.run(self.pg_ctl, "start", "-w", "-D", str(self.folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        self.run(self.pg_ctl, "stop", "-w", "-m", "immediate", "-D", str(self.folder / "data"))

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Let every process of it stand still: connections are taken, nothing is answered."""
        processes = self.processes()
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def processes(self) -> list[int]:
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    initdb, pg_ctl = programs("initdb", "pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="own-postgres-"))
    # PostgreSQL refuses to run as root.
    owner = "nobody" if os.geteuid() == 0 else None
    if owner:
        shutil.chown(folder, owner)
    postgres = Postgres(folder, free_port(), pg_ctl, owner)
    try:
        postgres.run(initdb, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "-D", str(folder / "data"))
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.stop()
    finally:
        shutil.rmtree(folder)


class Redis:
    def __init__(self, program: str, port: int) -> None:
        self.program, self.port = program, port
        self.url = f"redis://{HOST}:{port}/0"

    def start(self) -> None:
        command = [self.program, "--port", str(self.port), "--bind", HOST, "--save", "", "--dir", "/tmp"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = monotonic() + LONGEST_START_SECONDS
        while monotonic() < deadline:
            try:
                redis.Redis.from_url(self.url).ping()
            except redis.ConnectionError:
                sleep(0.05)
            else:
                return
        raise RuntimeError("Redis did not start")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @contextmanager
    def hung(self) -> Iterator[None]:
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def own_redis() -> Iterator[Redis]:
    (program,) = programs("redis-server")
    own = Redis(program, free_port())
    own.start()
    try:
        yield own
    finally:
        own.stop()
