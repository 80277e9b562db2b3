"""Ends processes whose parent has died.

Reads from standard input which have started and which have ended; the parent's death closes it.
"""

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
        match line.split():
            case ["started", leader]:
                leaders.append(int(leader))
            case ["ended", leader]:
                leaders.remove(int(leader))
            case ["done"]:
                return
    forget(parent)
    end_groups(leaders, runs=lambda leader: signal_group(leader, 0))


if __name__ == "__main__":
    main()
