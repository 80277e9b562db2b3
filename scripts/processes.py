"""Several processes that run and end together."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from scripts.install import ROOT
from scripts.steps import uninterrupted

START_SECONDS = 60
STOP_SECONDS = 5


class ProcessEnded(Exception):
    """One of the processes has ended by itself; the message names it."""


class Processes:
    """Starts processes, and ends them all with `stop`, or, should this process be killed, by the watchdog."""

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._logs: dict[str, Path] = {}
        self._watchdog = subprocess.Popen(
            [sys.executable, "-m", "scripts.watchdog"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def start(
        self,
        name: str,
        command: list[str],
        environment: dict[str, str],
        *,
        folder: Path = ROOT,
        log: Path | None = None,
        only_errors: bool = False,
    ) -> None:
        """Start a process; what it says goes to the log, or where this one's words go."""
        output = log.open("wb") if log else None
        if log:
            self._logs[name] = log
        with uninterrupted():
            # In a session of its own: a Ctrl-C reaches this process alone, which ends the others in order.
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL if only_errors else output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
            )
            self._running[name] = process
            self._tell_watchdog(f"started {process.pid}")
        if output:
            output.close()

    def wait_until_answering(self, name: str, address: str) -> None:
        """Return as soon as a process answers there. Raises ProcessEnded."""
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            self.raise_for_ended()
            try:
                with direct.open(address, timeout=START_SECONDS):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise ProcessEnded(f"The {name} does not answer at {address}")

    def wait_for_end(self, name: str) -> None:
        """Return once a process has done its work. Raises ProcessEnded where it failed."""
        process = self._running[name]
        if process.wait():
            self.raise_for_ended()
        del self._running[name]
        self._tell_watchdog(f"ended {process.pid}")

    def wait(self) -> None:
        """Wait for as long as all of them run. Raises ProcessEnded."""
        while True:
            self.raise_for_ended()
            time.sleep(0.2)

    def raise_for_ended(self) -> None:
        for name, process in self._running.items():
            if process.poll() is not None:
                log = f" ({self._logs[name]} says why)" if name in self._logs else ""
                raise ProcessEnded(f"The {name} has ended with status {process.returncode}{log}")

    def stop(self) -> None:
        """End all of them, at last by force."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        by_id = {process.pid: process for process in self._running.values()}
        end_groups(list(by_id), runs=lambda leader: by_id[leader].poll() is None)
        self._tell_watchdog("done")
        self._watchdog.wait()

    def _tell_watchdog(self, line: str) -> None:
        assert self._watchdog.stdin is not None  # noqa: S101 - it was opened as a pipe
        self._watchdog.stdin.write(f"{line}\n".encode())
        self._watchdog.stdin.flush()


def end_groups(leaders: list[int], runs: Callable[[int], bool]) -> None:
    """Ask the processes of these groups to end, and kill what is left of them after some seconds."""
    deadline = time.monotonic() + STOP_SECONDS
    for leader in leaders:
        signal_group(leader, signal.SIGTERM)
    while time.monotonic() < deadline and any(map(runs, leaders)):
        time.sleep(0.05)
    for leader in leaders:
        signal_group(leader, signal.SIGKILL)


def signal_group(leader: int, number: int) -> bool:
    """Return whether there was such a group."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
