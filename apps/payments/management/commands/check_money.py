"""`manage.py check_money`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from apps.bookings.models import Booking
from apps.payments.audit import CHECKS, findings
from apps.payments.models import Payment, Refund


class Command(BaseCommand):
    help = "Prove that bookings, payments, refunds and the trail agree; exit with 1 and a list if they don't."

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for finding in findings():
            found += 1
            self.stdout.write(str(finding))
        bookings, payments, refunds = (model.objects.count() for model in (Booking, Payment, Refund))
        rows = f"{bookings} bookings, {payments} payments, {refunds} refunds"
        self.stdout.write(f"check_money: {rows}; {len(CHECKS)} checks, {found} findings")
        if found:
            sys.exit(1)
