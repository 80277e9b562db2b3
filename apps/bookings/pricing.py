"""What a service costs. Rupees; nothing that a client sends is a price."""

from decimal import Decimal

from apps.services.models import Service

NO_DISCOUNT = Decimal("0.00")


def list_price(service: Service) -> tuple[Decimal, Decimal]:
    """Return the price and the discount on it, before any fee."""
    if service.discount_price is None:
        return service.price, NO_DISCOUNT
    return service.price, service.price - service.discount_price
