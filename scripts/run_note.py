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
    text = "".join(f"{name}={value}\n" for name, value in {**values, "RUN_ID": str(os.getpid())}.items())
    note.write_text(text)
    try:
        yield
    finally:
        if note.exists() and note.read_text() == text:
            note.unlink()
