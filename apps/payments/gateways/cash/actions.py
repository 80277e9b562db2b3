"""Cash: settled when the provider says that the work is done."""

from datetime import datetime
from decimal import Decimal

from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.bookings.locked import LockedBooking
from apps.payments import events, trail
from apps.payments.actions.payments import (
    booking_show_payment,
    payment_create,
    payment_move,
    payments_supersede,
)
from apps.payments.locked import LockedPayment
from apps.payments.models import MethodCode, Payment, PaymentMethod, PaymentStatus
from apps.payments.selectors import is_settled, payments_locked

NOTHING = Decimal("0.00")
# Of what was due. Some round up or tip; ten times as much is a slip of the hand.
MOST_COLLECTED = 2


def cash_collect(
    *,
    booking: LockedBooking,
    actor: User | None,
    amount_collected: Decimal | None,
    reason: str = "",
    now: datetime,
) -> Payment | None:
    """Settle a cash booking with what was collected, in rupees (None: its total).

    Nothing collected settles nothing: the booking stays unpaid, and may still be paid by wallet.
    Returns the payment, or None where there is nothing to settle: paid otherwise, or at the door by wallet.
    Raises ValidationError for more than twice what was due, and for less without a `reason`.
    """
    if booking.payment_method != MethodCode.CASH or is_settled(booking):
        return None
    cash = (payment for payment in payments_locked(booking) if payment.method.code == MethodCode.CASH)
    payment = next(cash, None)
    if payment is None:
        payment = payment_create(
            booking=booking,
            method=PaymentMethod.objects.get(code=MethodCode.CASH),
            fee=booking.fee,
            status=PaymentStatus.PENDING,
            actor=actor,
        )
    is_less = amount_collected is not None and amount_collected < payment.total_amount
    if is_less and not reason:
        raise ValidationError({"reason": ["Less than was due: say why."]}, code="required")
    if amount_collected == 0:
        return _uncollected(payment, actor)
    if amount_collected is not None and amount_collected > MOST_COLLECTED * payment.total_amount:
        # Nobody corrects it afterwards: figures, commission and receipt hang on it.
        raise ValidationError({"amount_collected": [f"Rs {payment.total_amount} were due. Is this right?"]})
    payment_move(
        payment=payment,
        to_status=PaymentStatus.COMPLETED,
        actor=actor,
        detail="collected in cash",
        is_settlement=True,
        paid_at=now,
        amount_collected=payment.total_amount if amount_collected is None else amount_collected,
    )
    payments_supersede(booking=booking, actor=actor, detail="the booking was paid in cash")
    booking_show_payment(booking=booking)
    events.payment_settled.send(
        sender=Payment, payment=payment, booking=booking, confirmed=False, is_late=False
    )
    return payment


def _uncollected(payment: LockedPayment, actor: User | None) -> LockedPayment:
    """Note that the work was done and no cash was taken; wallet payments stay open beside it."""
    payment.amount_collected = NOTHING
    payment.save(update_fields=["amount_collected", "updated_at"])
    trail.record_answer(payment, operation="cash", detail="nothing was collected", actor=actor)
    return payment
