"""How much of what was paid goes back when a booking is cancelled. Pure; rupees."""

from decimal import Decimal

from apps.common.money import percentage


def refund_after_cancellation(paid: Decimal, *, fee_percent: int, is_free: bool) -> Decimal:
    """Return what goes back of all that was paid: everything, or less the late fee, halves up."""
    if is_free:
        return paid
    return paid - percentage(paid, Decimal(fee_percent))
