from decimal import Decimal

import pytest

from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.refunds.verdict import Verdict, all_went_back, refund_verdict

PAID, REFUNDED, PARTLY = Outcome.PAID, Outcome.REFUNDED, Outcome.PARTIALLY_REFUNDED


@pytest.mark.parametrize(
    ("outcome", "amount", "refunded", "verdict"),
    [
        (PAID, "1500.00", "0.00", Verdict.NOT_DONE),
        (PAID, "500.00", "0.00", Verdict.NOT_DONE),
        (PAID, "500.00", "500.00", Verdict.UNCLEAR),
        (PARTLY, "500.00", "0.00", Verdict.DONE),
        (PARTLY, "1500.00", "0.00", Verdict.UNCLEAR),
        (PARTLY, "500.00", "500.00", Verdict.UNCLEAR),
        (PARTLY, "1000.00", "500.00", Verdict.NOT_DONE),
        (REFUNDED, "1500.00", "0.00", Verdict.DONE),
        (REFUNDED, "1000.00", "500.00", Verdict.DONE),
        (Outcome.PROCESSING, "1500.00", "0.00", Verdict.UNCLEAR),
        (Outcome.UNKNOWN, "1500.00", "0.00", Verdict.UNCLEAR),
        (Outcome.EXPIRED, "1500.00", "0.00", Verdict.UNCLEAR),
    ],
)
def test_what_a_look_up_says_of_a_lost_refund(
    outcome: Outcome, amount: str, refunded: str, verdict: Verdict
) -> None:
    paid = Decimal("1500.00")
    assert refund_verdict(outcome, amount=Decimal(amount), refunded=Decimal(refunded), paid=paid) == verdict


def test_esewas_reversal_is_a_refund_and_an_unpaid_cancellation_is_none() -> None:
    assert all_went_back(LookupAnswer(outcome=Outcome.FAILED, word="CANCELED", transaction_id="0007G36"))
    assert not all_went_back(LookupAnswer(outcome=Outcome.FAILED, word="User canceled"))
    assert not all_went_back(LookupAnswer(outcome=PAID, word="Completed", transaction_id="0007G36"))
