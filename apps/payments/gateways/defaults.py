"""How a new marketplace lists a way to pay."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

MOST = Decimal("999999.99")
# The law lets a wallet pay no more at once.
MOST_BY_WALLET = Decimal("200000.00")


@dataclass(frozen=True, slots=True)
class MethodDefaults:
    """The columns of its row, as they begin; admins change them. Amounts in rupees."""

    name: str
    name_ne: str
    payment_type: Literal["wallet", "bank", "cash"]
    description: str
    description_ne: str
    icon: str
    min_amount: Decimal = Decimal("0.00")
    max_amount: Decimal = MOST
    processing_fee_percentage: Decimal = Decimal("0.00")

    def columns(self) -> dict[str, Any]:
        return asdict(self)
