"""How the desk's pages write amounts, states and rows."""

from decimal import Decimal

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.common.money import rupees_text
from apps.desk.charts import short
from apps.desk.wording import method_text, status_label, status_text, step_text
from apps.payments.attention import reason_text

LAKH = 100_000

register = template.Library()
register.filter("status", status_text)
register.filter("method", method_text)
register.filter("step", step_text)
register.filter("reason", reason_text)
register.simple_tag(status_label, name="state")


@register.filter
def rupees(amount: Decimal | None) -> str:
    """Return an amount with its currency, in groups of lakh and crore."""
    return "-" if amount is None else f"Rs {rupees_text(amount)}"


@register.filter
def short_rupees(amount: Decimal) -> str:
    """Return an amount in whole rupees, from a lakh on in lakh or crore."""
    return f"Rs {short(float(amount))}" if amount >= LAKH else f"Rs {rupees_text(amount).partition('.')[0]}"


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
