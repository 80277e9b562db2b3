"""The proof over all rows that bookings, payments, refunds and the trail agree. Reads only."""

from collections.abc import Iterator

from apps.payments.audit.base import Check, Finding
from apps.payments.audit.bookings import BOOKING_CHECKS
from apps.payments.audit.disputes import DISPUTE_CHECKS
from apps.payments.audit.money import MONEY_CHECKS
from apps.payments.audit.refunds import REFUND_CHECKS
from apps.payments.audit.trail import TRAIL_CHECKS

CHECKS: tuple[Check, ...] = (
    *BOOKING_CHECKS,
    *MONEY_CHECKS,
    *REFUND_CHECKS,
    *DISPUTE_CHECKS,
    *TRAIL_CHECKS,
)


def findings() -> Iterator[Finding]:
    """Yield what doesn't agree, check by check.

    Each check is one statement, so it sees one moment, also while customers pay.
    """
    for check in CHECKS:
        yield from check.findings()


__all__ = ["CHECKS", "Check", "Finding", "findings"]
