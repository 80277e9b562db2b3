from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.sandbox.identifiers import esewa_reference
from apps.sandbox.models import EsewaPayment

SESSION_LIFETIME = timedelta(minutes=5)
Status = EsewaPayment.Status

# What follows a press on cancel is undocumented; CANCELED is the word the status call has for it.
DECISIONS = {"pay": Status.COMPLETE, "cancel": Status.CANCELED, "pending": Status.PENDING}


def payment_start(*, fields: Mapping[str, str]) -> EsewaPayment | None:
    """A new session of five minutes for checked form fields; None if the transaction_uuid was used before."""
    now = timezone.now()
    try:
        with transaction.atomic():
            return EsewaPayment.objects.create(
                transaction_uuid=fields["transaction_uuid"],
                product_code=fields["product_code"],
                total_amount=Decimal(fields["total_amount"]),
                success_url=fields["success_url"],
                failure_url=fields["failure_url"],
                created_at=now,
                expires_at=now + SESSION_LIFETIME,
            )
    except IntegrityError:
        return None


def payment_decide(*, payment: EsewaPayment, decision: str) -> EsewaPayment:
    """The payer's decision, carried out while the session is open; afterwards the payment as it is."""
    if payment.current_status in EsewaPayment.PAYABLE:
        # Compare-and-set: of two buttons pressed at once the first counts.
        claim = EsewaPayment.objects.filter(pk=payment.pk, status=payment.status)
        claim.update(status=DECISIONS[decision], ref_id=_reference(DECISIONS[decision]))
    payment.refresh_from_db()
    return payment


def payment_override(*, payment: EsewaPayment, status: str) -> EsewaPayment:
    """Put a payment into any state, as happens in eSewa's panel behind a merchant's back."""
    payment.status = status
    payment.ref_id = payment.ref_id or _reference(status)
    payment.save()
    return payment


def _reference(status: str) -> str:
    return "" if status in EsewaPayment.WITHOUT_REFERENCE else esewa_reference()
