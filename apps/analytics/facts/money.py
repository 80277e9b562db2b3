"""Attempts to pay, money that came, money that went back. Rules of `payments/earnings/sums.py`, in paisa."""

from apps.analytics.facts.booked import bucket_of
from apps.analytics.facts.dialect import seconds_between
from apps.analytics.facts.source import SERVICE, Source, buckets, count, total
from apps.analytics.histograms import SETTLING
from apps.analytics.models import Family
from apps.common.database import paisa
from apps.payments.earnings.sums import CHARGED, PAID, commission_of, fee_of
from apps.payments.models import PaymentStatus

DETAILS = (
    "JOIN payments_paymentmethod m ON m.id = p.method_id"
    f" JOIN bookings_booking b ON b.id = p.booking_id {SERVICE}"
)


def attempts() -> Source:
    """Attempts by their state now; those that came to nothing also by what they say of it."""
    return Source(
        family=Family.MONEY,
        table="payments_payment p",
        details=DETAILS,
        when="p.created_at",
        condition="1 = 1",
        keys={
            "method": "m.code",
            "reason": "CASE WHEN p.status IN ('failed', 'expired') THEN p.failure_reason ELSE '' END",
        },
        columns={"status": "p.status"},
        measures={f"attempts_{status}": count(f"f.status = '{status}'") for status in PaymentStatus.values},
    )


def settled() -> Source:
    """What customers paid: the one attempt of each booking that counts."""
    return Source(
        family=Family.MONEY,
        table="payments_payment p",
        details=DETAILS,
        when="p.paid_at",
        condition="p.is_settlement AND p.paid_at IS NOT NULL",
        keys={"method": "m.code", "reason": "''"},
        columns={
            "paid": paisa(PAID),
            "charged": paisa(CHARGED),
            "fee": paisa("p.processing_fee"),
            "percent": paisa("p.commission_percent"),
            "seconds": seconds_between("p.created_at", "p.paid_at"),
        },
        then={"bucket": bucket_of(SETTLING.width_seconds, SETTLING.buckets, "f.seconds")},
        measures={
            "settled": "COUNT(*)",
            "gross": "SUM(f.paid)",
            "fees": f"SUM({_fee('f.charged')})",
            "commission": f"SUM({_commission('f.charged')})",
            "settling_seconds": "SUM(f.seconds)",
            **buckets(SETTLING.columns, "f.bucket"),
        },
    )


def refunds() -> Source:
    """What went back. Of a booking's own payment it takes fee and commission with it, of another nothing."""
    earlier = (
        "SELECT SUM(o.amount) FROM payments_refund o WHERE o.payment_id = r.payment_id"
        " AND o.status = 'completed' AND (o.completed_at < r.completed_at"
        " OR (o.completed_at = r.completed_at AND o.id < r.id))"
    )
    gone = f"COALESCE({paisa(f'({earlier})')}, 0)"
    before, after = "f.charged_before", "f.charged_after"
    return Source(
        family=Family.MONEY,
        table="payments_refund r",
        details=f"JOIN payments_payment p ON p.id = r.payment_id {DETAILS}",
        when="r.completed_at",
        condition="r.status = 'completed' AND r.completed_at IS NOT NULL",
        keys={"method": "m.code", "reason": "''"},
        columns={
            "counts": "p.is_settlement",
            "amount": paisa("r.amount"),
            "rest": f"{paisa(PAID)} - {gone}",
            "charged": f"{paisa(CHARGED)} - {gone}",
            "fee": paisa("p.processing_fee"),
            "percent": paisa("p.commission_percent"),
        },
        then={
            "charged_before": "CASE WHEN f.rest > 0 THEN f.charged ELSE 0 END",
            "charged_after": "CASE WHEN f.rest > f.amount THEN f.charged - f.amount ELSE 0 END",
        },
        measures={
            "refunds": "COUNT(*)",
            "given_back": "SUM(f.amount)",
            "refunded": total("f.amount", "f.counts"),
            "fees_returned": total(f"{_fee(before)} - {_fee(after)}", "f.counts"),
            "commission_returned": total(f"{_commission(before)} - {_commission(after)}", "f.counts"),
        },
    )


def _fee(kept: str) -> str:
    return fee_of(kept, "f.fee")


def _commission(kept: str) -> str:
    return commission_of(kept, _fee(kept), "f.percent")
