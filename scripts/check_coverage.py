"""Fail when the last test run covered less than 90 % of the lines, or of the branches.

coverage's own `fail_under` weighs both together, so that many covered lines hide branches that no test takes.
"""

import io
import json
import sys
from contextlib import redirect_stdout

from coverage import Coverage

LEAST_PERCENT = 90


def main() -> None:
    coverage = Coverage()
    coverage.load()
    report = io.StringIO()
    with redirect_stdout(report):
        coverage.json_report(outfile="-")
    totals = json.loads(report.getvalue())["totals"]
    figures = {
        "lines": totals["percent_statements_covered"],
        "branches": totals["percent_branches_covered"],
    }
    short = [f"{what} {percent:.1f} %" for what, percent in figures.items() if percent < LEAST_PERCENT]
    if short:
        sys.exit(f"Coverage below {LEAST_PERCENT} %: {', '.join(short)}")


if __name__ == "__main__":
    main()
