"""The server that is measured: the product's own, with settings as in production."""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.check_deploy import production
from scripts.serve import HOST, server_command

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
START_SECONDS = 60
STOP_SECONDS = 15


def server_environment(database_url: str, folder: Path, *, khalti_url: str) -> dict[str, str]:
    """Return the environment of the server and of whoever makes tokens for it."""
    return {
        **os.environ,
        **production(),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": "",
        "KHALTI_BASE_URL": khalti_url,
        "ALLOWED_HOSTS": HOST,
        "LOG_FILE": str(folder / "sewabazaar.log"),
        "LOG_LEVEL": "INFO",
    }


@contextmanager
def running_server(port: int, *, environment: dict[str, str], log: Path) -> Iterator[int]:
    """Yield the process id of a server, once it answers; stop it afterwards."""
    with log.open("wb") as output:
        server = subprocess.Popen(
            server_command(port, workers=WORKERS),
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(server, f"http://{HOST}:{port}/bench/empty/", log)
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def wait_until_ready(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with direct.open(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The server did not answer at {url}:\n{log.read_text(errors='replace')[-2000:]}")
