"""What a booking costs. Rupees; the only place where prices come from."""

from dataclasses import dataclass
from decimal import Decimal

from apps.bookings.pricing import list_price
from apps.common.money import percentage
from apps.payments.models import PaymentMethod
from apps.services.models import Service

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Price:
    base: Decimal
    discount: Decimal
    fee: Decimal
    total: Decimal


def price_for(service: Service, method: PaymentMethod | None) -> Price:
    """Return the price of a service now, with the fee of a method (none yet: no fee)."""
    base, discount = list_price(service)
    fee = ZERO if method is None else fee_for(base - discount, method)
    return Price(base=base, discount=discount, fee=fee, total=base - discount + fee)


def fee_for(net: Decimal, method: PaymentMethod) -> Decimal:
    """Return a method's fee on a net price, rounded to the paisa, halves up."""
    return percentage(net, method.processing_fee_percentage)
