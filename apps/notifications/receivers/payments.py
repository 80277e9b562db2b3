"""What people are told of money. Rows only: they are sent after the commit."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking, BookingStatus
from apps.notifications.actions.record import Message, notification_record
from apps.notifications.kinds import Kind
from apps.notifications.people import admins, both, customer_of, provider_of
from apps.payments import events
from apps.payments.models import MethodCode, Payment, PaymentEvent, Refund
from apps.payments.refunds.selectors import refunds_by_gateway

BY_HAND = (MethodCode.CASH, MethodCode.BANK_TRANSFER)


def _about(payment: Payment, **more: Any) -> dict[str, Any]:
    return {
        "payment": payment.pk,
        "amount": f"{payment.total_amount:.2f}",
        "method": payment.method.name,
        **more,
    }


@receiver(events.payment_settled)
def notify_of_payment(
    payment: Payment, booking: Booking, confirmed: bool, is_late: bool, **kwargs: Any
) -> None:
    """Of late money `payment_came_late` tells; cash the provider has themselves."""
    if is_late:
        return
    collected = payment.amount_collected
    paid = payment.total_amount if collected is None else collected
    message = Message(
        Kind.PAYMENT_RECEIVED,
        booking,
        f"{payment.pk}",
        context=_about(payment, amount=f"{paid:.2f}", confirmed=confirmed),
        by_sms=confirmed,
    )
    is_cash = payment.method.code == MethodCode.CASH
    notification_record(message, customer_of(booking) if is_cash else both(booking))


@receiver(events.payment_failed)
def notify_of_failure(payment: Payment, booking: Booking, **kwargs: Any) -> None:
    """Of a transfer's rejection, and of a request that expired unpaid, other messages tell."""
    if payment.method.code in BY_HAND:
        return
    message = Message(Kind.PAYMENT_FAILED, booking, f"{payment.pk}", context=_about(payment))
    notification_record(message, customer_of(booking))


@receiver(events.payment_came_late)
def notify_of_late_money(payment: Payment, booking: Booking, kept: bool, **kwargs: Any) -> None:
    kind = Kind.PAYMENT_LATE_KEPT if kept else Kind.PAYMENT_LATE_RETURNED
    people = both(booking) if kept else customer_of(booking)
    message = Message(kind, booking, f"{payment.pk}", context=_about(payment))
    notification_record(message, admins() | people)


@receiver(events.payment_needs_attention)
def notify_admins(
    payment: Payment, booking: Booking, event: PaymentEvent, refund: Refund | None = None, **kwargs: Any
) -> None:
    """Each doubt anew: the one before may have been cleared."""
    context = _about(payment, refund=refund.pk) if refund else _about(payment)
    message = Message(Kind.PAYMENT_NEEDS_ATTENTION, booking, f"{payment.pk}:{event.pk}", context=context)
    notification_record(message, admins())


@receiver(events.payment_taken_back)
def notify_of_money_taken_back(payment: Payment, booking: Booking, is_all: bool, **kwargs: Any) -> None:
    """The customer has it; the provider hears while they can still decide whether to go there."""
    message = Message(
        Kind.PAYMENT_TAKEN_BACK,
        booking,
        f"{payment.pk}:{'all' if is_all else 'part'}",
        context=_about(payment, is_all=is_all),
    )
    notification_record(message, (provider_of(booking) if _lies_ahead(booking) else {}) | admins())


def _lies_ahead(booking: Booking) -> bool:
    is_on = booking.status in (BookingStatus.PENDING, BookingStatus.CONFIRMED)
    return is_on and booking.starts_at is not None and booking.starts_at > timezone.now()


@receiver(events.refund_requested)
def notify_of_refund(refund: Refund, booking: Booking, actor: User | None, **kwargs: Any) -> None:
    """Of late money that goes back the customer knows already; by hand it goes back through an admin."""
    payment = refund.payment
    people = customer_of(booking) if payment.is_settlement else {}
    if not refunds_by_gateway(payment):
        people = admins(actor=actor) | people
    message = Message(Kind.REFUND_REQUESTED, booking, f"{refund.pk}", context=_about_refund(refund))
    notification_record(message, people)


@receiver(events.refund_completed)
def notify_of_money_back(refund: Refund, booking: Booking, **kwargs: Any) -> None:
    message = Message(Kind.REFUND_COMPLETED, booking, f"{refund.pk}", context=_about_refund(refund))
    notification_record(message, customer_of(booking))


def _about_refund(refund: Refund) -> dict[str, Any]:
    return _about(refund.payment, refund=refund.pk, amount=f"{refund.amount:.2f}")


@receiver(events.transfer_rejected)
def notify_of_rejected_transfer(
    payment: Payment, booking: Booking, reason: str, actor: User | None = None, **kwargs: Any
) -> None:
    context = _about(payment, reason=reason)
    if booking.expires_at is not None:
        context["until"] = booking.expires_at.isoformat()
    message = Message(Kind.TRANSFER_REJECTED, booking, f"{payment.pk}", context=context)
    notification_record(message, customer_of(booking))
