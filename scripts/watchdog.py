"""Ends processes whose parent has died: reads their ids from standard input, which closes with the parent."""

import signal
import sys

from scripts.processes import end_groups, signal_group


def main() -> None:
    # A Ctrl-C is for the parent, which ends its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    leaders: list[int] = []
    for line in sys.stdin:
        if line.strip() == "done":
            return
        leaders.append(int(line))
    end_groups(leaders, runs=lambda leader: signal_group(leader, 0))


if __name__ == "__main__":
    main()
