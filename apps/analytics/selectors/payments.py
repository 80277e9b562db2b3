"""Everything that payment analytics show."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from apps.analytics.histograms import SETTLING
from apps.analytics.measures import ATTEMPTS, MONEY
from apps.analytics.models import Family
from apps.analytics.rates import Rate, rupees
from apps.analytics.scope import Scope, Span
from apps.analytics.selectors.lengths import Lengths, lengths_of
from apps.analytics.selectors.revenue import REVENUE, Revenue, revenue_of
from apps.analytics.selectors.span import Days, days_of_answer
from apps.analytics.statements.reading import Reading
from apps.common.database import snapshot
from apps.payments.states import PAID

PER_DAY = (*ATTEMPTS, "settled", "refunds", "given_back", *REVENUE)
PAID_ATTEMPTS = tuple(f"attempts_{status.value}" for status in sorted(PAID))
# Of those that were paid: all of it went back, a part, or it is on its way.
GIVEN_BACK = ("attempts_refunded", "attempts_partially_refunded", "attempts_refund_pending")
ENDED = "attempts that were paid, failed or expired"
Sums = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """One way to pay. `preference` is its share of the bookings that were paid."""

    method: str
    attempts: int
    success: Rate
    preference: Rate
    revenue: Revenue
    settling: Lengths


@dataclass(frozen=True, slots=True)
class PaymentFigures:
    """`reasons` are (method, reason, attempts), most frequent first."""

    days: Days
    attempts: Mapping[str, int]
    success: Rate
    methods: list[MethodFigures]
    reasons: list[tuple[str, str, int]]
    refunds: int
    given_back: Decimal
    refund_rate: Rate
    revenue: Revenue
    settling: Lengths


@snapshot()
def payment_figures(scope: Scope, span: Span, *, now: datetime) -> PaymentFigures:
    """Return the figures of a scope: two statements, three where something is dirty."""
    reading = Reading(scope, span)
    by_reason = reading.sums_by(["method", "reason"], {Family.MONEY: MONEY})
    rows = reading.sums_by(["day"], {Family.MONEY: PER_DAY})
    by_method: dict[str, Counter[str]] = {}
    reasons = []
    for row in sorted(by_reason, key=lambda row: (row["method"], row["reason"])):
        method, reason = str(row.pop("method")), str(row.pop("reason"))
        by_method.setdefault(method, Counter()).update(row)
        if failed := row["attempts_failed"] + row["attempts_expired"]:
            reasons.append((method, reason, failed))
    whole: Counter[str] = Counter(dict.fromkeys(MONEY, 0))
    for sums in by_method.values():
        whole.update(sums)
    return PaymentFigures(
        days=days_of_answer(rows, span, now=now),
        attempts={name.removeprefix("attempts_"): whole[name] for name in ATTEMPTS},
        success=success_of(whole),
        methods=[_method(name, sums, whole) for name, sums in by_method.items() if any(sums.values())],
        reasons=sorted(reasons, key=lambda found: (-found[2], found)),
        refunds=whole["refunds"],
        given_back=rupees(whole["given_back"]),
        refund_rate=Rate(_sum(whole, GIVEN_BACK), _sum(whole, PAID_ATTEMPTS), "attempts that were paid"),
        revenue=revenue_of(whole),
        settling=lengths_of(SETTLING, whole, "settling_seconds"),
    )


def success_of(sums: Sums) -> Rate:
    """Return how many of the attempts that came to an end were paid; superseded ones are left out."""
    paid = _sum(sums, PAID_ATTEMPTS)
    return Rate(paid, paid + sums["attempts_failed"] + sums["attempts_expired"], ENDED)


def _method(name: str, sums: Sums, whole: Sums) -> MethodFigures:
    return MethodFigures(
        method=name,
        attempts=_sum(sums, ATTEMPTS),
        success=success_of(sums),
        preference=Rate(sums["settled"], whole["settled"], "bookings that were paid"),
        revenue=revenue_of(sums),
        settling=lengths_of(SETTLING, sums, "settling_seconds"),
    )


def _sum(sums: Sums, names: Sequence[str]) -> int:
    return sum(sums[name] for name in names)
