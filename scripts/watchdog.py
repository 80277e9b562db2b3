"""Ends processes whose parent has died: reads their ids from standard input, which closes with the parent."""

import os
import signal
import sys

from scripts.processes import end_groups, signal_group
from scripts.run_note import forget


def main() -> None:
    # A Ctrl-C is for the parent, which ends its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    leaders: list[int] = []
    for line in sys.stdin:
        if line.strip() == "done":
            return
        leaders.append(int(line))
    forget(parent)
    end_groups(leaders, runs=lambda leader: signal_group(leader, 0))


if __name__ == "__main__":
    main()
