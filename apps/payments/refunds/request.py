"""An admin gives money back."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.idempotency import KEPT, RequestName
from apps.common.money import rupees_text
from apps.payments.locked import LockedPayment
from apps.payments.models import Payment, Refund, RefundKey, RefundStatus
from apps.payments.refunds.create import refund_create
from apps.payments.refunds.selectors import refunds_by_gateway
from apps.payments.refunds.send import in_progress, refund_send
from apps.payments.refunds.settle import payment_follow_refunds
from apps.payments.selectors import payment_locked, refundable
from apps.payments.states import PAID

UNFINISHED = (RefundStatus.PENDING, RefundStatus.PROCESSING)


def payment_refund(
    *,
    payment: Payment,
    actor: User,
    reason: str,
    amount: Decimal | None = None,
    asked_as: RequestName | None = None,
) -> Refund:
    """Give an amount back, in rupees (None: all that is left), and return the refund.

    Where a gateway can do it, it is asked now; otherwise the refund waits until a person has done it.
    One of the same amount that waits for its gateway is gone on with: asking again after a 503 pays nothing
    twice. `asked_as` names the request: the same one means the same refund, done or not.

    Raises ValidationError on `amount`, `invalid_transition` for a payment that wasn't paid,
    `idempotency_key_reused`, and what `refund_send` raises.
    """
    with transaction.atomic(durable=True):
        booking, payment = payment_locked(payment)
        if payment.status not in PAID:
            raise DomainError("invalid_transition", "Only money that was paid can go back.")
        refund = _asked_before(payment, asked_as) or _waiting(payment, amount)
        if refund is None:
            refund = _new(payment, actor, reason, amount)
            payment_follow_refunds(booking=booking, payment=payment, actor=actor, detail="by an admin")
        _remember(refund, asked_as)
    if refunds_by_gateway(payment) and refund.status in UNFINISHED:
        return refund_send(refund=refund, actor=actor)
    return refund


def _asked_before(payment: Payment, asked_as: RequestName | None) -> Refund | None:
    """Return the refund that this very request began, whose answer was not stored."""
    if asked_as is None:
        return None
    known = RefundKey.objects.filter(
        payment=payment, key_hash=asked_as.key_hash, created_at__gte=timezone.now() - KEPT
    )
    found = known.select_related("refund").first()
    if found is None:
        return None
    if found.body_hash != asked_as.body_hash:
        raise DomainError("idempotency_key_reused", "This Idempotency-Key was used with another body.")
    if found.refund.status == RefundStatus.NEEDS_ATTENTION:
        raise somebody_has_to_look()
    return found.refund


def _remember(refund: Refund, asked_as: RequestName | None) -> None:
    if asked_as is None:
        return
    known = RefundKey.objects.filter(payment=refund.payment_id, key_hash=asked_as.key_hash)
    meant = {"refund": refund, "body_hash": asked_as.body_hash}
    # One of an earlier day makes room: a key is good for as long as answers are kept.
    if not known.filter(refund=refund).exists() and not known.update(**meant, created_at=timezone.now()):
        RefundKey.objects.create(payment_id=refund.payment_id, key_hash=asked_as.key_hash, **meant)


def somebody_has_to_look() -> DomainError:
    return DomainError("invalid_transition", "Somebody has to look at an earlier refund first.")


def _waiting(payment: Payment, amount: Decimal | None) -> Refund | None:
    """Return the refund that a repeated request means."""
    if not refunds_by_gateway(payment):
        return None
    waiting = payment.refunds.filter(status__in=UNFINISHED).order_by("-status", "id")
    if amount is not None:
        return waiting.filter(amount=amount).first()
    return waiting.first() if refundable(payment) <= 0 else None


def _new(payment: LockedPayment, actor: User, reason: str, amount: Decimal | None) -> Refund:
    left = refundable(payment)
    amount = left if amount is None else amount
    if not 0 < amount <= left:
        raise ValidationError({"amount": [f"Rs {rupees_text(left)} of this payment are left."]})
    in_doubt = payment.refunds.filter(status=RefundStatus.PROCESSING)
    if refunds_by_gateway(payment) and in_doubt.exists():
        raise in_progress()
    if refunds_by_gateway(payment) and payment.refunds.filter(status=RefundStatus.NEEDS_ATTENTION).exists():
        raise somebody_has_to_look()
    return refund_create(payment=payment, amount=amount, reason=reason, requested_by=actor)
