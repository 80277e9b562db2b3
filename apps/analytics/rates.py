"""Shares of a whole, and means. Pure. None where there is nothing to divide by."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from apps.common.money import from_paisa, rounded

FOUR_PLACES = Decimal("0.0001")


def share(part: int, whole: int) -> float | None:
    """Return a share between 0 and 1, with four places."""
    return float((Decimal(part) / whole).quantize(FOUR_PLACES, ROUND_HALF_UP)) if whole else None


def percent(part: int, whole: int) -> float | None:
    """Return a share in percent, with two places."""
    return float(rounded(Decimal(part) * 100 / whole)) if whole else None


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `denominator`; `of` says what the denominator counts."""

    count: int
    denominator: int
    of: str

    @property
    def percent(self) -> float | None:
        return percent(self.count, self.denominator)


def mean_rupees(paisa: int, count: int) -> Decimal | None:
    """Return an average amount in rupees."""
    return rounded(Decimal(paisa) / 100 / count) if count else None


def rounded_mean(total: int, count: int) -> Decimal | None:
    """Return a mean with two places."""
    return rounded(Decimal(total) / count) if count else None


def mean(total: int, count: int) -> float | None:
    return total / count if count else None


def rupees(paisa: int) -> Decimal:
    """Return rupees with two places."""
    return from_paisa(paisa)
