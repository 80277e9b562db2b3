"""Payments: made, moved, superseded."""

from decimal import Decimal
from typing import Any

from django.dispatch import Signal
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_record_payment
from apps.bookings.locked import LockedBooking
from apps.common.encryption import keyed_hash
from apps.common.errors import DomainError
from apps.payments import events, trail
from apps.payments.gateways.registry import gateway_for
from apps.payments.locked import LockedPayment
from apps.payments.models import (
    AttentionReason,
    MethodCode,
    Payment,
    PaymentMethod,
    PaymentSecret,
    PaymentStatus,
)
from apps.payments.selectors import (
    net_price,
    payment_locked_as_new,
    payments_locked,
    recorded_of,
    shown_payment,
)
from apps.payments.states import may_move

# Of what goes well, its action tells, which knows more of it.
SIGNALS: dict[str, Signal] = {
    PaymentStatus.FAILED: events.payment_failed,
    PaymentStatus.EXPIRED: events.payment_failed,
    PaymentStatus.NEEDS_ATTENTION: events.payment_needs_attention,
}


def payment_create(
    *,
    booking: LockedBooking,
    method: PaymentMethod,
    fee: Decimal,
    status: str,
    actor: User | None,
    widget_token: str = "",
    **columns: Any,
) -> LockedPayment:
    """Make a new payment over the booking's price and a fee, in rupees.

    Raises IntegrityError for a widget token that another payment has brought before.
    """
    amount = net_price(booking)
    payment = Payment.objects.create(
        booking=booking,
        method=method,
        amount=amount,
        processing_fee=fee,
        total_amount=amount + fee,
        status=status,
        transaction_id=gateway_for(method.code).new_reference(),
        is_widget_token=bool(widget_token),
        gateway_token_hash=keyed_hash(widget_token) if widget_token else None,
        **columns,
    )
    payment.secret = PaymentSecret.objects.create(payment=payment, token=widget_token)
    trail.record_move(payment, from_status="", to_status=status, detail=method.code, actor=actor)
    booking_show_payment(booking=booking)
    return payment_locked_as_new(payment)


def payment_move(
    *,
    payment: LockedPayment,
    to_status: str,
    actor: User | None,
    detail: str = "",
    reason: AttentionReason | None = None,
    **columns: Any,
) -> bool:
    """Move a payment, write the trail and tell of what went wrong; False where it is there already.

    `reason` where a person has to look at it; without a `detail` the trail says that.
    Raises `invalid_transition` for a move that the table doesn't have.
    """
    from_status = payment.status
    if from_status == to_status:
        return False
    if not may_move(from_status, to_status):
        raise DomainError("invalid_transition", f"A payment that is {from_status} can't become {to_status}.")
    columns |= {"status": to_status, "updated_at": timezone.now()}
    if Payment.objects.filter(pk=payment.pk, status=from_status).update(**columns) != 1:
        raise DomainError("invalid_transition", "The payment has just changed. Please look again.")
    for name, value in columns.items():
        setattr(payment, name, value)
    move = trail.record_move(
        payment,
        from_status=from_status,
        to_status=to_status,
        detail=detail or (reason.label if reason else ""),
        reason=reason,
        actor=actor,
    )
    if signal := SIGNALS.get(to_status):
        signal.send(sender=Payment, payment=payment, booking=payment.booking, event=move)
    return True


def payments_supersede(
    *, booking: LockedBooking, actor: User | None, detail: str, keep_cash: bool = False
) -> None:
    """Close the open payments; money that still comes for one of them is late.

    `keep_cash`: a cash booking's own payment stands while a wallet is tried.
    """
    for payment in payments_locked(booking):
        if keep_cash and payment.method.code == MethodCode.CASH:
            continue
        payment_move(payment=payment, to_status=PaymentStatus.SUPERSEDED, actor=actor, detail=detail)


def booking_show_payment(*, booking: LockedBooking) -> None:
    """Let the booking say what its settled payment says, else its newest."""
    booking_record_payment(booking=booking, recorded=recorded_of(shown_payment(booking)))
