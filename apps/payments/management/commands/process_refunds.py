"""`manage.py process_refunds`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from apps.common.command_options import add_due_option
from apps.payments.refunds.process import refunds_process


class Command(BaseCommand):
    help = (
        "Send the refunds that wait for their gateway, at once whatever their back-off. One whose answer was"
        " lost is looked up before it is sent again. Safe on several machines at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_due_option(parser)

    def handle(self, *args: Any, due: bool, **options: Any) -> None:
        self.stdout.write(f"process_refunds: {refunds_process(by_hand=not due).in_words('refunds')}")
