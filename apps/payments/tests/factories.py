"""Payments made through the real actions, with a gateway's answers put in their mouth."""

from decimal import Decimal

from django.db import transaction

from apps.bookings.models import Booking
from apps.bookings.selectors import booking_locked
from apps.payments.actions.payments import payment_create
from apps.payments.actions.settle import payment_settle
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import Payment, PaymentMethod


def payment_of(booking: Booking, *, status: str = "processing") -> Payment:
    """Return a new payment a booking by the method that it was to be paid with."""
    with transaction.atomic():
        booking = booking_locked(booking.pk)
        method = PaymentMethod.objects.get(code=booking.payment_method)
        return payment_create(
            booking=booking, method=method, fee=booking.fee, status=status, actor=booking.customer
        )


def answered(
    payment: Payment, word: str = "Completed", *, outcome: Outcome = Outcome.PAID, less: Decimal = Decimal(0)
) -> Payment:
    """Let the gateway say something about a payment; `less` rupees than it should."""
    answer = LookupAnswer(
        outcome=outcome,
        word=word,
        amount=payment.total_amount - less,
        transaction_id=f"transaction-{payment.pk}" if outcome == Outcome.PAID else "",
    )
    return payment_settle(payment=payment, answer=answer, operation="lookup", actor=None)


def paid(booking: Booking) -> Payment:
    """Return the payment of a draft that is paid and confirmed."""
    payment = answered(payment_of(booking))
    assert payment.is_settlement
    return payment


def paid_twice(booking: Booking) -> Payment:
    """Return the second payment of a booking, which has to go back."""
    second = payment_of(booking)
    paid(booking)
    booking.refresh_from_db()
    second = answered(Payment.objects.get(pk=second.pk))
    assert second.status == "refund_pending"
    return second
