"""How much of what was paid goes back when a booking is called off. Pure; rupees."""

from datetime import datetime, timedelta
from decimal import Decimal

from apps.common.money import percentage


def cancels_free_until(starts_at: datetime, *, free_hours: int) -> datetime:
    """Return the instant until which a customer cancels free of charge."""
    return starts_at - timedelta(hours=free_hours)


def refund_after_cancellation(paid: Decimal, *, fee_percent: int, is_free: bool) -> Decimal:
    """Return what goes back of all that was paid: everything, or less the late fee, halves up."""
    if is_free:
        return paid
    return paid - percentage(paid, Decimal(fee_percent))
