from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.money import from_paisa, percentage, rounded, rupees_text, to_paisa

amounts = st.decimals(min_value=0, max_value=Decimal("99999999.99"), places=2)


@pytest.mark.parametrize(
    ("rupees", "expected"),
    [("1", "1.00"), ("1.005", "1.01"), ("1.015", "1.02"), ("1.0149", "1.01"), ("-1.005", "-1.01")],
)
def test_halves_are_rounded_away_from_zero(rupees: str, expected: str) -> None:
    assert str(rounded(Decimal(rupees))) == expected


@pytest.mark.parametrize(
    ("rupees", "percent", "expected"),
    [
        ("1500.00", "2.5", "37.50"),
        ("999.99", "50", "500.00"),
        ("0.01", "50", "0.01"),
        ("100.00", "0", "0.00"),
    ],
)
def test_a_percentage_is_rounded_to_the_paisa(rupees: str, percent: str, expected: str) -> None:
    assert str(percentage(Decimal(rupees), Decimal(percent))) == expected


@pytest.mark.parametrize(("rupees", "paisa"), [("1500.00", 150000), ("0.01", 1), ("10", 1000), ("0", 0)])
def test_rupees_become_whole_paisa(rupees: str, paisa: int) -> None:
    assert to_paisa(Decimal(rupees)) == paisa


def test_part_of_a_paisa_is_never_rounded_away() -> None:
    with pytest.raises(ValueError, match="paisa"):
        to_paisa(Decimal("10.005"))


@given(amounts)
def test_there_and_back_is_the_same(rupees: Decimal) -> None:
    assert from_paisa(to_paisa(rupees)) == rupees


@given(amounts, st.decimals(min_value=0, max_value=100, places=2))
def test_a_percentage_never_exceeds_the_whole(rupees: Decimal, percent: Decimal) -> None:
    assert 0 <= percentage(rupees, percent) <= rupees


@pytest.mark.parametrize(
    ("rupees", "text"),
    [
        ("0", "0.00"),
        ("999.5", "999.50"),
        ("1000", "1,000.00"),
        ("99999.99", "99,999.99"),
        ("123456.5", "1,23,456.50"),
        ("999999.99", "9,99,999.99"),
        ("12345678", "1,23,45,678.00"),
        ("-1500", "-1,500.00"),
    ],
)
def test_rupees_are_written_in_lakh_and_crore(rupees: str, text: str) -> None:
    assert rupees_text(Decimal(rupees)) == text
