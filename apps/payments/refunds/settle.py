"""What becomes of refunds: done, not done, or a person's to decide; and of their payment with them."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.locked import LockedBooking
from apps.payments import events, trail
from apps.payments.actions.payments import booking_show_payment, payment_move
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.locked import LockedPayment
from apps.payments.models import AttentionReason, Payment, PaymentStatus, Refund, RefundStatus
from apps.payments.refunds.selectors import REFUND_OPEN, refunded, refunds_by_gateway
from apps.payments.refunds.verdict import Verdict, all_went_back, refund_verdict

logger = logging.getLogger(__name__)

# A request without a clear answer may be carried out after a look-up that says it wasn't.
MAY_BE_UNDER_WAY = timedelta(seconds=60)


def refund_complete(*, refund: Refund, now: datetime, by: User | None = None, note: str = "") -> None:
    """Note that the money is with the payer again; `by` is the person who says so."""
    columns: dict[str, Any] = {"completed_at": now, "completed_by": by}
    if note:
        columns["note"] = note
    refund_change(refund, RefundStatus.COMPLETED, **columns)
    notify_completed(refund, by=by)


def notify_completed(refund: Refund, *, by: User | None = None) -> None:
    booking = refund.payment.booking
    events.refund_completed.send(sender=Refund, refund=refund, booking=booking, actor=by)


def refund_change(refund: Refund, status: str, **columns: Any) -> None:
    columns["status"] = status
    if status != RefundStatus.NEEDS_ATTENTION:
        columns["attention_reason"] = ""
    for name, value in columns.items():
        setattr(refund, name, value)
    refund.save(update_fields=[*columns])


def payment_follow_refunds(
    *,
    booking: LockedBooking,
    payment: LockedPayment,
    actor: User | None,
    detail: str = "",
    reason: AttentionReason | None = None,
) -> None:
    """Let the payment's status, and the booking's, say where its refunds stand."""
    done = refunded(payment)
    if payment.refunds.filter(status__in=REFUND_OPEN).exists():
        to_status = PaymentStatus.REFUND_PENDING
    elif done >= payment.total_amount:
        to_status = PaymentStatus.REFUNDED
    elif done > 0:
        to_status = PaymentStatus.PARTIALLY_REFUNDED
    else:
        return
    payment_move(payment=payment, to_status=to_status, actor=actor, detail=detail, reason=reason)
    booking_show_payment(booking=booking)


def refunds_compare(
    *, booking: LockedBooking, payment: LockedPayment, answer: LookupAnswer, actor: User | None
) -> None:
    """Set what a gateway says of a paid payment against its refunds.

    Settles those whose answer was lost, and enters what was given back at the gateway.
    """
    now, detail, reason = timezone.now(), answer.word[:60], None
    if all_went_back(answer):
        if _enter_all(payment, now=now):
            reason = AttentionReason.GIVEN_BACK
            detail = f"{reason.label}: {detail}"
    elif not _settle_lost(payment, answer.outcome, now=now):
        _enter_part(payment, answer.outcome, actor)
        booking_show_payment(booking=booking)
    payment_follow_refunds(booking=booking, payment=payment, actor=actor, detail=detail, reason=reason)


def _enter_all(payment: LockedPayment, *, now: datetime) -> bool:
    """Complete all refunds; True where more went back than anybody of ours had decided."""
    for refund in payment.refunds.filter(status__in=REFUND_OPEN):
        refund_complete(refund=refund, now=now)
    rest = payment.total_amount - refunded(payment)
    if rest <= 0:
        return False
    logger.error("payment %s was given back at the gateway: %s rupees", payment.pk, rest)
    refund = Refund.objects.create(
        payment=payment,
        amount=rest,
        reason=AttentionReason.GIVEN_BACK.label,
        status=RefundStatus.COMPLETED,
        completed_at=now,
    )
    notify_completed(refund)
    _notify_taken_back(payment, is_all=True)
    return True


def _notify_taken_back(payment: Payment, *, is_all: bool) -> None:
    events.payment_taken_back.send(sender=Payment, payment=payment, booking=payment.booking, is_all=is_all)


def _settle_lost(payment: LockedPayment, outcome: Outcome, *, now: datetime) -> bool:
    """Complete the refund that was sent, or done by hand, if this tells so; False where there is none.

    That it was not done is for its sender alone to say: anybody else may have asked before it was sent.
    """
    statuses = [RefundStatus.PROCESSING]
    if not refunds_by_gateway(payment):
        statuses.append(RefundStatus.PENDING)
    candidates = list(payment.refunds.filter(status__in=statuses)[:2])
    if len(candidates) == 1 and _verdict(candidates[0], payment, outcome) == Verdict.DONE:
        refund_complete(refund=candidates[0], now=now)
    return bool(candidates)


def refund_decide(*, refund: Refund, answer: LookupAnswer, now: datetime) -> None:
    """Decide about a refund whose answer was lost; its sender has just looked it up, and has the locks."""
    if refund.status != RefundStatus.PROCESSING or may_be_under_way(refund, now=now):
        return
    if _verdict(refund, refund.payment, answer.outcome) == Verdict.NOT_DONE:
        refund_change(refund, RefundStatus.PENDING)
    else:
        refund_to_a_person(refund, AttentionReason.UNCLEAR)


def _verdict(refund: Refund, payment: Payment, outcome: Outcome) -> Verdict:
    return refund_verdict(
        outcome, amount=refund.amount, refunded=refunded(payment), paid=payment.total_amount
    )


def _enter_part(payment: LockedPayment, outcome: Outcome, actor: User | None) -> None:
    """Somebody gave a part back at the gateway, which doesn't say how much: nothing is sent on top of it."""
    if outcome != Outcome.PARTIALLY_REFUNDED or refunded(payment) > 0:
        return
    for refund in payment.refunds.filter(status=RefundStatus.PENDING):
        refund_to_a_person(refund, AttentionReason.PART_GIVEN_BACK)
    if payment.status == PaymentStatus.COMPLETED:
        logger.error("a part of payment %s was given back at the gateway", payment.pk)
        payment_move(
            payment=payment,
            to_status=PaymentStatus.PARTIALLY_REFUNDED,
            actor=actor,
            reason=AttentionReason.GIVEN_BACK,
        )
        _notify_taken_back(payment, is_all=False)


def refund_to_a_person(refund: Refund, reason: AttentionReason) -> None:
    logger.error("refund %s needs attention: %s", refund.pk, reason.label)
    refund_change(refund, RefundStatus.NEEDS_ATTENTION, attention_reason=reason)
    payment = refund.payment
    detail = f"refund {refund.pk} needs attention: {reason.label}"
    event = trail.record_answer(payment, operation="refund", detail=detail, reason=reason, actor=None)
    events.payment_needs_attention.send(
        sender=Payment, payment=payment, booking=payment.booking, refund=refund, event=event
    )


def may_be_under_way(refund: Refund, *, now: datetime) -> bool:
    """Return whether the gateway may still be carrying out a request that it didn't answer."""
    return refund.sent_at is not None and refund.sent_at > now - MAY_BE_UNDER_WAY
