"""Play one whole booking with Khalti over HTTP, against a server of its own: `python -m scripts.demo`.

Ends with the confirmed booking and status 0, or with the reason and status 1. Nothing is left behind.
"""

import signal
import sys
import tempfile
from pathlib import Path

from scripts.demo_server import ServerFailed, running_server
from scripts.demo_story import StoryFailed, play


def main() -> int:
    # So that the server is stopped however this ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="sewabazaar-demo-") as folder:
        try:
            with running_server(Path(folder)) as address:
                play(address)
        except (ServerFailed, StoryFailed) as failure:
            print(f"\nThe demo failed: {failure}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
