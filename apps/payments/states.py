"""Which moves a payment may make. Pure."""

from collections.abc import Mapping

from apps.payments.gateways.base import Outcome
from apps.payments.models import PaymentStatus as Status

# What the gateway is still asked about, and what a paid payment of the same booking supersedes.
OPEN = frozenset({Status.PENDING, Status.PROCESSING})
# Money that comes for one of these is late.
CLOSED_UNPAID = frozenset({Status.FAILED, Status.EXPIRED, Status.SUPERSEDED})
# The money was here. Nothing a gateway says afterwards pays a booking again.
PAID = frozenset({Status.COMPLETED, Status.REFUND_PENDING, Status.PARTIALLY_REFUNDED, Status.REFUNDED})

_FROM_MONEY = {
    Status.COMPLETED,
    Status.REFUND_PENDING,
    Status.REFUNDED,
    Status.PARTIALLY_REFUNDED,
    Status.NEEDS_ATTENTION,
}

MOVES: Mapping[str, frozenset[str]] = {
    Status.PENDING: frozenset({Status.SUPERSEDED, Status.EXPIRED, Status.FAILED, *_FROM_MONEY}),
    Status.PROCESSING: frozenset({Status.SUPERSEDED, Status.EXPIRED, Status.FAILED, *_FROM_MONEY}),
    Status.FAILED: frozenset(_FROM_MONEY),
    Status.EXPIRED: frozenset(_FROM_MONEY),
    Status.SUPERSEDED: frozenset(_FROM_MONEY),
    # A later answer that is in order clears the doubt.
    Status.NEEDS_ATTENTION: frozenset(
        {Status.PROCESSING, Status.SUPERSEDED, Status.EXPIRED, Status.FAILED, *_FROM_MONEY}
    ),
    Status.COMPLETED: frozenset({Status.REFUND_PENDING, Status.PARTIALLY_REFUNDED, Status.REFUNDED}),
    Status.REFUND_PENDING: frozenset({Status.PARTIALLY_REFUNDED, Status.REFUNDED}),
    Status.PARTIALLY_REFUNDED: frozenset({Status.REFUND_PENDING, Status.REFUNDED}),
    Status.REFUNDED: frozenset(),
}

# `paid` has no entry: what becomes of money depends on the booking.
STATUS_OF_OUTCOME: Mapping[Outcome, Status] = {
    Outcome.PROCESSING: Status.PROCESSING,
    Outcome.BEGUN: Status.PROCESSING,
    Outcome.UNPAID: Status.PROCESSING,
    Outcome.EXPIRED: Status.EXPIRED,
    Outcome.FAILED: Status.FAILED,
    Outcome.REFUNDED: Status.REFUNDED,
    Outcome.PARTIALLY_REFUNDED: Status.PARTIALLY_REFUNDED,
    Outcome.UNKNOWN: Status.NEEDS_ATTENTION,
}


def may_move(from_status: str, to_status: str) -> bool:
    """Return whether the table has this move."""
    return to_status in MOVES[from_status]
