"""A day's payments, by our books and by what their gateways say now. Moves nothing."""

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from apps.common.csv_export import escaped
from apps.common.errors import DomainError
from apps.common.localtime import day_bounds, local_iso, marketplace_zone
from apps.common.money import rounded
from apps.common.queue import Breaker
from apps.payments import trail
from apps.payments.actions.lookup import payment_lookup
from apps.payments.models import Payment, PaymentStatus, RefundStatus
from apps.payments.reconciliation.differences import differences
from apps.payments.selectors import is_askable

OPERATION = "report"
NOBODY_TO_ASK = "not_asked"
NO_ANSWER = "no_answer"
ZERO = Decimal("0.00")
# Amounts of many payments don't fit into one payment's column.
SUM = DecimalField(max_digits=20, decimal_places=2)


@dataclass(frozen=True, slots=True)
class Line:
    """One payment. Amounts in rupees; the gateway's are empty where it named none or was not asked."""

    payment: int
    booking: str
    method: str
    transaction_id: str
    gateway_transaction_id: str
    created_at: str
    paid_at: str
    status: str
    amount: Decimal
    refunded: Decimal
    gateway_status: str
    gateway_amount: Decimal | None
    differences: list[str] = field(default_factory=list)


def report_lines(day: date) -> Iterator[Line]:
    """Yield the payments that were made or paid on a local day, each after its gateway was asked."""
    breaker = Breaker()
    for payment in _payments_of(day):
        code = payment.method.code
        line = _line(payment, is_down=breaker.is_open(code))
        breaker.note(code, is_silent=line.gateway_status == NO_ANSWER)
        yield line


def as_json(day: date, lines: list[Line]) -> dict[str, Any]:
    """Return a report as a document: sums, all lines, and the payments that somebody has to look at."""
    paid = [line for line in lines if line.paid_at]
    return {
        "date": day,
        "payments": [asdict(line) for line in lines],
        "differences": [asdict(line) for line in lines if line.differences],
        "totals": {
            "payments": len(lines),
            "paid": sum((line.amount for line in paid), ZERO),
            "refunded": sum((line.refunded for line in lines), ZERO),
            "differences": sum(bool(line.differences) for line in lines),
            "unanswered": sum(line.gateway_status == NO_ANSWER for line in lines),
        },
    }


def as_csv(lines: list[Line]) -> str:
    """Return a report for a spreadsheet, a line a payment; what differs stands in one cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [column.name for column in fields(Line)]
    writer.writerow(names)
    for line in lines:
        row = {**asdict(line), "differences": "; ".join(line.differences)}
        writer.writerow([escaped(row[name]) for name in names])
    return text.getvalue()


def _payments_of(day: date) -> QuerySet[Payment]:
    begin, end = day_bounds(day, marketplace_zone())
    made = Q(created_at__gte=begin, created_at__lt=end)
    was_paid = Q(paid_at__gte=begin, paid_at__lt=end)
    done = Coalesce(
        Sum("refunds__amount", filter=Q(refunds__status=RefundStatus.COMPLETED)), ZERO, output_field=SUM
    )
    payments = Payment.objects.filter(made | was_paid).select_related("method", "booking")
    return payments.annotate(refunded=done).order_by("pk")


def _line(payment: Payment, *, is_down: bool) -> Line:
    # SQLite forgets the places of a sum.
    refunded = rounded(payment.refunded)  # type: ignore[attr-defined]  # annotated
    word, amount, found = (NO_ANSWER, None, []) if is_down else _gateways_word(payment, refunded)
    return Line(
        payment=payment.pk,
        booking=payment.booking.reference,
        method=payment.method.code,
        transaction_id=payment.transaction_id,
        gateway_transaction_id=payment.gateway_transaction_id,
        created_at=local_iso(payment.created_at),
        paid_at=local_iso(payment.paid_at) if payment.paid_at else "",
        status=payment.status,
        amount=payment.total_amount,
        refunded=refunded,
        gateway_status=word,
        gateway_amount=amount,
        differences=found,
    )


def _gateways_word(payment: Payment, refunded: Decimal) -> tuple[str, Decimal | None, list[str]]:
    if not is_askable(payment):
        in_doubt = payment.status == PaymentStatus.NEEDS_ATTENTION
        return NOBODY_TO_ASK, None, ["needs_attention here"] if in_doubt else []
    try:
        answer = payment_lookup(payment=payment, operation=OPERATION, actor=None)
    except DomainError:
        return NO_ANSWER, None, []
    trail.record_found(payment, operation=OPERATION, answer=answer, actor=None)
    # Others may have settled it while we asked.
    payment.refresh_from_db(fields=["status", "gateway_transaction_id"])
    return answer.word, answer.amount, differences(payment, refunded, answer)
