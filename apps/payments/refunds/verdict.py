"""Whether a refund whose answer was lost has been carried out, by what a look-up says now. Pure; rupees.

Gateways report no refunded amount, so after a first partial refund a second one may leave no trace.
"""

from decimal import Decimal
from enum import StrEnum

from apps.payments.gateways.base import LookupAnswer, Outcome


class Verdict(StrEnum):
    DONE = "done"
    NOT_DONE = "not_done"
    UNCLEAR = "unclear"  # a person decides


def refund_verdict(outcome: Outcome, *, amount: Decimal, refunded: Decimal, paid: Decimal) -> Verdict:
    """Return what became of a refund of `amount`, after `refunded` of `paid` had gone back before."""
    is_first, takes_the_rest = refunded == 0, refunded + amount >= paid
    if outcome == Outcome.REFUNDED:
        return Verdict.DONE
    if outcome == Outcome.PAID and is_first:
        return Verdict.NOT_DONE
    if outcome == Outcome.PARTIALLY_REFUNDED and is_first != takes_the_rest:
        return Verdict.DONE if is_first else Verdict.NOT_DONE
    return Verdict.UNCLEAR


def all_went_back(answer: LookupAnswer) -> bool:
    """Return whether a paid payment's money is with the payer again.

    eSewa calls a payment that it reversed CANCELED, and still names its transaction.
    """
    is_reversed = answer.outcome == Outcome.FAILED and bool(answer.transaction_id)
    return answer.outcome == Outcome.REFUNDED or is_reversed
