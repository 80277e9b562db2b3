"""What a span earned, of the sums of its money. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from apps.analytics.rates import rupees

REVENUE = ("gross", "fees", "commission", "refunded", "fees_returned", "commission_returned")


@dataclass(frozen=True, slots=True)
class Revenue:
    """Rupees. `gross` was paid and `refunded` went back in the span, whatever it was paid for and when.

    Of what was kept, `fees` are the payment methods' and `commission` is the marketplace's; `net` is what is
    left for providers.
    """

    gross: Decimal
    refunded: Decimal
    fees: Decimal
    commission: Decimal

    @property
    def net(self) -> Decimal:
        return self.gross - self.refunded - self.fees - self.commission


def revenue_of(sums: Mapping[str, int]) -> Revenue:
    """Return the revenue of sums that hold at least the measures of `REVENUE`."""
    return Revenue(
        gross=rupees(sums["gross"]),
        refunded=rupees(sums["refunded"]),
        fees=rupees(sums["fees"] - sums["fees_returned"]),
        commission=rupees(sums["commission"] - sums["commission_returned"]),
    )
