from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from apps.sandbox.identifiers import khalti_identifier
from apps.sandbox.models import KhaltiPayment

LINK_LIFETIME = timedelta(seconds=1800)
Kind = KhaltiPayment.Kind
Status = KhaltiPayment.Status

DECISIONS = {"pay": Status.COMPLETED, "cancel": Status.CANCELED, "pending": Status.PENDING}


def payment_initiate(*, order: Mapping[str, Any], merchant_extra: dict[str, Any]) -> KhaltiPayment:
    """A new checkout, payable for 30 minutes; a repeated order id just makes another one."""
    now = timezone.now()
    return KhaltiPayment.objects.create(
        amount=order["amount"],
        order_id=order["purchase_order_id"],
        order_name=order["purchase_order_name"],
        order_url=order["website_url"],
        return_url=order["return_url"],
        merchant_extra=merchant_extra,
        created_at=now,
        expires_at=now + LINK_LIFETIME,
    )


def payment_decide(*, payment: KhaltiPayment, decision: str) -> KhaltiPayment:
    """The payer's decision, carried out while the payment is open; afterwards the payment as it is."""
    if payment.current_status in KhaltiPayment.PAYABLE:
        status = DECISIONS[decision]
        transaction_id = khalti_identifier() if status == Status.COMPLETED else ""
        # Compare-and-set: of two buttons pressed at once the first counts.
        KhaltiPayment.objects.filter(pk=payment.pk, status=payment.status).update(
            status=status, transaction_id=transaction_id
        )
    payment.refresh_from_db()
    return payment


def payment_override(*, payment: KhaltiPayment, status: str, refunded_amount: int | None) -> KhaltiPayment:
    """Put a payment into any state, as happens behind a merchant's back; amount in paisa."""
    payment.status = status
    if refunded_amount is not None:
        payment.refunded_amount = refunded_amount
    if status == Status.COMPLETED and not payment.transaction_id:
        payment.transaction_id = khalti_identifier()
    payment.save()
    return payment


def payment_refund(*, payment: KhaltiPayment, amount: int | None) -> bool:
    """Give back that many paisa, or all that is left; False when so much isn't there."""
    wanted = payment.refundable if amount is None else amount
    if not 0 < wanted <= payment.refundable:
        return False
    claim = KhaltiPayment.objects.filter(
        pk=payment.pk, status=Status.COMPLETED, refunded_amount__lte=F("amount") - wanted
    )
    return claim.update(refunded_amount=F("refunded_amount") + wanted) == 1


def token_confirm(*, product: Mapping[str, Any]) -> KhaltiPayment:
    """What the old widget does when the payer agrees: a token that waits for verify."""
    return KhaltiPayment.objects.create(
        kind=Kind.WIDGET,
        status=Status.CONFIRMED,
        transaction_id=khalti_identifier(),
        amount=product["amount"],
        order_id=product["product_identity"],
        order_name=product["product_name"],
        order_url=product["product_url"],
    )


def token_verify(*, token: str, amount: int) -> KhaltiPayment | None:
    """The payment that this token completes, once and only for the right amount; otherwise None."""
    claim = KhaltiPayment.objects.filter(
        kind=Kind.WIDGET, reference=token, amount=amount, status=Status.CONFIRMED
    )
    if not claim.update(status=Status.COMPLETED):
        return None
    return KhaltiPayment.objects.get(reference=token)
