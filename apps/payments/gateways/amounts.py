"""Amounts as a stranger prints them, read without doing what a hostile one would cost."""

from decimal import Decimal, InvalidOperation

LONGEST = 40
# A float's noise behind the paisa is let through. Millions of digits would be written out one by one.
EXPONENTS = range(-20, 13)
MOST = Decimal(10) ** 12


def number(value: object) -> Decimal | None:
    """Return what a JSON number, or text of one, says; None for anything else, and from 10^12 on."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > LONGEST:
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    if found.as_tuple().exponent not in EXPONENTS or abs(found) >= MOST:
        return None
    return found
