"""One pass over the watched payments: each is asked about, and finished where its gateway says how."""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from tqdm import tqdm

from apps.common.errors import DomainError
from apps.common.queue import SILENT, Tally, lease_take, work_through
from apps.payments.actions.lookup import payment_check
from apps.payments.actions.payments import booking_show_payment, payment_move
from apps.payments.gateways.base import Outcome
from apps.payments.leases import gateway_lease
from apps.payments.models import AttentionReason, Payment, PaymentStatus
from apps.payments.reconciliation.watched import ask_next, due, watched
from apps.payments.refusals import is_refusal, knows_nothing
from apps.payments.selectors import is_askable, is_being_opened, payment_locked
from apps.payments.states import OPEN

logger = logging.getLogger(__name__)

# Longer than anybody waits at the widget after Khalti didn't answer.
TOKEN_LIFETIME = timedelta(hours=1)
NEVER_OPENED = "The payment page could not be opened."
NEVER_REDEEMED = "The payment was never completed."
# So long after its link ended a gateway that still doesn't know a payment won't come to know it.
UNKNOWN_FOR = timedelta(days=1)


def payments_reconcile(*, by_hand: bool, shows_progress: bool = False) -> Tally:
    """Ask about what is watched, and count the payments by what became of them.

    By hand everything is asked about at once, otherwise what is due by its back-off.
    """
    started = timezone.now()
    rows = watched(now=started) if by_hand else due(now=started)
    payments = list(rows.values_list("pk", "method__code"))
    progress = tqdm(payments, unit=" payments", disable=None if shows_progress else True)
    return work_through(progress, partial(_reconcile, started=started))


def _reconcile(payment_id: int, *, started: datetime) -> str:
    """Return what became of a payment, nothing where another pass has it, or had it since we began."""
    now = timezone.now()
    not_asked_since = Q(asked_at=None) | Q(asked_at__lt=started)
    payment = lease_take(
        watched(now=now).filter(not_asked_since, pk=payment_id), now=now, lease=gateway_lease()
    )
    if payment is None:
        return ""
    try:
        return _asked(payment) if is_askable(payment) else _without_link(payment)
    except DomainError as error:
        return _refused(payment, error) if is_refusal(error) else SILENT
    except Exception:
        logger.exception("payment %s could not be reconciled", payment_id)
        return "broken"
    finally:
        _end(payment)


def _asked(payment: Payment) -> str:
    before = payment.status
    payment, answer = payment_check(payment=payment, actor=None)
    is_stale = payment.is_widget_token and payment.created_at < timezone.now() - TOKEN_LIFETIME
    if answer.outcome == Outcome.UNPAID and is_stale:
        payment = _close(payment, NEVER_REDEEMED)
    return "unchanged" if payment.status == before else payment.status


def _refused(payment: Payment, error: DomainError) -> str:
    """Let a person look at what the gateway does not know, a day after it could last be paid."""
    could_be_paid_until = payment.link_expires_at or payment.created_at
    if not knows_nothing(error) or timezone.now() < could_be_paid_until + UNKNOWN_FOR:
        return "refused"
    with transaction.atomic(durable=True):
        booking, payment = payment_locked(payment)
        if payment.status not in OPEN:
            return "refused"
        reason = AttentionReason.NOT_KNOWN_THERE
        logger.error("payment %s needs attention: %s", payment.pk, reason.label)
        payment_move(payment=payment, to_status=PaymentStatus.NEEDS_ATTENTION, actor=None, reason=reason)
        booking_show_payment(booking=booking)
    return payment.status


def _without_link(payment: Payment) -> str:
    """Nobody was ever sent to pay it: Khalti's answer with the link was lost, or the process died."""
    if payment.status not in OPEN or is_being_opened(payment, now=timezone.now()):
        return "unchanged"
    return _close(payment, NEVER_OPENED).status


def _close(payment: Payment, reason: str) -> Payment:
    with transaction.atomic(durable=True):
        booking, payment = payment_locked(payment)
        if payment.status in OPEN:
            payment_move(
                payment=payment,
                to_status=PaymentStatus.FAILED,
                actor=None,
                detail=reason,
                failure_reason=reason,
            )
            booking_show_payment(booking=booking)
    return payment


def _end(payment: Payment) -> None:
    payment.refresh_from_db(fields=["status", "times_tried"])
    again_at = ask_next(payment, now=timezone.now())
    Payment.objects.filter(pk=payment.pk).update(leased_until=None, try_again_at=again_at)
