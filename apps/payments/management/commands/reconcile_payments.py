"""`manage.py reconcile_payments`."""

from datetime import date
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from apps.common.rendering import to_json
from apps.payments.reconciliation.report import Line, as_csv, as_json, report_lines
from apps.payments.reconciliation.run import in_words, payments_reconcile


class Command(BaseCommand):
    help = (
        "Ask the gateways about every payment that isn't finally settled, at once whatever its"
        " back-off, and finish it. Safe on several machines at once. With --report: set a day's payments"
        " against what the gateways say of them, and move nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--report",
            metavar="DATE",
            help="Write a report about the payments made or paid on this local day, YYYY-MM-DD.",
        )
        parser.add_argument(
            "--format", choices=["json", "csv"], help="The report's format; json if left out."
        )

    def handle(self, *args: Any, report: str | None, format: str | None, **options: Any) -> None:  # noqa: A002
        if report is not None:
            self.write_report(local_day(report), format or "json")
        elif format is not None:
            raise CommandError("--format goes with --report")
        else:
            tally = payments_reconcile(by_hand=True, shows_progress=True)
            self.stdout.write(f"reconcile_payments: {in_words(tally, 'payments')}")

    def write_report(self, day: date, wanted: str) -> None:
        """The report alone goes to stdout, so that it can be sent into a file."""
        lines = list(tqdm(report_lines(day), unit=" payments", disable=None))
        self.stdout.write(as_csv(lines) if wanted == "csv" else self.indented(as_json(day, lines)))
        self.stderr.write(f"reconcile_payments: {day}, {in_short(lines)}")

    @staticmethod
    def indented(document: dict[str, Any]) -> str:
        return orjson.dumps(orjson.loads(to_json(document)), option=orjson.OPT_INDENT_2).decode()


def local_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text} is no date: use YYYY-MM-DD") from error


def in_short(lines: list[Line]) -> str:
    return f"{len(lines)} payments, {sum(bool(line.differences) for line in lines)} differ"
