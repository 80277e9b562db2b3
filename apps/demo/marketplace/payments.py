"""A payment that lies behind, with its trail."""

from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments.gateways.base import Outcome
from apps.payments.models import (
    AttentionReason,
    Payment,
    PaymentEvent,
    PaymentMethod,
    PaymentSecret,
    PaymentStatus,
    TrailKind,
)


class PastPayment:
    """Collects what happened to a payment, oldest first; `write` makes the rows."""

    def __init__(self, booking: Booking, method: PaymentMethod, *, at: datetime, transaction_id: str) -> None:
        self.payment = Payment(
            booking=booking,
            method=method,
            amount=booking.price - booking.discount,
            processing_fee=booking.fee,
            total_amount=booking.total_amount,
            transaction_id=transaction_id,
            created_at=at,
            status="",
        )
        self.events: list[PaymentEvent] = []

    def asked(self, operation: str, answer: str, *, at: datetime, outcome: Outcome | None = None) -> None:
        """The gateway was asked, and said that; `outcome` where it tells what became of the payment."""
        amount = f"{self.payment.total_amount}"
        self._note(TrailKind.REQUEST, at, operation=operation, detail=amount)
        self._note(TrailKind.ANSWER, at, operation=operation, detail=answer, outcome=outcome or "")
        self.payment.asked_at = at
        self.payment.times_tried += 1

    def moved(
        self,
        to_status: PaymentStatus,
        *,
        at: datetime,
        actor: User | None,
        detail: str = "",
        reason: AttentionReason | None = None,
        **columns: Any,
    ) -> None:
        """The payment became that; `columns` changed with it."""
        self._note(
            TrailKind.MOVE,
            at,
            from_status=self.payment.status,
            to_status=to_status,
            detail=detail,
            reason=reason or "",
            actor=actor,
        )
        for name, value in {"status": to_status, **columns}.items():
            setattr(self.payment, name, value)

    def write(self) -> Payment:
        self.payment.save(force_insert=True)
        PaymentSecret.objects.create(payment=self.payment)
        PaymentEvent.objects.bulk_create(self.events)
        return self.payment

    def _note(self, kind: TrailKind, at: datetime, **columns: Any) -> None:
        self.events.append(PaymentEvent(payment=self.payment, kind=kind, at=at, **columns))
