"""What a gateway's answer does to a payment: one function, whoever asked."""

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_record_payment, booking_settle
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingStatus
from apps.payments import events, trail
from apps.payments.actions.payments import booking_show_payment, payment_move, payments_supersede
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.gateways.esewa.claims import answer_after_redirect
from apps.payments.locked import LockedPayment
from apps.payments.models import AttentionReason, MethodCode, Payment, PaymentSecret, PaymentStatus
from apps.payments.refunds.create import refund_everything
from apps.payments.refunds.settle import refund_to_a_person, refunds_compare
from apps.payments.selectors import came_too_late, is_settled, payment_locked, recorded_of, still_owes
from apps.payments.states import CLOSED_UNPAID, PAID, STATUS_OF_OUTCOME, may_move

logger = logging.getLogger(__name__)

CONFIRMED = (BookingStatus.CONFIRMED, BookingStatus.IN_PROGRESS, BookingStatus.COMPLETED)
PARTLY_GONE = "the gateway gave a part back before the booking was paid"
FAILURES = {
    Outcome.EXPIRED: "The payment link has expired.",
    Outcome.FAILED: "The payment was cancelled or failed.",
}


def payment_settle(*, payment: Payment, answer: LookupAnswer, operation: str, actor: User | None) -> Payment:
    """Record an answer and move payment and booking by it; return the payment as it is then.

    Whoever comes second finds the first one's work done, and does nothing more.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        booking, payment = payment_locked(payment)
        trail.record_found(payment, operation=operation, answer=answer, actor=actor)
        PaymentSecret.objects.filter(payment=payment).update(last_answer=answer.raw)
        if payment.status not in PAID:
            payment = _applied(booking, payment, answer, actor=actor, now=now)
            booking_show_payment(booking=booking)
        elif _mismatch(payment, answer):
            logger.error("payment %s is paid, and an answer doesn't fit it", payment.pk)
        else:
            _paid_before(booking, payment, answer, actor=actor)
    return payment


def _paid_before(
    booking: LockedBooking, payment: LockedPayment, answer: LookupAnswer, *, actor: User | None
) -> None:
    if not payment.gateway_transaction_id and answer.transaction_id:
        # Khalti's status call, which names none, was quicker than its verify; a refund needs the id.
        payment.gateway_transaction_id = answer.transaction_id
        payment.save(update_fields=["gateway_transaction_id", "updated_at"])
    refunds_compare(booking=booking, payment=payment, answer=answer, actor=actor)


def _applied(
    booking: LockedBooking,
    payment: LockedPayment,
    said: LookupAnswer,
    *,
    actor: User | None,
    now: datetime,
) -> LockedPayment:
    answer = answer_after_redirect(payment, said, now=now)
    if mismatch := _mismatch(payment, answer):
        return _to_a_person(payment, mismatch, answer, actor)
    if answer.outcome == Outcome.PAID:
        try:
            with transaction.atomic():
                _money_arrived(booking, payment, answer, actor=actor, now=now)
        except IntegrityError:
            # The same transaction id settled another payment at the same moment; the database saw it first.
            if not _is_anothers(payment, answer.transaction_id):
                raise
            booking.refresh_from_db()
            reason = AttentionReason.TRANSACTION_USED
            _, payment = payment_locked(payment)
            return _to_a_person(payment, reason, answer, actor)
        return payment
    to_status = STATUS_OF_OUTCOME[answer.outcome]
    # A closed payment stays closed until money comes.
    if may_move(payment.status, to_status):
        payment_move(
            payment=payment,
            to_status=to_status,
            actor=actor,
            detail=trail.summary(answer),
            reason=_doubt(said) if to_status == PaymentStatus.NEEDS_ATTENTION else None,
            failure_reason=FAILURES.get(answer.outcome, ""),
        )
        if to_status == PaymentStatus.PARTIALLY_REFUNDED:
            # The rest still lies at the gateway, which doesn't say how much it is.
            rest = refund_everything(payment=payment, reason=PARTLY_GONE, requested_by=None)
            refund_to_a_person(rest, AttentionReason.PART_GIVEN_BACK)
    return payment


def _doubt(said: LookupAnswer) -> AttentionReason:
    """A gateway's redirect called it paid, and its look-up doesn't know it; or nobody knows the word."""
    is_unknown = said.outcome == Outcome.UNKNOWN
    return AttentionReason.UNKNOWN_ANSWER if is_unknown else AttentionReason.NOT_KNOWN_THERE


def _mismatch(payment: Payment, answer: LookupAnswer) -> AttentionReason | None:
    """Return what in an answer doesn't belong to this payment, if anything."""
    if answer.is_of_another:
        return AttentionReason.OTHER_PAYMENT
    # Whatever the amount was: once all of it is with the payer again, nobody owes anything.
    went_back = answer.outcome == Outcome.REFUNDED
    if answer.amount not in (None, payment.total_amount) and not went_back:
        return AttentionReason.AMOUNT_DIFFERS
    is_used = _is_anothers(payment, answer.transaction_id)
    return AttentionReason.TRANSACTION_USED if is_used else None


def _is_anothers(payment: Payment, transaction_id: str) -> bool:
    others = Payment.objects.filter(method=payment.method_id, gateway_transaction_id=transaction_id).exclude(
        pk=payment.pk
    )
    return bool(transaction_id) and others.exists()


def _to_a_person(
    payment: LockedPayment, reason: AttentionReason, answer: LookupAnswer, actor: User | None
) -> LockedPayment:
    is_amount = reason == AttentionReason.AMOUNT_DIFFERS
    detail = f"the gateway says {answer.amount:.2f}" if is_amount else reason.label
    logger.error("payment %s needs attention: %s", payment.pk, detail)
    payment_move(
        payment=payment, to_status=PaymentStatus.NEEDS_ATTENTION, actor=actor, detail=detail, reason=reason
    )
    return payment


def _money_arrived(
    booking: LockedBooking,
    payment: LockedPayment,
    answer: LookupAnswer,
    *,
    actor: User | None,
    now: datetime,
) -> None:
    columns: dict[str, Any] = {
        "paid_at": now,
        "gateway_transaction_id": answer.transaction_id,
        "failure_reason": "",
    }
    was_confirmed, is_late = booking.status in CONFIRMED, _is_late(booking, payment)
    obstacle = _obstacle(booking, payment)
    if not obstacle and not booking_settle(booking=booking, now=now):
        obstacle = "the booking's time is gone"
    if obstacle:
        logger.warning("payment %s goes back: %s", payment.pk, obstacle)
        payment_move(
            payment=payment,
            to_status=PaymentStatus.REFUND_PENDING,
            actor=actor,
            detail=obstacle,
            **columns,
        )
        refund_everything(payment=payment, reason=obstacle, requested_by=None)
        events.payment_came_late.send(sender=Payment, payment=payment, booking=booking, kept=False)
        return
    payment_move(
        payment=payment, to_status=PaymentStatus.COMPLETED, actor=actor, is_settlement=True, **columns
    )
    payments_supersede(booking=booking, actor=None, detail="the booking was paid by another payment")
    booking_record_payment(
        booking=booking,
        recorded=recorded_of(payment),
        payment_method=payment.method.code,
        paid_when=MethodCode(payment.method.code).paid_when,
        fee=payment.processing_fee,
    )
    if is_late:
        events.payment_came_late.send(sender=Payment, payment=payment, booking=booking, kept=True)
    events.payment_settled.send(
        sender=Payment, payment=payment, booking=booking, confirmed=not was_confirmed, is_late=is_late
    )


def _is_late(booking: Booking, payment: Payment) -> bool:
    """Return whether this payment, or its booking, was over; a request goes on waiting for its transfer."""
    is_waiting = booking.status == BookingStatus.PENDING
    return booking.status == BookingStatus.EXPIRED or (payment.status in CLOSED_UNPAID and not is_waiting)


def _obstacle(booking: Booking, payment: Payment) -> str:
    """Return why the money has to go back, whatever became of the slot; or nothing."""
    if is_settled(booking):
        return "the booking was paid by another payment"
    if came_too_late(booking, payment):
        return "the booking no longer waited for this payment"
    if not still_owes(booking, payment):
        return "the booking costs another amount now"
    return ""
