"""Options that several commands have."""

from django.core.management.base import CommandParser


def add_due_option(parser: CommandParser) -> None:
    """Add `--due`: without it a command tries at once whatever waits."""
    parser.add_argument(
        "--due", action="store_true", help="Only what is due by its back-off, as under run_jobs."
    )
