"""What a person says who has looked at a payment or refund that needed attention."""

from django.db import transaction

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.payments.attention import needs_a_person
from apps.payments.models import AttentionNote, Payment, Refund, RefundStatus
from apps.payments.refunds.selectors import refund_locked
from apps.payments.selectors import payment_row_locked


@transaction.atomic
def payment_mark_handled(*, payment: Payment, actor: User, note: str) -> AttentionNote:
    """Write down what was found out about a payment. It moves no money, and the gateway is asked on.

    Raises `invalid_transition` for one that doesn't need attention.
    """
    payment = payment_row_locked(payment.pk)
    if not needs_a_person(payment):
        raise _needs_none()
    written: AttentionNote = AttentionNote.objects.create(payment=payment, note=note, noted_by=actor)
    return written


@transaction.atomic
def refund_mark_handled(*, refund: Refund, actor: User, note: str) -> AttentionNote:
    """Write down what was found out about a refund, which still waits for what becomes of it.

    Raises `invalid_transition` for one that doesn't need attention.
    """
    payment_row_locked(refund.payment_id)
    refund = refund_locked(refund.pk)
    if refund.status != RefundStatus.NEEDS_ATTENTION:
        raise _needs_none()
    written: AttentionNote = AttentionNote.objects.create(
        payment_id=refund.payment_id, refund=refund, note=note, noted_by=actor
    )
    return written


def _needs_none() -> DomainError:
    return DomainError("invalid_transition", "This needs no attention any more.")
