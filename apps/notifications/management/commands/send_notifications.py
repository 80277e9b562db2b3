"""`manage.py send_notifications`."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.notifications.actions.reminders import reminders_make
from apps.notifications.actions.sending import deliveries_send, sent_in_words


class Command(BaseCommand):
    help = (
        "Make the reminders that are due, and send all that waits in the outbox, what failed a moment ago "
        "included. Safe to run at any time, from several machines at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        reminders = reminders_make(now=timezone.now())
        tally = deliveries_send(by_hand=True)
        self.stdout.write(f"send_notifications: {reminders} reminders made, {sent_in_words(tally)}")
