"""How the desk's pages write amounts, states and rows."""

from decimal import Decimal
from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.common.money import rupees_text
from apps.desk.charts import short

LAKH = 100_000

register = template.Library()

# Bookings, payments and refunds share most words; one colour a word, wherever it stands.
TONES = {
    "completed": "good",
    "sent": "good",
    "confirmed": "calm",
    "in_progress": "calm",
    "processing": "calm",
    "pending": "waits",
    "refund_pending": "waits",
    "partially_refunded": "waits",
    "cancelled": "bad",
    "rejected": "bad",
    "no_show": "bad",
    "failed": "bad",
    "needs_attention": "bad",
}


@register.filter
def rupees(amount: Decimal | None) -> str:
    """Return an amount with its currency, in groups of lakh and crore."""
    return "-" if amount is None else f"Rs {rupees_text(amount)}"


@register.filter
def short_rupees(amount: Decimal) -> str:
    """Return an amount in whole rupees, from a lakh on in lakh or crore."""
    return f"Rs {short(float(amount))}" if amount >= LAKH else f"Rs {rupees_text(amount).partition('.')[0]}"


@register.filter
def words(name: Any) -> str:
    """Return a code as people read it: `refund_pending` is "refund pending"."""
    return str(name).replace("_", " ")


@register.simple_tag
def state(code: str, text: str = "") -> SafeString:
    """Return a status as a coloured label."""
    return format_html(
        '<span class="desk-state desk-{}">{}</span>', TONES.get(code, "plain"), words(text or code)
    )


@register.simple_tag(takes_context=True)
def row_link(context: Context, row: Model, text: str = "") -> SafeString:
    """Return a row's name, or another text, leading to its page in the admin for who may open it."""
    opts = row._meta
    if not context["request"].user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        return format_html("{}", text or row)
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, text or row)


@register.filter
def percent(share: float | None) -> str:
    """Return a share of one in percent, as CSS takes it too; nothing of nothing is nought."""
    return f"{100 * (share or 0):.1f}"
