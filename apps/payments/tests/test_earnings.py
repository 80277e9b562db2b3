"""What one payment comes to for its provider: the sums by themselves."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.payments.earnings.per_payment import ZERO, Earnings, earnings

TEN = Decimal(10)
rupees = st.decimals(min_value=0, max_value=Decimal("999999.99"), places=2)
percents = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(
    ("paid", "fee", "refunded", "kept_fee", "commission", "due"),
    [
        ("1500.00", "0.00", "0.00", "0.00", "150.00", "1350.00"),
        ("1530.00", "30.00", "0.00", "30.00", "150.00", "1350.00"),
        ("1500.00", "0.00", "500.00", "0.00", "100.00", "900.00"),
        ("1530.00", "30.00", "765.00", "30.00", "73.50", "661.50"),
        ("1530.00", "30.00", "1530.00", "0.00", "0.00", "0.00"),
        ("1530.00", "30.00", "1510.00", "20.00", "0.00", "0.00"),
        ("0.05", "0.00", "0.00", "0.00", "0.01", "0.04"),
        ("0.04", "0.00", "0.00", "0.00", "0.00", "0.04"),
    ],
    ids=[
        "paid",
        "the processing fee is ours",
        "a partial refund",
        "half of it with a fee",
        "a full refund",
        "less than the fee is kept",
        "half a paisa goes up",
        "less goes down",
    ],
)
def test_online(paid: str, fee: str, refunded: str, kept_fee: str, commission: str, due: str) -> None:
    found = earnings(
        paid=Decimal(paid),
        processing_fee=Decimal(fee),
        refunded=Decimal(refunded),
        commission_percent=TEN,
        in_cash=False,
    )
    assert (found.paid_online, found.paid_in_cash) == (Decimal(paid), ZERO)
    assert (found.processing_fees, found.commission) == (Decimal(kept_fee), Decimal(commission))
    assert found.due == Decimal(due)


def test_of_cash_the_provider_owes_commission_and_fee() -> None:
    found = earnings(
        paid=Decimal("1530.00"),
        processing_fee=Decimal("30.00"),
        refunded=Decimal("0.00"),
        commission_percent=TEN,
        in_cash=True,
    )
    assert (found.paid_online, found.paid_in_cash) == (ZERO, Decimal("1530.00"))
    assert found.due == Decimal("-180.00")


@given(paid=rupees, fee=rupees, share=percents, percent=percents, in_cash=st.booleans())
def test_not_a_paisa_is_lost(
    paid: Decimal, fee: Decimal, share: Decimal, percent: Decimal, in_cash: bool
) -> None:
    refunded = (paid * share / 100).quantize(Decimal("0.01"))
    found = earnings(
        paid=paid, processing_fee=fee, refunded=refunded, commission_percent=percent, in_cash=in_cash
    )
    with_provider = found.due + (paid - refunded if in_cash else 0)
    assert with_provider + found.commission + found.processing_fees == paid - refunded
    assert with_provider >= 0
    assert found.commission >= 0


def test_figures_add_up_and_come_apart_again() -> None:
    one = Earnings(paid_online=Decimal(3), due=Decimal(2))
    two = Earnings(paid_online=Decimal(5), commission=Decimal(1))
    assert one + two == Earnings(paid_online=Decimal(8), commission=Decimal(1), due=Decimal(2))
    assert one + two - two == one
