"""What an operator should know before going live."""

import re
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
