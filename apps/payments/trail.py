"""Writing the audit trail. Nothing personal and no secret goes in: words, amounts, a digest of the rest."""

import hashlib
from decimal import Decimal

from apps.accounts.models import User
from apps.common.logs import masked, printable
from apps.common.request_id import current_request_id
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import AttentionReason, Payment, PaymentEvent, TrailKind

DETAIL_LENGTH = 200


def record_request(
    payment: Payment, *, operation: str, actor: User | None, amount: Decimal | None = None
) -> None:
    """Note what is about to be asked, in rupees: about all of the payment, unless an amount is named."""
    amount = payment.total_amount if amount is None else amount
    _record(payment, TrailKind.REQUEST, operation=operation, detail=f"{amount}", actor=actor)


def record_found(
    payment: Payment, *, operation: str, answer: LookupAnswer, actor: User | None
) -> PaymentEvent:
    """Note what a gateway says of a payment; return the note."""
    detail = summary(answer)
    return record_answer(
        payment, operation=operation, detail=detail, raw=answer.raw, outcome=answer.outcome, actor=actor
    )


def record_answer(
    payment: Payment,
    *,
    operation: str,
    detail: str,
    raw: str = "",
    outcome: Outcome | None = None,
    reason: AttentionReason | None = None,
    actor: User | None,
) -> PaymentEvent:
    """Note what somebody else said, or that they said nothing usable; return the note.

    `outcome` where it tells what became of the payment, `reason` where a person has to look at a refund.
    """
    return _record(
        payment,
        TrailKind.ANSWER,
        operation=operation,
        outcome=outcome or "",
        reason=reason or "",
        detail=detail,
        digest=hashlib.sha256(raw.encode()).hexdigest() if raw else "",
        actor=actor,
    )


def record_move(
    payment: Payment,
    *,
    from_status: str,
    to_status: str,
    detail: str,
    reason: AttentionReason | None = None,
    actor: User | None,
) -> PaymentEvent:
    """Note a change of status; from nothing for a new payment. Returns the note."""
    return _record(
        payment,
        TrailKind.MOVE,
        from_status=from_status,
        to_status=to_status,
        reason=reason or "",
        detail=detail,
        actor=actor,
    )


def summary(answer: LookupAnswer) -> str:
    """Return an answer in a few words: all of it that the trail may show."""
    parts = [masked(answer.word)[:60]]
    if answer.amount is not None:
        parts.append(f"{answer.amount:.2f}")
    if answer.transaction_id:
        parts.append(f"transaction ...{answer.transaction_id[-4:]}")
    if answer.is_of_another:
        parts.append("another payment's id")
    return ", ".join(parts)


def _record(payment: Payment, kind: TrailKind, *, detail: str, **columns: object) -> PaymentEvent:
    event: PaymentEvent = PaymentEvent.objects.create(
        payment=payment,
        kind=kind,
        detail=printable(detail[:DETAIL_LENGTH]),
        request_id=current_request_id(),
        **columns,
    )
    return event
