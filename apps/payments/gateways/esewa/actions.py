"""What the browser brings back from eSewa. A hint: the status call alone settles."""

import logging
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from apps.payments import trail
from apps.payments.gateways.amounts import number
from apps.payments.gateways.base import Outcome
from apps.payments.gateways.esewa.redirect import SignedRedirect, signed_redirect
from apps.payments.models import Payment
from apps.payments.states import PAID

logger = logging.getLogger(__name__)


def esewa_redirect_note(*, payment: Payment, data: str) -> Payment:
    """Note that eSewa's own signature calls this payment paid, so that "not found" doesn't close it.

    Returns the payment. A `data` that is forged, another payment's, over another amount or says anything else
    changes nothing.
    """
    redirect = signed_redirect(data)
    if redirect is None or not redirect.is_of(payment.transaction_id):
        logger.warning("payment %s came back with data that is not its own", payment.pk)
        return payment
    if _rupees(redirect.total_amount) != payment.total_amount:
        logger.warning("payment %s came back with another amount", payment.pk)
        return payment
    if redirect.says_paid and payment.status not in PAID and payment.claimed_paid_at is None:
        _note(payment, redirect, data)
    return payment


def _rupees(text: str) -> Decimal | None:
    """Return the amount that eSewa printed, as `1000.0`, in some of its samples as `1,000.0`."""
    return number(text.replace(",", ""))


def _note(payment: Payment, redirect: SignedRedirect, data: str) -> None:
    now = timezone.now()
    with transaction.atomic():
        # The browser may come twice at once; the trail shows one claim.
        unclaimed = Payment.objects.filter(pk=payment.pk, claimed_paid_at=None)
        if unclaimed.update(claimed_paid_at=now, try_again_at=now, updated_at=now) == 1:
            trail.record_answer(
                payment,
                operation="redirect",
                detail=f"signed COMPLETE, {redirect.total_amount}",
                raw=data,
                outcome=Outcome.PAID,
                actor=None,
            )
    payment.claimed_paid_at = now
