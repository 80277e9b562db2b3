"""Where our books and a gateway's answer don't say the same of one payment. Pure; rupees."""

from collections.abc import Mapping
from decimal import Decimal

from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import Payment
from apps.payments.models import PaymentStatus as Status

UNPAID_THERE = frozenset({Outcome.UNPAID, Outcome.EXPIRED, Outcome.FAILED})
UNDER_WAY = frozenset({Outcome.UNPAID, Outcome.BEGUN, Outcome.PROCESSING})
# What the gateway may say while all is well.
AGREES: Mapping[str, frozenset[Outcome]] = {
    Status.PENDING: UNDER_WAY,
    Status.PROCESSING: UNDER_WAY,
    Status.COMPLETED: frozenset({Outcome.PAID}),
    Status.FAILED: UNPAID_THERE,
    Status.EXPIRED: UNPAID_THERE,
    Status.SUPERSEDED: UNPAID_THERE | UNDER_WAY,
    Status.REFUND_PENDING: frozenset({Outcome.PAID}),
    Status.PARTIALLY_REFUNDED: frozenset({Outcome.PARTIALLY_REFUNDED}),
    Status.REFUNDED: frozenset({Outcome.REFUNDED}),
    Status.NEEDS_ATTENTION: frozenset(),
}


def differences(payment: Payment, refunded: Decimal, answer: LookupAnswer) -> list[str]:
    """Return what differs, in words; nothing where both agree. `refunded`: what went back by our books."""
    found = []
    if answer.is_of_another:
        found.append("the answer names another payment")
    agrees = AGREES[payment.status]
    if payment.status == Status.REFUND_PENDING and refunded > 0:
        agrees = frozenset({Outcome.PARTIALLY_REFUNDED})
    if answer.outcome not in agrees:
        found.append(f"{payment.status} here, {answer.word} there")
    if answer.amount is not None and answer.amount != payment.total_amount:
        found.append(f"Rs {payment.total_amount} here, Rs {answer.amount} there")
    ours, theirs = payment.gateway_transaction_id, answer.transaction_id
    if ours and theirs and ours != theirs:
        found.append("another transaction id")
    return found
