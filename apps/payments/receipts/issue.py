"""Receipts: a number for each settled payment, without gaps in a fiscal year."""

from django.conf import settings
from django.db import transaction

from apps.accounts.models import User
from apps.common.bikram_sambat import fiscal_year
from apps.common.errors import DomainError
from apps.common.localtime import today
from apps.payments.models import Payment, Receipt, ReceiptCounter, SellerDetails
from apps.payments.selectors import payment_row_locked


def receipt_issue(*, payment: Payment) -> Receipt:
    """Return the payment's receipt; the first time it gets the next number of the fiscal year it was paid in.

    Raises `invalid_transition` for a payment that doesn't count as its booking's.
    """
    known = _known(payment)
    if known is not None:
        return known
    with transaction.atomic():
        payment = payment_row_locked(payment.pk)
        return _known(payment) or _issued(payment)


def _known(payment: Payment) -> Receipt | None:
    receipt: Receipt | None = Receipt.objects.filter(payment=payment).first()
    return receipt


def _issued(payment: Payment) -> Receipt:
    if not payment.is_settlement or payment.paid_at is None:
        raise DomainError("invalid_transition", "There is a receipt once the booking is paid.")
    booking = payment.booking
    seller_name, seller_pan = _seller(booking.provider)
    year = fiscal_year(today(payment.paid_at))
    receipt: Receipt = Receipt.objects.create(
        payment=payment,
        fiscal_year=year,
        number=_next_number(year),
        seller_name=seller_name,
        seller_pan=seller_pan,
        customer_name=booking.customer.full_name,
        service_title=booking.service.title,
    )
    return receipt


def _next_number(year: str) -> int:
    """Return the next number; the counter stays locked until the receipt is committed, or undone with it."""
    ReceiptCounter.objects.get_or_create(fiscal_year=year)
    counter = ReceiptCounter.objects.select_for_update().get(fiscal_year=year)
    counter.last_number += 1
    counter.save(update_fields=["last_number"])
    return counter.last_number


def _seller(provider: User) -> tuple[str, str]:
    details = SellerDetails.objects.filter(provider=provider).first()
    if details is None:
        return settings.SELLER_NAME, settings.SELLER_PAN
    return details.name, details.pan
