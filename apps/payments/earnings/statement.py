"""What a provider earned in a period: payments, refunds, payouts, and what is owed before and after it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.localtime import day_bounds, marketplace_zone
from apps.payments.earnings.held import Held, held_at
from apps.payments.earnings.outstanding import Charge, charged_at, outstanding
from apps.payments.earnings.owed import Account
from apps.payments.earnings.per_payment import ZERO, Earnings, earnings
from apps.payments.models import MethodCode, Payment, Payout, Refund, RefundStatus


@dataclass(frozen=True, slots=True)
class Line:
    """What a payment came to within the period; of an earlier one, what a refund took away again."""

    paid_at: datetime
    reference: str
    service: str
    method: str
    is_earlier: bool
    earned: Earnings


@dataclass(frozen=True, slots=True)
class Statement:
    account: Account
    lines: list[Line]
    refunds: list[Refund]
    payouts: list[Payout]
    unpaid: list[Booking]
    charges: Mapping[int, Decimal]
    held: list[Held]


def statement_of(provider: User, *, first: date, last: date) -> Statement:
    """Return a provider's local days `first` to `last`, both included: the lines add up to their account.

    Nine queries. The figures are those of *What providers are owed*. `unpaid` are bookings that were done in
    the period, and that nobody has paid to this day, `charges` by booking the commission on what was unpaid
    at its end; `held` are no-shows whose money waits at its end.
    """
    zone = marketplace_zone()
    begins, ends = day_bounds(first, zone)[0], day_bounds(last, zone)[1]
    opening, earned, lines = ZERO, Earnings(), []
    for row, before, until in _payments_until(provider, begins, ends):
        opening += before.due
        within = until - before
        earned += within
        is_earlier = row["paid_at"] < begins
        if not is_earlier or within != Earnings():
            lines.append(_line(row, within, is_earlier=is_earlier))
    paid_before = Payout.objects.filter(provider=provider, at__lt=begins).aggregate(sum=Sum("amount"))["sum"]
    payouts = list(Payout.objects.filter(provider=provider, at__gte=begins, at__lt=ends).order_by("at", "id"))
    held_before = _sum(held_at(begins, provider_ids=[provider.pk]))
    held = list(held_at(ends, provider_ids=[provider.pk]))
    charged_before = _sum(charged_at(begins, provider_ids=[provider.pk]))
    charges = list(charged_at(ends, provider_ids=[provider.pk]))
    account = Account(
        provider,
        opening - (paid_before or ZERO) - held_before - charged_before,
        earned,
        _sum(payouts),
        _sum(held) - held_before,
        _sum(charges) - charged_before,
    )
    lines.sort(key=lambda line: line.paid_at)
    unpaid = outstanding().filter(provider=provider, completed_at__gte=begins, completed_at__lt=ends)
    return Statement(
        account,
        lines,
        _refunds(provider, begins, ends),
        payouts,
        list(unpaid.select_related("service").order_by("completed_at", "id")),
        {charge.booking_id: charge.amount for charge in charges},
        held,
    )


def _payments_until(
    provider: User, begins: datetime, ends: datetime
) -> Iterator[tuple[Mapping[str, Any], Earnings, Earnings]]:
    """Yield each payment that counts, and what it came to before the period and until its end. One query."""
    counted = ~Q(refunds__status=RefundStatus.FAILED)
    rows = (
        Payment.objects.filter(booking__provider=provider, is_settlement=True, paid_at__lt=ends)
        .annotate(
            refunded_before=Sum("refunds__amount", filter=counted & Q(refunds__created_at__lt=begins)),
            refunded_until=Sum("refunds__amount", filter=counted & Q(refunds__created_at__lt=ends)),
        )
        .order_by()
        .values(
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
        charged_on=row["total_amount"],
    )


def _line(row: Mapping[str, Any], earned: Earnings, *, is_earlier: bool) -> Line:
    return Line(
        paid_at=row["paid_at"],
        reference=row["booking__reference"],
        service=row["booking__service__title"],
        method=row["method__name"],
        is_earlier=is_earlier,
        earned=earned,
    )


def _refunds(provider: User, begins: datetime, ends: datetime) -> list[Refund]:
    refunds = Refund.objects.filter(
        payment__booking__provider=provider,
        payment__is_settlement=True,
        created_at__gte=begins,
        created_at__lt=ends,
    )
    counted = refunds.exclude(status=RefundStatus.FAILED).select_related("payment__booking")
    return list(counted.order_by("created_at", "id"))


def _sum(rows: Iterable[Payout | Held | Charge]) -> Decimal:
    return sum((row.amount for row in rows), ZERO)
