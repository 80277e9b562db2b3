"""How the admin's pages of money write amounts: as everywhere else, with their currency and in groups."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.utils.html import format_html

from apps.common.money import rupees_text


def rupees(amount: Decimal) -> str:
    return f"Rs {rupees_text(amount)}"


def rupees_column(name: str, description: str = "") -> Callable[[Any, Any], str]:
    """Return a method of an admin that shows a row's amount, on one line."""

    @admin.display(description=description or name.replace("_", " ").capitalize(), ordering=name)
    def column(_: Any, row: Any) -> str:
        amount = getattr(row, name)
        return "-" if amount is None else format_html('<span class="desk-nowrap">{}</span>', rupees(amount))

    return column
