"""What providers have earned, added up by the database: the rules of `earnings.py` in SQL, in whole paisa."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from apps.common.database import fence, paisa
from apps.common.money import from_paisa
from apps.payments.earnings.per_payment import Earnings, divided
from apps.payments.models import MethodCode, RefundStatus

PAID = "COALESCE(p.amount_collected, p.total_amount)"
# Who took less in cash than was due is charged as if they had taken all.
CHARGED = f"CASE WHEN p.amount_collected < p.total_amount THEN p.total_amount ELSE {PAID} END"
# What each payment came to before a period, and until its end.
MOMENTS = ("before", "until")


@dataclass(frozen=True, slots=True)
class Sum:
    """Of one provider: all that was earned before the period, and until its end."""

    provider_id: int
    before: Earnings
    until: Earnings


def earned_sums(begins: datetime, ends: datetime, *, provider_ids: Sequence[int]) -> Iterator[Sum]:
    """Yield sums of the payments that count: up to four for a provider, which add up. One query."""
    if not provider_ids:
        return
    bounds = {
        "begins": connection.ops.adapt_datetimefield_value(begins),
        "ends": connection.ops.adapt_datetimefield_value(ends),
    }
    ids = {f"provider_{number}": pk for number, pk in enumerate(provider_ids)}
    with connection.cursor() as cursor:
        cursor.execute(_statement([f"%({name})s" for name in ids]), {**bounds, **ids})
        rows = cursor.fetchall()
    for provider_id, in_cash, is_earlier, *sums in rows:
        before, until = _earnings(sums[:5], in_cash=in_cash), _earnings(sums[5:], in_cash=in_cash)
        yield Sum(provider_id, before if is_earlier else Earnings(), until)


def fee_of(kept: str, fee: str) -> str:
    """Return SQL for what is kept of a processing fee."""
    return f"(CASE WHEN {fee} < {kept} THEN {fee} ELSE {kept} END)"


def commission_of(kept: str, fee: str, percent: str) -> str:
    """Return SQL for the commission, rounded payment by payment, halves up."""
    return f"((({kept} - {fee}) * {percent} + 5000) / 10000)"


def _earnings(sums: Sequence[int], *, in_cash: bool) -> Earnings:
    paid, refunded, kept, fee, commission = (from_paisa(int(amount)) for amount in sums)
    return divided(
        paid=paid, refunded=refunded, kept=kept, fee=fee, commission=commission, in_cash=bool(in_cash)
    )


def _statement(provider_ids: Sequence[str]) -> str:
    """Three steps, each computed once a payment: its figures, what was kept at both moments, the sums."""
    kept = [
        f"CASE WHEN f.paid > {refunded} THEN f.{of} - {refunded} ELSE 0 END AS {name}_{moment}"
        for moment, refunded in ((moment, f"f.refunded_{moment}") for moment in MOMENTS)
        for of, name in (("paid", "kept"), ("charged", "charged"))
    ]
    sums = [f"SUM({column})" for moment in MOMENTS for column in _columns(moment)]
    return (
        f"SELECT f.provider_id, f.in_cash, f.is_earlier, {', '.join(sums)}"
        f" FROM (SELECT f.*, {', '.join(kept)} FROM ({_payments(provider_ids)} {fence()}) f {fence()}) f"
        " GROUP BY f.provider_id, f.in_cash, f.is_earlier"
    )


def _columns(moment: str) -> list[str]:
    charged = f"f.charged_{moment}"
    fee = fee_of(charged, "f.fee")
    commission = commission_of(charged, fee, "f.percent")
    return ["f.paid", f"f.refunded_{moment}", f"f.kept_{moment}", fee, commission]


def _payments(provider_ids: Sequence[str]) -> str:
    """Refunds are added up before they are joined: few payments have any."""
    refunds = (
        "SELECT payment_id, SUM(amount) AS until,"
        " SUM(CASE WHEN created_at < %(begins)s THEN amount ELSE 0 END) AS before"
        f" FROM payments_refund WHERE status <> '{RefundStatus.FAILED}' AND created_at < %(ends)s"
        " GROUP BY payment_id"
    )
    return (
        f"SELECT b.provider_id, m.code = '{MethodCode.CASH}' AS in_cash,"
        f" p.paid_at < %(begins)s AS is_earlier, {paisa(PAID)} AS paid,"
        f" {paisa(CHARGED)} AS charged, {paisa('p.processing_fee')} AS fee,"
        f" {paisa('p.commission_percent')} AS percent,"
        f" {paisa('COALESCE(r.before, 0)')} AS refunded_before,"
        f" {paisa('COALESCE(r.until, 0)')} AS refunded_until"
        " FROM payments_payment p JOIN bookings_booking b ON b.id = p.booking_id"
        " JOIN payments_paymentmethod m ON m.id = p.method_id"
        f" LEFT JOIN ({refunds}) r ON r.payment_id = p.id"
        f" WHERE p.is_settlement AND p.paid_at < %(ends)s AND b.provider_id IN ({', '.join(provider_ids)})"
    )
