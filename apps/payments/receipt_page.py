"""The receipt as a page to print: it loads nothing, runs nothing, and has its style within."""

import base64
import hashlib
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

from apps.common.bikram_sambat import bikram_sambat_text
from apps.common.localtime import today
from apps.common.money import rupees_text
from apps.payments.models import Payment, Receipt, RefundStatus

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #111; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
header { display: flex; justify-content: space-between; border-bottom: 2px solid #111; margin-bottom: 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
dl { display: grid; grid-template-columns: 12rem 1fr; margin: 0 0 1rem; }
dt { color: #555; }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: .3rem 0; border-bottom: 1px solid #ccc; text-align: left; font-weight: normal; }
td { text-align: right; font-variant-numeric: tabular-nums; }
tr.sum > * { font-weight: bold; border-bottom: 2px solid #111; }
@media print { body { margin: 0; } }
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src 'sha256-{STYLE_HASH}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


def receipt_response(receipt: Receipt) -> HttpResponse:
    """Return the receipt of a payment, as a page of its own."""
    page = render_to_string("payments/receipt.html", _content(receipt))
    response = HttpResponse(page)
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response


def _content(receipt: Receipt) -> dict[str, Any]:
    payment = receipt.payment
    booking = payment.booking
    return {
        "style": STYLE,
        "receipt": receipt,
        "seller_address": settings.SELLER_ADDRESS if receipt.seller_pan == settings.SELLER_PAN else "",
        "payment": payment,
        "booking": booking,
        "paid_on": _dates(payment.paid_at),
        "issued_on": _dates(receipt.issued_at),
        "lines": _lines(payment),
        "sums": _sums(payment),
    }


def _lines(payment: Payment) -> list[tuple[str, str]]:
    booking = payment.booking
    lines = [("Price", booking.price)]
    if booking.discount:
        lines.append(("Discount", -booking.discount))
    if payment.processing_fee:
        lines.append((f"Processing fee, {payment.method.name}", payment.processing_fee))
    return [(label, rupees_text(amount)) for label, amount in lines]


def _sums(payment: Payment) -> list[tuple[str, str]]:
    paid = received(payment)
    sums = [("Total", payment.total_amount), ("Paid", paid)]
    refunds = payment.refunds.filter(status=RefundStatus.COMPLETED)
    back = sum((refund.amount for refund in refunds), Decimal("0.00"))
    if back:
        sums += [("Refunded", -back), ("Remains", paid - back)]
    return [(label, rupees_text(amount)) for label, amount in sums]


def received(payment: Payment) -> Decimal:
    """Return the rupees that changed hands: in cash, what the provider took."""
    return payment.total_amount if payment.amount_collected is None else payment.amount_collected


def _dates(moment: datetime | None) -> str:
    if moment is None:
        return ""
    day = today(moment)
    return f"{day.isoformat()} A.D. ({bikram_sambat_text(day)} B.S.)"
