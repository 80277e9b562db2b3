"""What a person says of a refund: that it was done, or that it was not."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.payments import trail
from apps.payments.models import Refund, RefundStatus
from apps.payments.refunds.selectors import refund_locked, refunds_by_gateway
from apps.payments.refunds.settle import payment_follow_refunds, refund_change, refund_complete
from apps.payments.selectors import payment_locked


def refund_record_done(*, refund: Refund, actor: User, note: str) -> Refund:
    """Record that a person gave the money back, or found that it was given back; return the refund.

    Raises `invalid_transition` for one that is done, or that its gateway is to send.
    """
    with _decided(refund) as refund:
        sends_itself = refund.status != RefundStatus.NEEDS_ATTENTION and refunds_by_gateway(refund.payment)
        if refund.status == RefundStatus.COMPLETED or sends_itself:
            raise DomainError("invalid_transition", "This refund is done, or its gateway will do it.")
        refund_complete(refund=refund, now=timezone.now(), by=actor, note=note)
        _tell(refund, actor, "recorded as done")
    return refund


def refund_try_again(*, refund: Refund, actor: User, note: str) -> Refund:
    """Record that a refund that was in doubt was not carried out: it is sent, or done by hand, once more.

    Raises `invalid_transition` for one that nobody doubts.
    """
    with _decided(refund) as refund:
        if refund.status != RefundStatus.NEEDS_ATTENTION:
            raise DomainError("invalid_transition", "Only a refund that needs attention is tried again.")
        refund_change(refund, RefundStatus.PENDING, note=note, sent_at=None, try_again_at=None, times_tried=0)
        _tell(refund, actor, "to be tried again")
    return refund


@contextmanager
def _decided(refund: Refund) -> Iterator[Refund]:
    with transaction.atomic():
        booking, payment = payment_locked(refund.payment)
        refund = refund_locked(refund.pk)
        refund.payment = payment
        yield refund
        payment_follow_refunds(booking=booking, payment=payment, actor=refund.completed_by)


def _tell(refund: Refund, actor: User, detail: str) -> None:
    trail.record_answer(
        refund.payment, operation="refund", detail=f"refund {refund.pk} {detail} by hand", actor=actor
    )
