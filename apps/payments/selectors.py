"""Reads: methods on offer, whose payments are whose, and which payment stands where."""

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.http import Http404
from rest_framework.exceptions import ValidationError

from apps.accounts.models import Role, User
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingStatus, BookingStep, Recorded
from apps.bookings.selectors import booking_locked
from apps.common.encryption import keyed_hash
from apps.common.money import rounded
from apps.payments.gateways.registry import gateway_for
from apps.payments.locked import LockedPayment
from apps.payments.models import (
    BankTransferProof,
    MethodCode,
    Payment,
    PaymentMethod,
    PaymentStatus,
    Refund,
    RefundStatus,
)
from apps.payments.pricing import fee_for
from apps.payments.states import CLOSED_UNPAID, OPEN

LINK_MARGIN = timedelta(minutes=5)


def payment_methods_offered() -> list[PaymentMethod]:
    """Return the active methods that have their credentials; only cash without payment integration."""
    methods = PaymentMethod.objects.filter(is_active=True)
    if not settings.ENABLE_PAYMENT_INTEGRATION:
        methods = methods.filter(code=MethodCode.CASH)
    return [method for method in methods if gateway_for(method.code).is_configured(method.configuration)]


def payment_method_offered(code: str, total: Decimal | None = None) -> PaymentMethod:
    """Return a method on offer, for a total in rupees where that is known, to which its fee will be added.

    Raises ValidationError on `payment_method` for one that is unknown, switched off, or not for this amount.
    """
    method = next((method for method in payment_methods_offered() if method.code == code), None)
    if method is None:
        raise ValidationError({"payment_method": ["This payment method is not available."]})
    if total is not None and not method.min_amount <= total + fee_for(total, method) <= method.max_amount:
        limits = f"between Rs {method.min_amount} and Rs {method.max_amount}"
        raise ValidationError({"payment_method": [f"{method.name} takes amounts {limits}."]})
    return method


def payments_visible_to(user: User) -> QuerySet[Payment]:
    """Return a customer's payments, those of a provider's bookings, or for an admin all; newest first."""
    payments = Payment.objects.select_related("method")
    if user.role == Role.CUSTOMER:
        return payments.filter(booking__customer=user)
    if user.role == Role.PROVIDER:
        return payments.filter(booking__provider=user, booking__booking_step=BookingStep.COMPLETED)
    return payments


def payment_for(user: User, payment_id: int) -> Payment:
    """Return a payment the user may see. Raises Http404."""
    payment = payments_visible_to(user).filter(pk=payment_id).first()
    if payment is None:
        raise Http404
    return payment


def payment_locked(payment: Payment) -> tuple[LockedBooking, LockedPayment]:
    """Return a payment's booking and the payment, their rows locked in this order, as they are now."""
    booking = booking_locked(payment.booking_id)
    return booking, LockedPayment(payment_row_locked(payment.pk))


def payment_row_locked(payment_id: int) -> Payment:
    """Return a payment with its row alone locked: for proofs or notes that hang on it, not to move it."""
    rows = Payment.objects.select_for_update(no_key=True, of=("self",)).select_related("method")
    return rows.get(pk=payment_id)


def payments_locked(
    booking: LockedBooking, *, statuses: Collection[PaymentStatus] = OPEN
) -> list[LockedPayment]:
    """Return a booking's payments in these states, newest first: under its lock nobody else moves them."""
    payments = booking.payments.filter(status__in=statuses).select_related("method")
    return [LockedPayment(payment) for payment in payments]


def settlement_locked(booking: LockedBooking) -> LockedPayment | None:
    """Return the payment that settles the booking."""
    payment = settlement_of(booking)
    return None if payment is None else LockedPayment(payment)


def settlement_of(booking: Booking) -> Payment | None:
    """Return the payment that settles the booking."""
    return booking.payments.filter(is_settlement=True).select_related("method").first()


def payment_locked_as_new(payment: Payment) -> LockedPayment:
    """Return a payment that this transaction has just made under its booking's lock: nobody else sees it."""
    return LockedPayment(payment)


def payment_by_token(token: str) -> Payment | None:
    """Return the payment that a pidx or a widget token belongs to."""
    return Payment.objects.select_related("method").filter(gateway_token_hash=keyed_hash(token)).first()


def payment_by_reference(transaction_id: str) -> Payment | None:
    return Payment.objects.select_related("method").filter(transaction_id=transaction_id).first()


def is_settled(booking: Booking) -> bool:
    """Return whether a payment counts as this booking's payment."""
    return booking.payments.filter(is_settlement=True).exists()


def shown_payment(booking: Booking) -> Payment | None:
    """Return the payment whose status the booking shows: the settled one, else the newest."""
    return booking.payments.order_by("-is_settlement", "-created_at", "-id").first()


def recorded_of(payment: Payment | None) -> Recorded:
    """Return what a booking records of the payment that it shows; None: there is none yet."""
    if payment is None:
        return Recorded(PaymentStatus.PENDING, None, False, False, False)
    return Recorded(
        payment_status=payment.status,
        shown_payment_id=payment.pk,
        is_settled=payment.is_settlement,
        keeps_money=payment.is_settlement and payment.total_amount > in_refunds(payment),
        is_paid_enough=payment.is_settlement and is_enough(payment),
    )


def is_enough(payment: Payment) -> bool:
    """Return whether so much was paid that the booking's review counts.

    A paisa would buy stars otherwise. Half and more is what honest people agree on at the door.
    """
    return payment.amount_collected is None or payment.amount_collected >= payment.total_amount / 2


def unfinished_payment(booking: Booking, method: PaymentMethod, total: Decimal) -> Payment | None:
    """Return the newest payment of this method and amount that may still be paid."""
    statuses = [*OPEN, PaymentStatus.NEEDS_ATTENTION]
    payments = booking.payments.filter(method=method, total_amount=total, status__in=statuses)
    return payments.select_related("method", "secret").first()


def is_askable(payment: Payment) -> bool:
    """Return whether the gateway knows this payment by a name that we know too."""
    gateway = gateway_for(payment.method.code, is_widget_token=payment.is_widget_token)
    return gateway.can_be_asked and (not gateway.opens_over_network or payment.gateway_token_hash is not None)


def is_being_opened(payment: Payment, *, now: datetime) -> bool:
    """Return whether another request is asking the gateway for this payment's link right now."""
    if payment.status != PaymentStatus.PROCESSING or is_askable(payment) or payment.failure_reason:
        return False
    return payment.created_at > now - timedelta(seconds=settings.GATEWAY_TIMEOUT_SECONDS)


def link_is_good(payment: Payment, *, now: datetime) -> bool:
    return payment.link_expires_at is not None and payment.link_expires_at > now + LINK_MARGIN


def net_price(booking: Booking) -> Decimal:
    """Return the booking's price in rupees without any method's fee."""
    return booking.price - booking.discount


def still_owes(booking: Booking, payment: Payment) -> bool:
    """Return whether this payment pays exactly what the booking costs.

    A cash booking takes a wallet's fee instead of its own, and so does a later booking of a series; a draft
    without a choice has no fixed price.
    """
    if booking.payment_method == MethodCode.CASH or booking.series_id is not None:
        return net_price(booking) == payment.amount
    return bool(booking.payment_method) and booking.total_amount == payment.total_amount


def latest_proof(payment: Payment) -> BankTransferProof | None:
    """Return what the customer last said of a bank transfer."""
    return payment.proofs.select_related("removal").first()


def came_too_late(booking: Booking, payment: Payment) -> bool:
    """Return whether the payment was closed and the booking has gone on without it.

    A request that waits for a bank transfer takes it, also where another proof was rejected before. A later
    booking of a series waits for any payment it.
    """
    is_waiting = booking.status in (BookingStatus.DRAFT, BookingStatus.EXPIRED)
    is_waiting |= booking.awaits_own_payment
    if booking.status == BookingStatus.PENDING and payment.method.code == MethodCode.BANK_TRANSFER:
        is_waiting = booking.payment_method == MethodCode.BANK_TRANSFER
    return payment.status in CLOSED_UNPAID and not is_waiting


def refundable(payment: Payment) -> Decimal:
    """Return the rupees of a payment that no refund has taken yet."""
    return _paid(payment) - in_refunds(payment)


def in_refunds(payment: Payment) -> Decimal:
    """Return the rupees of a payment that went back or are to."""
    taken = Refund.objects.filter(payment=payment).exclude(status=RefundStatus.FAILED)
    return rounded(taken.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00"))


def _paid(payment: Payment) -> Decimal:
    """A provider may have taken less in cash than the booking costs."""
    if payment.amount_collected is None:
        return payment.total_amount
    return min(payment.amount_collected, payment.total_amount)
