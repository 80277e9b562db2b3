"""`manage.py expire_holds`."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.operations.jobs import expire_holds


class Command(BaseCommand):
    help = "Free holds that ran out, and expire drafts and unanswered requests. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"expire_holds: {expire_holds()}")
