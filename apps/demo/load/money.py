"""The rows of a load's money: payments, their trail, refunds."""

from datetime import datetime
from decimal import Decimal

from apps.common.money import percentage
from apps.demo.load.payments import REFUND_TAKES, Attempt
from apps.demo.load.tables import Table
from apps.payments.models import (
    MethodCode,
    Payment,
    PaymentEvent,
    PaymentMethod,
    Refund,
    RefundStatus,
    TrailKind,
)


class Money:
    """Collects what was paid for each booking, and what went back."""

    def __init__(self) -> None:
        self.methods = {method.code: method for method in PaymentMethod.objects.all()}
        self.payments = Table(Payment, *PAYMENT_COLUMNS)
        self.trail = Table(PaymentEvent, "payment_id", "kind", "from_status", "to_status", "at")
        self.refunds = Table(Refund, "payment_id", "amount", "reason", "status", "completed_at", "created_at")

    @property
    def tables(self) -> list[Table]:
        return [self.payments, self.trail, self.refunds]

    def fee_of(self, method: str, amount: Decimal) -> Decimal:
        """Return a method's fee in rupees; nothing where none is chosen."""
        chosen = self.methods.get(method)
        return percentage(amount, chosen.processing_fee_percentage) if chosen else Decimal("0.00")

    def add(self, booking_id: int, payment: Attempt, *, amount: Decimal, fee: Decimal) -> None:
        """Collect a payment over that price and fee."""
        total, number = amount + fee, self.payments.last_id + 1
        is_paid, is_cash = payment.paid_at is not None, payment.method == MethodCode.CASH
        payment_id = self.payments.add(
            booking_id,
            self.methods[payment.method].pk,
            amount,
            fee,
            total,
            payment.status.value,
            is_paid,
            f"SB-load-{number}",
            f"load-{number}" if is_paid and not is_cash else "",
            payment.failure_reason,
            payment.paid_at,
            total if is_cash else None,
            payment.created_at,
            payment.moves[-1][1],
        )
        self._add_trail(payment_id, payment)
        if payment.refunded_at:
            self._add_refund(
                payment_id, percentage(total, Decimal(payment.refund_percent)), payment.refunded_at
            )

    def _add_trail(self, payment_id: int, payment: Attempt) -> None:
        before = ""
        for status, at in payment.moves:
            self.trail.add(payment_id, TrailKind.MOVE.value, before, status.value, at)
            before = status.value

    def _add_refund(self, payment_id: int, amount: Decimal, at: datetime) -> None:
        status = RefundStatus.COMPLETED.value
        self.refunds.add(payment_id, amount, "The booking was cancelled.", status, at, at - REFUND_TAKES)


PAYMENT_COLUMNS = (
    "booking_id",
    "method_id",
    "amount",
    "processing_fee",
    "total_amount",
    "status",
    "is_settlement",
    "transaction_id",
    "gateway_transaction_id",
    "failure_reason",
    "paid_at",
    "amount_collected",
    "created_at",
    "updated_at",
)
