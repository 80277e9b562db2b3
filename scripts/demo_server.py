"""A server for the demo: a free port, a database of its own, the sandbox's gateways."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 120
STOP_SECONDS = 10
LINES_OF_LOG = 20


class ServerFailed(Exception):
    """The server did not come up; the message ends with what it said last."""


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Yield the address of a server with the demo marketplace, its files in `folder`; stop it afterwards."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    log = folder / "server.log"
    print(f"Starting a server at {address} with the demo marketplace ...", flush=True)
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve", str(port), "--alone"],
            cwd=ROOT,
            env={**os.environ, **environment(folder, address)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_ready(server, address, log)
        yield address
    finally:
        stop(server)


def environment(folder: Path, address: str) -> dict[str, str]:
    """What a shell or .env sets must not send the demo to another database or to a real gateway."""
    return {
        "DEBUG": "True",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "REDIS_URL": "",
        "PUBLIC_URL": address,
        "FRONTEND_URL": "http://127.0.0.1:3000",
        "ALLOWED_HOSTS": "127.0.0.1",
        "KHALTI_BASE_URL": f"{address}/sandbox/khalti/api/v2",
        "KHALTI_PUBLIC_KEY": "live_public_key_sandbox",
        "KHALTI_SECRET_KEY": "live_secret_key_sandbox",
        "EMAIL_URL": "consolemail://",
        "LOG_FILE": str(folder / "sewabazaar.log"),
        "LOG_LEVEL": "WARNING",
        "ENABLE_NEW_BOOKING_WIZARD": "True",
        "ENABLE_BOOKING_SLOTS": "True",
        "ENABLE_PAYMENT_INTEGRATION": "True",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_ready(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServerFailed(f"the server stopped with status {server.returncode}\n{tail(log)}")
        try:
            with direct.open(f"{address}/readyz/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise ServerFailed(f"the server was not ready within {START_SECONDS} s\n{tail(log)}")


def tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-LINES_OF_LOG:])


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
