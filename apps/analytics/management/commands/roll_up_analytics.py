"""`manage.py roll_up_analytics`."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from tqdm import tqdm

from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.triggers import mark_everything


class Command(BaseCommand):
    help = (
        "Count the days anew on which anything has changed, so that analytics read them from the rollup."
        " May be stopped and run again at any time, and run on several machines at once: one does the work."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            dest="everything",
            help="All days that have anything: after a change of TIME_ZONE, or after a restored backup.",
        )

    def handle(self, *args: Any, everything: bool, **options: Any) -> None:
        begun = time.monotonic()
        if everything:
            mark_everything(connection)
        with tqdm(unit=" days", disable=None) as bar:
            rolled_up = days_roll_up(progress=bar.update)
        self.stdout.write(f"roll_up_analytics: {rolled_up}, in {time.monotonic() - begun:.1f} s")
