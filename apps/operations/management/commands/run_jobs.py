"""`manage.py run_jobs [--every SECONDS]`."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from apps.operations.jobs import JOBS

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run all periodic jobs once, or again and again with --every, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SECONDS", help="Repeat after so many seconds.")

    def handle(self, *args: Any, every: int | None, **options: Any) -> None:
        if every is None:
            if not self.run_all():
                raise CommandError("a job failed; see the log")
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            self.run_all()
            close_old_connections()
            stopped.wait(every)

    def run_all(self) -> bool:
        """Run every job, also after one that failed; return whether all went well."""
        all_well = True
        for name, job in JOBS.items():
            try:
                self.stdout.write(f"{name}: {job()}")
            except Exception:
                logger.exception("job %s failed", name)
                all_well = False
        return all_well
