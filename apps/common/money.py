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


def rupees_text(rupees: Decimal) -> str:
    """Return an amount as people in Nepal write it, in groups of lakh and crore: `1,23,456.50`."""
    whole, paisa = f"{rounded(abs(rupees)):.2f}".split(".")
    groups = [whole[-3:]]
    rest = whole[:-3]
    while rest:
        groups.insert(0, rest[-2:])
        rest = rest[:-2]
    return f"{'-' if rupees < 0 else ''}{','.join(groups)}.{paisa}"


def from_paisa(paisa: int) -> Decimal:
    """Return rupees with two places."""
    return rounded(Decimal(paisa) / PAISA_PER_RUPEE)
