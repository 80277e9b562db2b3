"""eSewa's redirect said "paid", signed, and its status call knows of nothing: what counts, how long. Pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import Payment

# The status call lags behind by minutes. After a day the two contradict each other, and a person looks.
HOLD = timedelta(days=1)
KNOWS_OF_NOTHING = frozenset({Outcome.UNPAID, Outcome.EXPIRED})


def answer_after_redirect(payment: Payment, answer: LookupAnswer, *, now: datetime) -> LookupAnswer:
    """Return an answer as it counts for a payment that the gateway's redirect called paid.

    "Never heard of it" then closes nothing: `processing`, and `unknown` once the hold is over.
    """
    claimed_at = payment.claimed_paid_at
    if claimed_at is None or answer.outcome not in KNOWS_OF_NOTHING:
        return answer
    outcome = Outcome.PROCESSING if now < claimed_at + HOLD else Outcome.UNKNOWN
    return replace(answer, outcome=outcome)
