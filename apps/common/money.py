"""Rupees are Decimals with two places; gateways that count in paisa get whole numbers."""

from decimal import ROUND_HALF_UP, Decimal

PAISA_PER_RUPEE = 100
CENT = Decimal("0.01")
MAX_DIGITS = 10


def rounded(rupees: Decimal) -> Decimal:
    """Return rupees with two places, halves away from zero, as people round by hand."""
    return rupees.quantize(CENT, rounding=ROUND_HALF_UP)


def percentage(rupees: Decimal, percent: Decimal) -> Decimal:
    """Return `percent` of `rupees`, rounded to the paisa."""
    return rounded(rupees * percent / 100)


def to_paisa(rupees: Decimal) -> int:
    """Return whole paisa. Raises ValueError rather than rounding."""
    paisa = rupees * PAISA_PER_RUPEE
    if paisa != paisa.to_integral_value():
        raise ValueError(f"{rupees} rupees are not a whole number of paisa")
    return int(paisa)


def from_paisa(paisa: int) -> Decimal:
    """Return rupees with two places."""
    return rounded(Decimal(paisa) / PAISA_PER_RUPEE)
