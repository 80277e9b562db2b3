"""Asking a gateway what became of a payment: record, commit, ask, then lock, compare and move."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from apps.accounts.models import User
from apps.common.database import release_connection
from apps.common.errors import DomainError
from apps.payments import trail
from apps.payments.actions.settle import payment_settle
from apps.payments.gateways.base import GatewayError, LookupAnswer, LookupRequest, Outcome
from apps.payments.gateways.esewa.claims import answer_after_redirect
from apps.payments.gateways.registry import KHALTI_TOKEN, gateway_for
from apps.payments.models import Payment, PaymentSecret, PaymentStatus
from apps.payments.selectors import is_askable
from apps.payments.states import OPEN, PAID

logger = logging.getLogger(__name__)

ASKED_LATELY = timedelta(seconds=5)
# For what is written before and after the call.
MARGIN = timedelta(seconds=5)


def payment_check(
    *, payment: Payment, actor: User | None, takes_money: bool = False
) -> tuple[Payment, LookupAnswer]:
    """Return the payment after its gateway was asked, and the answer.

    `takes_money` completes a widget token's payment instead of only looking at it.
    Raises `gateway_unavailable`; the payment then stays as it was.
    """
    operation = "verify" if takes_money else "lookup"
    answer = payment_lookup(payment=payment, operation=operation, actor=actor)
    payment = payment_settle(payment=payment, answer=answer, operation=operation, actor=actor)
    return payment, answer_after_redirect(payment, answer, now=timezone.now())


def payment_lookup(*, payment: Payment, operation: str, actor: User | None) -> LookupAnswer:
    """Return what the payment's gateway says of it, and move nothing.

    The operation `verify` takes a widget token's money, any other only looks. Raises `gateway_unavailable`.
    """
    request = _recorded_request(payment, operation=operation, actor=actor)
    gateway = gateway_for(payment.method.code, is_widget_token=payment.is_widget_token)
    release_connection()
    try:
        return KHALTI_TOKEN.verify(request) if operation == "verify" else gateway.lookup(request)
    except GatewayError as error:
        raise gateway_failed(payment, operation=operation, error=error, actor=actor) from error


def payment_verify(*, payment: Payment, actor: User | None) -> Payment:
    """Ask again about a payment that is not paid yet, and return it as it is then.

    Raises `gateway_unavailable`, and `gateway_mismatch` for an answer that doesn't fit the payment.
    """
    if payment.status in PAID or not is_askable(payment):
        return payment
    payment, answer = payment_check(payment=payment, actor=actor)
    refuse_mismatch(payment, answer)
    return payment


def payment_returned(*, payment: Payment) -> tuple[Payment, LookupAnswer | None]:
    """The payer is back. Asks the gateway, unless it is settled, or another return asks or just has.

    Raises nothing that a gateway causes: the payment is returned as it is stored.
    """
    if payment.status in PAID or not is_askable(payment):
        return payment, None
    turn = _return_turn_take(payment)
    if turn is None:
        payment.refresh_from_db()
        return payment, None
    try:
        return payment_check(payment=payment, actor=None)
    except DomainError:
        payment.refresh_from_db()
        return payment, None
    finally:
        _return_turn_end(payment, turn)


def _return_turn_take(payment: Payment) -> datetime | None:
    """Return until when this return may ask, None where it is not its turn; of a burst one takes it.

    Who dies over it keeps the others waiting no longer than a call may take.
    """
    now = timezone.now()
    until = now + timedelta(seconds=settings.GATEWAY_TIMEOUT_SECONDS) + MARGIN
    is_free = Q(return_rests_until=None) | Q(return_rests_until__lte=now)
    taken = Payment.objects.filter(is_free, pk=payment.pk).update(return_rests_until=until)
    return until if taken == 1 else None


def _return_turn_end(payment: Payment, turn: datetime) -> None:
    """Let the next return ask in a moment, unless the turn ran out and is another's."""
    ours = Payment.objects.filter(pk=payment.pk, return_rests_until=turn)
    ours.update(return_rests_until=timezone.now() + ASKED_LATELY)


def refuse_mismatch(payment: Payment, answer: LookupAnswer) -> None:
    """Raise `gateway_mismatch` where the answer's amount or id was not the payment's."""
    if payment.status == PaymentStatus.NEEDS_ATTENTION and answer.outcome != Outcome.UNKNOWN:
        raise DomainError("gateway_mismatch", "The gateway's answer doesn't fit. We are looking into it.")


def gateway_failed(
    payment: Payment, *, operation: str, error: GatewayError, actor: User | None
) -> DomainError:
    """Note a call that brought no answer, and return the error for the customer."""
    logger.log(
        logging.ERROR if error.permanent else logging.WARNING,
        "%s of payment %s at %s: %s",
        operation,
        payment.pk,
        payment.method.code,
        error,
    )
    trail.record_answer(
        payment, operation=operation, detail=f"no answer: {error}", raw=error.raw, actor=actor
    )
    return DomainError(
        "gateway_unavailable", f"{payment.method.name} can't be reached or refuses. Please try again."
    )


def _recorded_request(payment: Payment, *, operation: str, actor: User | None) -> LookupRequest:
    with transaction.atomic(durable=True):
        Payment.objects.filter(pk=payment.pk).update(
            asked_at=timezone.now(), times_asked=F("times_asked") + 1
        )
        Payment.objects.filter(pk=payment.pk, status__in=OPEN).update(failure_reason="")
        trail.record_request(payment, operation=operation, actor=actor)
        secret = PaymentSecret.objects.get(payment=payment)
    return LookupRequest(
        token=secret.token,
        reference=payment.transaction_id,
        amount=payment.total_amount,
        link_expires_at=payment.link_expires_at,
    )
