"""`manage.py send_notifications`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from apps.common.command_options import add_due_option
from apps.notifications.actions.reminders import reminders_make
from apps.notifications.actions.sending import deliveries_send


class Command(BaseCommand):
    help = (
        "Make the reminders that are due, and send all that waits in the outbox, what failed a moment ago "
        "included. Safe to run at any time, from several machines at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_due_option(parser)

    def handle(self, *args: Any, due: bool, **options: Any) -> None:
        reminders = reminders_make(now=timezone.now())
        tally = deliveries_send(by_hand=not due)
        self.stdout.write(f"send_notifications: {reminders} reminders made, {tally.in_words('messages')}")
