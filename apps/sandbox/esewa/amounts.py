import re
from decimal import Decimal

# Digits with at most two decimals; `100.00` is taken (reports differ), a thousands comma is not.
AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,2})?")


def rupees(text: str) -> Decimal | None:
    """The amount in rupees, or None for text that isn't one."""
    return Decimal(text) if AMOUNT.fullmatch(text) else None


def redirect_text(amount: Decimal) -> str:
    """As eSewa prints it in `data`: minimal, but with at least one decimal, as in `400.0`."""
    text = f"{amount.normalize():f}"
    return text if "." in text else f"{text}.0"
