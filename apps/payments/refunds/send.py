"""Sending a refund to its gateway, which knows no idempotency: record, commit, ask, then lock and move."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.locked import LockedBooking
from apps.common.database import release_connection
from apps.common.errors import DomainError
from apps.common.queue import back_off, lease_take
from apps.payments import trail
from apps.payments.actions.lookup import gateway_failed, payment_check
from apps.payments.gateways.base import GatewayError, Outcome, RefundRequest
from apps.payments.gateways.registry import gateway_for
from apps.payments.leases import gateway_lease
from apps.payments.locked import LockedPayment
from apps.payments.models import AttentionReason, Refund, RefundStatus
from apps.payments.refunds.selectors import refund_locked, refunds_to_send
from apps.payments.refunds.settle import (
    may_be_under_way,
    payment_follow_refunds,
    refund_change,
    refund_complete,
    refund_decide,
    refund_to_a_person,
)
from apps.payments.selectors import payment_locked

OPERATION = "refund"
# Of those that were due, so about two days of back-off.
MOST_TRIES = 15


def refund_send(*, refund: Refund, actor: User | None) -> Refund:
    """Let a gateway carry out a refund, and return it as it is then.

    One that was sent before without an answer is looked up first, and sent again only if it surely wasn't
    carried out. Raises `gateway_unavailable` where its fate is unknown or the gateway refuses it,
    `gateway_mismatch`, and `request_in_progress` while somebody else is sending it or another of the payment.
    """
    leased = lease_take(refunds_to_send().filter(pk=refund.pk), now=timezone.now(), lease=gateway_lease())
    if leased is None:
        raise in_progress()
    return refund_send_leased(refund=leased, actor=actor)


def refund_send_leased(*, refund: Refund, actor: User | None) -> Refund:
    """As `refund_send`, for a caller who has taken the lease; it ends here."""
    try:
        if refund.status == RefundStatus.PROCESSING:
            refund = _looked_up(refund, actor)
        if refund.status == RefundStatus.PENDING:
            _ask(_begun(refund, actor), actor)
    finally:
        _end(refund)
    return refund


def in_progress() -> DomainError:
    return DomainError("request_in_progress", "A refund of this payment is being sent.", retry_after=1)


def _looked_up(refund: Refund, actor: User | None) -> Refund:
    payment, answer = payment_check(payment=refund.payment, actor=actor)
    fits = answer.amount in (None, payment.total_amount) or answer.outcome == Outcome.REFUNDED
    if answer.is_of_another or not fits:
        raise DomainError("gateway_mismatch", "The gateway's answer doesn't fit. We are looking into it.")
    with transaction.atomic(durable=True):
        booking, payment, refund = _locked(refund)
        refund_decide(refund=refund, answer=answer, now=timezone.now())
        payment_follow_refunds(booking=booking, payment=payment, actor=actor)
    return refund


def _begun(refund: Refund, actor: User | None) -> Refund:
    now = timezone.now()
    with transaction.atomic(durable=True):
        _, payment, refund = _locked(refund)
        # While another one's fate is unknown, a look-up could not tell the two apart.
        in_doubt = [RefundStatus.PROCESSING, RefundStatus.NEEDS_ATTENTION]
        others = payment.refunds.filter(status__in=in_doubt).exclude(pk=refund.pk)
        if refund.status != RefundStatus.PENDING or may_be_under_way(refund, now=now) or others.exists():
            raise in_progress()
        refund_change(refund, RefundStatus.PROCESSING, sent_at=now)
        trail.record_request(payment, operation=OPERATION, actor=actor, amount=refund.amount)
    return refund


def _ask(refund: Refund, actor: User | None) -> None:
    payment = refund.payment
    request = RefundRequest(
        transaction_id=payment.gateway_transaction_id,
        amount=refund.amount,
        is_full=refund.amount == payment.total_amount,
    )
    release_connection()
    gateway = gateway_for(payment.method.code, is_widget_token=payment.is_widget_token)
    try:
        answer = gateway.refund(request)
    except GatewayError as error:
        failure = gateway_failed(payment, operation=OPERATION, error=error, actor=actor)
        if not error.may_be_under_way:
            Refund.objects.filter(pk=refund.pk).update(sent_at=None)
        if error.permanent and _is_done_after_refusal(refund, actor):
            return
        raise failure from error
    with transaction.atomic(durable=True):
        booking, payment, refund = _locked(refund)
        said = "carried out" if answer.is_clear else "an unknown answer"
        trail.record_answer(payment, operation=OPERATION, detail=said, raw=answer.raw, actor=actor)
        if answer.is_clear and refund.status != RefundStatus.COMPLETED:
            refund_complete(refund=refund, now=timezone.now())
        payment_follow_refunds(booking=booking, payment=payment, actor=actor)
    if refund.status != RefundStatus.COMPLETED:
        _looked_up_now(refund, actor)


def _looked_up_now(refund: Refund, actor: User | None) -> None:
    """After an answer that says neither yes nor no; what the look-up leaves open goes on as a lost answer."""
    if _looked_up(refund, actor).status != RefundStatus.COMPLETED:
        raise DomainError("gateway_unavailable", "The gateway doesn't say whether it gave the money back.")


def _is_done_after_refusal(refund: Refund, actor: User | None) -> bool:
    """A gateway also refuses what was given back before; what it refuses for good is a person's matter."""
    refund = _looked_up(refund, actor)
    if refund.status == RefundStatus.PENDING:
        refund_to_a_person(refund, AttentionReason.REFUSED)
    return refund.status == RefundStatus.COMPLETED


def _locked(refund: Refund) -> tuple[LockedBooking, LockedPayment, Refund]:
    booking, payment = payment_locked(refund.payment)
    refund = refund_locked(refund.pk)
    refund.payment = payment
    return booking, payment, refund


def _end(refund: Refund) -> None:
    """Give the lease back, and let an unfinished refund wait for its next try.

    One that was tried before it was due, by a person or a cron job, is no nearer to being given up.
    """
    now = timezone.now()
    with transaction.atomic():
        _, _, locked = _locked(refund)
        waits = locked.status in (RefundStatus.PENDING, RefundStatus.PROCESSING)
        if waits and locked.try_again_at is not None and locked.try_again_at > now:
            refund_change(locked, locked.status, leased_until=None)
        else:
            _count_try(locked, again=waits, now=now)
    refund.refresh_from_db()


def _count_try(refund: Refund, *, again: bool, now: datetime) -> None:
    tries = refund.times_tried + 1
    again_at = now + back_off(tries) if again else None
    refund_change(refund, refund.status, leased_until=None, times_tried=tries, try_again_at=again_at)
    if again and tries >= MOST_TRIES:
        refund_to_a_person(refund, AttentionReason.NOT_SENT)
