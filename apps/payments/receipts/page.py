"""The receipt as a page to print."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from apps.bookings.models import Booking
from apps.common.bikram_sambat import devanagari
from apps.common.language import NEPALI
from apps.common.localtime import today
from apps.common.money import rupees_text
from apps.common.printed_page import both_calendars, both_calendars_nepali, printed_page
from apps.payments.models import Payment, Receipt, RefundStatus
from apps.payments.receipts.words import WORDS


def receipt_response(receipt: Receipt, language: str) -> HttpResponse:
    """Return the receipt of a payment in a language, as a page of its own."""
    return printed_page("payments/receipt.html", _content(receipt, language))


def _content(receipt: Receipt, language: str) -> dict[str, Any]:
    payment = receipt.payment
    booking = payment.booking
    return {
        "language": language,
        "words": WORDS[language],
        "receipt": receipt,
        "seller_address": settings.SELLER_ADDRESS if receipt.seller_pan == settings.SELLER_PAN else "",
        "payment": payment,
        "method": payment.method.name_in(language),
        "booking": booking,
        "begins": _begins(booking, language),
        "paid_on": _dates(payment.paid_at, language),
        "issued_on": _dates(receipt.issued_at, language),
        "lines": _lines(payment, language),
        "sums": _sums(payment, language),
    }


def _lines(payment: Payment, language: str) -> list[tuple[str, str]]:
    words = WORDS[language]
    booking = payment.booking
    lines = [(words["price"], booking.price)]
    if booking.discount:
        lines.append((words["discount"], -booking.discount))
    if payment.processing_fee:
        lines.append((f"{words['fee']}, {payment.method.name_in(language)}", payment.processing_fee))
    return [(label, _rupees(amount, language)) for label, amount in lines]


def _sums(payment: Payment, language: str) -> list[tuple[str, str]]:
    words = WORDS[language]
    paid = received(payment)
    sums = [(words["total"], payment.total_amount), (words["paid"], paid)]
    refunds = payment.refunds.filter(status=RefundStatus.COMPLETED)
    back = sum((refund.amount for refund in refunds), Decimal("0.00"))
    if back:
        sums += [(words["refunded"], -back), (words["remains"], paid - back)]
    return [(label, _rupees(amount, language)) for label, amount in sums]


def received(payment: Payment) -> Decimal:
    """Return the rupees that changed hands: in cash, what the provider took."""
    return payment.total_amount if payment.amount_collected is None else payment.amount_collected


def _rupees(amount: Decimal, language: str) -> str:
    return _written(f"{WORDS[language]['currency']} {rupees_text(amount)}", language)


def _dates(moment: datetime | None, language: str) -> str:
    return "" if moment is None else _day(today(moment), language)


def _begins(booking: Booking, language: str) -> str:
    if booking.booking_date is None:
        return ""
    return f"{_day(booking.booking_date, language)}, {_written(f'{booking.booking_time:%H:%M}', language)}"


def _day(day: date, language: str) -> str:
    return both_calendars_nepali(day) if language == NEPALI else both_calendars(day)


def _written(text: str, language: str) -> str:
    return devanagari(text) if language == NEPALI else text
