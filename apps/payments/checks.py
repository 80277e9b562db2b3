"""What an operator should know before going live."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def sellers_tax_number(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Receipts must name the seller's PAN."""
    if re.fullmatch(r"[0-9]{9}", settings.SELLER_PAN):
        return []
    return [
        checks.Warning(
            "SELLER_PAN is not a PAN of nine digits: receipts go out without one.",
            hint="Set SELLER_PAN, see .env.example.",
            id="payments.W001",
        )
    ]


@checks.register()
def commission(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """The commission must be a percentage."""
    try:
        if 0 <= Decimal(settings.COMMISSION_PERCENT) <= 100:
            return []
    except InvalidOperation:
        pass
    return [checks.Error("COMMISSION_PERCENT must be a number from 0 to 100.", id="payments.E001")]
