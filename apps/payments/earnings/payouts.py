"""The record of what was paid out to providers."""

from datetime import date
from decimal import Decimal

from apps.accounts.models import User
from apps.payments.models import Payout


def payout_record(
    *, provider: User, amount: Decimal, period_from: date, period_to: date, note: str, recorded_by: User
) -> Payout:
    """Write down that rupees went to a provider, or below zero came from them. It moves no money.

    Raises IntegrityError for one that stands there already.
    """
    payout: Payout = Payout.objects.create(
        provider=provider,
        amount=amount,
        period_from=period_from,
        period_to=period_to,
        note=note,
        recorded_by=recorded_by,
    )
    return payout
