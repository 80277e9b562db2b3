"""Where a running marketplace answers, for the commands that are called beside it.

A mail that `manage.py send_notifications` writes must name the port that `make run PORT=8100` chose. The
settings read the note before `.env`; what the shell sets counts above both.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.install import ROOT

RUN_NOTE = ROOT / ".run.env"


@contextmanager
def noted(values: dict[str, str], note: Path = RUN_NOTE) -> Iterator[None]:
    """Keep the note for as long as the block runs. The last one that was started is the one that counts."""
    process = os.getpid()
    lines = [f"{name}={value}" for name, value in {**values, "RUN_ID": process}.items()]
    note.write_text("\n".join(lines) + "\n")
    try:
        yield
    finally:
        forget(process, note)


def forget(process: int, note: Path = RUN_NOTE) -> None:
    """Remove the note of a process, if it is still that one's."""
    if note.exists() and f"RUN_ID={process}\n" in note.read_text():
        note.unlink()
