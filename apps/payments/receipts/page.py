"""The receipt as a page to print."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from apps.common.localtime import today
from apps.common.money import rupees_text
from apps.common.printed_page import both_calendars, printed_page
from apps.payments.models import Payment, Receipt, RefundStatus


def receipt_response(receipt: Receipt) -> HttpResponse:
    """Return the receipt of a payment, as a page of its own."""
    return printed_page("payments/receipt.html", _content(receipt))


def _content(receipt: Receipt) -> dict[str, Any]:
    payment = receipt.payment
    booking = payment.booking
    return {
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
    return "" if moment is None else both_calendars(today(moment))
