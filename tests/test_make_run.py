"""What `make run` starts, refuses and leaves behind."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import environ
import pytest

from scripts import serve
from scripts.demo_server import environment, wait_until_ready
from scripts.install import ROOT
from scripts.processes import ProcessEnded, Processes
from tests.servers import free_port

LONGEST_SECONDS = 120


def run(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "scripts.serve", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


def descendants(process: int) -> set[int]:
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [line.split() for line in listed.stdout.splitlines()]
    found = {str(process)}
    while more := {child for child, parent in pairs if parent in found} - found:
        found |= more
    return set(map(int, found)) - {process}


def runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_api_alone_starts_and_ends_with_all_that_it_started(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "output"
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "scripts.serve", str(port)],
            cwd=ROOT,
            env={**os.environ, **environment(tmp_path, address), "LOG_LEVEL": "INFO", "SITE": "0"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    wait_until_ready(started, address, log)
    below = descendants(started.pid)
    started.send_signal(signal.SIGINT)
    assert started.wait(LONGEST_SECONDS) == 0
    assert below
    assert not any(map(runs, below))
    assert "Stopped" in log.read_text()
    # Its own lines would scroll the welcome away.
    assert "what the API did       logs/api.log" in log.read_text()
    assert "GET /readyz/" not in log.read_text()
    assert "GET /readyz/" in serve.API_LOG.read_text()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_what_has_ended_is_named_with_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # the tests are to be stopped as before
    log = tmp_path / "api.log"
    processes = Processes()
    try:
        processes.start("API", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ), log=log)
        with pytest.raises(ProcessEnded, match=r"The API has ended with status 3 \(.*api.log says why\)"):
            processes.wait()
    finally:
        processes.stop()


def test_a_port_in_use_is_said_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(str(port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} cannot be used (Address already in use). Another one: make run PORT={port + 1}\n"
    )


@pytest.mark.parametrize("value", ["0", "65536", "-1", "http", "80.5"])
def test_what_is_no_port_is_refused(value: str) -> None:
    with pytest.raises(SystemExit, match=r"SITE_PORT=.* is not a port"):
        serve.port_number("SITE_PORT", value)


def test_api_and_site_need_a_port_each() -> None:
    port = str(free_port())
    done = run(port, SITE_PORT=port)
    assert done.returncode == 1
    assert "API and site need a port each" in done.stderr


def test_another_port_is_named_in_every_address(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = named(monkeypatch, 8100, 3100)
    assert addresses == ("http://127.0.0.1:8100", "http://127.0.0.1:3100")


def test_a_start_on_the_usual_ports_ignores_the_note_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = named(monkeypatch, serve.DEFAULT_PORT, serve.DEFAULT_SITE_PORT)
    assert addresses == ("http://127.0.0.1:8000", "http://127.0.0.1:3000")


def named(monkeypatch: pytest.MonkeyPatch, port: int, site_port: int) -> tuple[str, str]:
    """Return the addresses that a start names where neither shell nor `.env` does."""
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(environ.Env, "read_env", lambda path: None)
    serve.name_addresses(port, site_port)
    return os.environ["PUBLIC_URL"], os.environ["FRONTEND_URL"]
