"""What providers are owed: earned in a period, paid out in it, and what is open before and after."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from apps.accounts.models import User
from apps.common.localtime import day_bounds, marketplace_zone
from apps.payments.earnings import ZERO, Earnings, earnings
from apps.payments.models import MethodCode, Payment, Payout, RefundStatus


@dataclass(frozen=True, slots=True)
class Account:
    """One provider's period, in rupees. `opening` and `closing` are what we owe him before and after it."""

    provider: User
    opening: Decimal
    earned: Earnings
    paid_out: Decimal

    @property
    def closing(self) -> Decimal:
        return self.opening + self.earned.due - self.paid_out


def accounts_of(*, first: date, last: date) -> list[Account]:
    """Return the accounts for the local days `first` to `last`, both included, by the providers' names.

    A payment counts on the day it was paid, a refund on the day it was decided, a payout on the day it was
    recorded; so what one period said isn't changed by the next. Providers with nothing at all are left out.
    """
    zone = marketplace_zone()
    begins, ends = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    opening: dict[int, Decimal] = defaultdict(lambda: ZERO)
    earned: dict[int, Earnings] = defaultdict(Earnings)
    for row, before, until in payments_until(begins, ends):
        provider_id = row["booking__provider_id"]
        opening[provider_id] += before.due
        earned[provider_id] += until - before
    paid_out = _payouts(Q(at__gte=begins, at__lt=ends))
    for provider_id, amount in _payouts(Q(at__lt=begins)).items():
        opening[provider_id] -= amount
    everybody = User.objects.filter(pk__in={*opening, *earned, *paid_out}).order_by("full_name", "pk")
    return [
        Account(provider, opening[provider.pk], earned[provider.pk], paid_out.get(provider.pk, ZERO))
        for provider in everybody
    ]


def payments_until(
    begins: datetime, ends: datetime, *, whose: Q | None = None
) -> Iterator[tuple[Mapping[str, Any], Earnings, Earnings]]:
    """Yield each payment that counts, and what it came to before the period and until its end. One query."""
    counted = ~Q(refunds__status=RefundStatus.FAILED)
    rows = (
        Payment.objects.filter(whose or Q(), is_settlement=True, paid_at__lt=ends)
        .annotate(
            refunded_before=Sum("refunds__amount", filter=counted & Q(refunds__created_at__lt=begins)),
            refunded_until=Sum("refunds__amount", filter=counted & Q(refunds__created_at__lt=ends)),
        )
        .order_by()
        .values(
            "booking__provider_id",
            "booking__reference",
            "booking__service__title",
            "method__code",
            "method__name",
            "total_amount",
            "amount_collected",
            "processing_fee",
            "commission_percent",
            "paid_at",
            "refunded_before",
            "refunded_until",
        )
    )
    for row in rows.iterator():
        paid_at = row["paid_at"]
        was_paid_before = paid_at is not None and paid_at < begins
        before = _earned(row, row["refunded_before"]) if was_paid_before else Earnings()
        yield row, before, _earned(row, row["refunded_until"])


def _earned(row: Mapping[str, Any], refunded: Decimal | None) -> Earnings:
    collected = row["amount_collected"]
    return earnings(
        paid=row["total_amount"] if collected is None else collected,
        processing_fee=row["processing_fee"],
        refunded=refunded or ZERO,
        commission_percent=row["commission_percent"],
        in_cash=row["method__code"] == MethodCode.CASH,
    )


def _payouts(condition: Q) -> dict[int, Decimal]:
    sums = Payout.objects.filter(condition).order_by().values_list("provider_id").annotate(Sum("amount"))
    return dict(sums)
