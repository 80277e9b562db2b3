"""Steps of a start that run to their end: once at a time on a checkout, and ended with the start.

Some run on the machine's own Python, before anything is installed: the standard library alone.
"""

import fcntl
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

STOP_SECONDS = 5
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
INTERRUPTED = 130


@contextmanager
def interruptible() -> Iterator[None]:
    """End this process quietly on Ctrl-C, SIGTERM or SIGHUP, after what it runs."""
    listen_for_signals()
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def listen_for_signals() -> None:
    """Treat a request to end like a Ctrl-C; heed that one too where a script's background job would not."""
    for number in ENDING:
        signal.signal(number, signal.default_int_handler)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put a request to end off until the block is done: no process may start and be forgotten."""
    asked: list[int] = []
    handlers = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    if asked:
        raise KeyboardInterrupt


@contextmanager
def exclusively(file: Path, *, waiting: str = "") -> Iterator[None]:
    """Hold a file, so that another start of this checkout waits, and says so, until the block ends."""
    with file.open() as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if waiting:
                print(waiting, flush=True)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def run_to_end(command: list[str], **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run a command; should this process be asked to end meanwhile, ask the command first."""
    process = None
    try:
        with uninterrupted():
            process = subprocess.Popen(command, text=True, **options)
        output, _ = process.communicate()
    except BaseException:
        if process:
            end(process)
        raise
    return subprocess.CompletedProcess(command, process.returncode, output)


def end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
