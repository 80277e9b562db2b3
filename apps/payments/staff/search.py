"""What a text in a search of the admin means: keys that have an index, never a part of a word."""

from django.db.models import Q

from apps.accounts.staff import people_found
from apps.bookings.models import Booking
from apps.payments.gateways.bank_transfer.references import same_reference
from apps.payments.models import BankTransferProof, Payment, PaymentMethod, Receipt, ReceiptCounter

LARGEST_ID = 2**63 - 1


def as_id(text: str) -> int | None:
    """Return the number that a text is, if a row could have it."""
    number = int(text) if text.isascii() and text.isdigit() else 0
    return number if 0 < number <= LARGEST_ID else None


def payments_found(text: str) -> Q:
    """Match payments by id, booking's reference, transaction's id, proof's reference, or the customer."""
    methods = PaymentMethod.objects.values("pk")  # the index begins with the method
    numbers = {text, same_reference(text)}  # a bank's is kept without spaces and dashes
    theirs = Payment.objects.filter(method__in=methods, gateway_transaction_id__in=numbers)
    ids = {
        *Payment.objects.filter(transaction_id=text).values_list("pk", flat=True),
        *theirs.values_list("pk", flat=True),
        *BankTransferProof.objects.filter(reference=text).values_list("payment_id", flat=True)[:100],
    }
    if number := as_id(text):
        ids.add(number)
    bookings = set(Booking.objects.filter(reference=text.upper()).values_list("pk", flat=True))
    if people := people_found(text):
        of_people = Booking.objects.filter(customer__in=people).order_by("-created_at")
        bookings.update(of_people.values_list("pk", flat=True)[:1000])
    return Q(pk__in=ids) | Q(booking_id__in=bookings)


def receipts_found(text: str) -> Q:
    """Match receipts by number, with or without its year, by payment, or by the booking's reference."""
    payments = set(Payment.objects.filter(booking__reference=text.upper()).values_list("pk", flat=True))
    year, _, number = text.rpartition("-")
    counted = as_id(number)
    if counted is None:
        return Q(payment_id__in=payments)
    if not year:
        payments.add(counted)
    years = [year] if year else list(ReceiptCounter.objects.values_list("pk", flat=True))
    numbered = set(Receipt.objects.filter(fiscal_year__in=years, number=counted).values_list("pk", flat=True))
    return Q(payment_id__in=payments) | Q(pk__in=numbered)
