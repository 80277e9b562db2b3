"""`manage.py reconcile_payments`."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.payments.reconciliation.run import in_words, payments_reconcile


class Command(BaseCommand):
    help = (
        "Ask the gateways about every attempt to pay that isn't finally settled, at once whatever its"
        " back-off, and finish it. Safe on several machines at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        tally = payments_reconcile(by_hand=True, shows_progress=True)
        self.stdout.write(f"reconcile_payments: {in_words(tally, 'attempts')}")
