"""Shares of a whole, and means. Pure. None where there is nothing to divide by."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from apps.common.money import from_paisa, rounded

FOUR_PLACES = Decimal("0.0001")


def share(part: int, whole: int) -> float | None:
    """Return a share between 0 and 1, with four places."""
    if not whole:
        return None
    return float((Decimal(part) / whole).quantize(FOUR_PLACES, ROUND_HALF_UP))


def rate(part: int, whole: int, of: str) -> dict[str, Any]:
    """Return a rate that says what it is a share of."""
    return {"value": share(part, whole), "count": part, "of": of, "denominator": whole}


def mean_rupees(paisa: int, count: int) -> Decimal | None:
    """Return an average amount in rupees."""
    return rounded(Decimal(paisa) / 100 / count) if count else None


def mean(total: int, count: int) -> float | None:
    return round(total / count, 1) if count else None


def rupees(paisa: int) -> Decimal:
    """Return rupees with two places."""
    return from_paisa(paisa)
