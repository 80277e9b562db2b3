"""Bank transfers: what a customer says of one, and what an admin finds on our statement."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.money import rupees_text
from apps.payments import events, trail
from apps.payments.actions.payments import booking_show_payment, payment_move
from apps.payments.actions.settle import payment_settle
from apps.payments.gateways.bank_transfer.references import reference_on_statement
from apps.payments.gateways.bank_transfer.slip_quota import require_slip_quota
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import BankTransferProof, MethodCode, Payment, PaymentStatus
from apps.payments.selectors import payment_locked, payment_row_locked
from apps.payments.states import OPEN

# Enough for mistakes; a slip may have 5 MB.
MOST_PROOFS = 5
# A rejected transfer is followed by another payment, which takes proofs of its own.
MOST_PROOFS_OF_A_BOOKING = 15
# Money may be on its way although the time for it is over, or the booking was cancelled.
TAKES_PROOF = OPEN | {PaymentStatus.EXPIRED, PaymentStatus.SUPERSEDED, PaymentStatus.NEEDS_ATTENTION}
REJECTABLE = OPEN | {PaymentStatus.NEEDS_ATTENTION}


def bank_transfer_prove(
    *, payment: Payment, customer: User, reference: str, slip: ContentFile[bytes] | None
) -> BankTransferProof:
    """Keep what the customer says of the transfer. It moves nothing: an admin looks at the statement.

    Raises `invalid_transition` for a payment that is no bank transfer, is paid or was rejected, or has
    too many proofs, or its booking has; Throttled for a slip beyond the day's quota.
    """
    with transaction.atomic():
        # The day's quota is the customer's, whichever booking a slip is of.
        User.objects.select_for_update(no_key=True).get(pk=customer.pk)
        payment = payment_row_locked(payment.pk)
        _require(payment, TAKES_PROOF)
        of_booking = BankTransferProof.objects.filter(payment__booking=payment.booking_id)
        if payment.proofs.count() >= MOST_PROOFS or of_booking.count() >= MOST_PROOFS_OF_A_BOOKING:
            raise DomainError("invalid_transition", "We have enough proofs of this transfer. Please wait.")
        size = slip.size if slip else 0
        if slip:
            require_slip_quota(customer, size=size, now=timezone.now())
        proof = BankTransferProof.objects.create(
            payment=payment, reference=reference, slip=slip, slip_bytes=size
        )
        detail = "with a slip" if slip else "without a slip"
        trail.record_answer(payment, operation="proof", detail=detail, raw=reference, actor=customer)
    return proof


def bank_transfer_confirm(*, payment: Payment, actor: User, bank_reference: str, amount: Decimal) -> Payment:
    """Settle a transfer that is on our statement with this reference and amount, in rupees; return it.

    Money that comes too late takes the booking if it is still to be had, else it goes back. Doing it again
    changes nothing. The reference counts without its case, spaces and dashes.

    Raises `invalid_transition` where it is paid by another transfer or is none at all, ValidationError on
    `bank_reference`, `token_already_used` for one that has paid another booking, and `amount_mismatch` once
    another amount was written down: the payment needs attention then, until the right one is confirmed.
    """
    if payment.method.code != MethodCode.BANK_TRANSFER:
        raise _not_now()
    bank_reference = reference_on_statement(bank_reference)
    used = Payment.objects.filter(method=payment.method_id, gateway_transaction_id=bank_reference)
    if used.exclude(pk=payment.pk).exists():
        raise DomainError("token_already_used", "This reference has paid another booking.")
    answer = LookupAnswer(
        outcome=Outcome.PAID, word="on our statement", amount=amount, transaction_id=bank_reference
    )
    payment = payment_settle(payment=payment, answer=answer, operation="statement", actor=actor)
    if amount != payment.total_amount:
        expected = rupees_text(payment.total_amount)
        raise DomainError("amount_mismatch", f"Rs {expected} were to come. Send the money back.")
    if payment.gateway_transaction_id != bank_reference:
        raise _not_now()
    return payment


def bank_transfer_reject(*, payment: Payment, actor: User, reason: str) -> Payment:
    """Note that no such money came, with a reason for the customer, who may begin a new payment.

    The booking waits on, until its time for the money is over. Raises `invalid_transition`.
    """
    with transaction.atomic():
        booking, payment = payment_locked(payment)
        _require(payment, REJECTABLE)
        payment_move(
            payment=payment,
            to_status=PaymentStatus.FAILED,
            actor=actor,
            detail="not on our statement",
            failure_reason=reason,
        )
        booking_show_payment(booking=booking)
        events.transfer_rejected.send(
            sender=Payment, payment=payment, booking=booking, reason=reason, actor=actor
        )
    return payment


def _require(payment: Payment, statuses: frozenset[PaymentStatus]) -> None:
    if payment.method.code != MethodCode.BANK_TRANSFER or payment.status not in statuses:
        raise _not_now(payment)


def _not_now(payment: Payment | None = None) -> DomainError:
    status = f"A payment that is {payment.status} can't do this." if payment else "It is paid otherwise."
    return DomainError("invalid_transition", status)
