"""`manage.py process_refunds`."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.payments.reconciliation.run import in_words
from apps.payments.refunds.process import refunds_process


class Command(BaseCommand):
    help = (
        "Send the refunds that wait for their gateway, at once whatever their back-off. One whose answer was"
        " lost is looked up before it is sent again. Safe on several machines at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"process_refunds: {in_words(refunds_process(by_hand=True), 'refunds')}")
