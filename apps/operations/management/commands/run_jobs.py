"""`manage.py run_jobs [--every SECONDS]`."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from apps.operations.jobs import JOBS, RARE, Job

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run all periodic jobs once, or each again and again with --every, until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Repeat each job so many seconds after it ended."
        )

    def handle(self, *args: Any, every: int | None, **options: Any) -> None:
        if every is None:
            # One after the other: money that came is settled before a draft that it pays expires.
            outcomes = [self.run_one(name, job) for name, job in JOBS.items()]
            if not all(outcomes):
                raise CommandError("a job failed; see the log")
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        self.run_until(stopped, every)

    def run_until(self, stopped: threading.Event, every: int) -> None:
        """Run each job in a thread and at a pace of its own, so that a long one keeps no other waiting."""
        threads = [
            threading.Thread(target=self.repeat, args=(name, job, stopped, every), name=name)
            for name, job in JOBS.items()
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def repeat(self, name: str, job: Job, stopped: threading.Event, every: int) -> None:
        while not stopped.is_set():
            self.run_one(name, job)
            close_old_connections()
            stopped.wait(max(every, RARE.get(name, 0)))

    def run_one(self, name: str, job: Job) -> bool:
        """Run a job, and return whether it went well."""
        try:
            self.stdout.write(f"{name}: {job()}")
        except Exception:
            logger.exception("job %s failed", name)
            return False
        return True
