"""Whether all money that came has a home: a booking that it settles, a refund, or a person who looks."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import FirstValue

from apps.bookings.models import BookingEvent, BookingStatus
from apps.payments.audit.base import CLAIMED, PAYMENT, Check, refunded_sum, refunds_where
from apps.payments.gateways.base import Outcome
from apps.payments.models import (
    MethodCode,
    Payment,
    PaymentEvent,
    PaymentStatus,
    RefundStatus,
    TrailKind,
)
from apps.payments.states import CLOSED_UNPAID, OPEN, PAID

UNPAID = OPEN | CLOSED_UNPAID
CANCELLED_STATES = (BookingStatus.CANCELLED, BookingStatus.REJECTED, BookingStatus.EXPIRED)
ASKING = ("lookup", "verify", "status")


def settlement_not_paid() -> QuerySet[Payment]:
    return Payment.objects.filter(is_settlement=True).exclude(status__in=PAID)


def amount_differs() -> QuerySet[Payment]:
    """The settled amount is what the booking costs, with the fee of the method by which it was paid."""
    return Payment.objects.filter(is_settlement=True).exclude(
        total_amount=F("booking__total_amount"),
        processing_fee=F("booking__fee"),
        method__code=F("booking__payment_method"),
    )


def cash_not_counted() -> QuerySet[Payment]:
    return Payment.objects.filter(is_settlement=True, method__code=MethodCode.CASH, amount_collected=None)


def without_home() -> QuerySet[Payment]:
    """Paid, beside the settlement, and neither all claimed by refunds nor in front of a person."""
    with_a_person = refunds_where(Q(refunds__status=RefundStatus.NEEDS_ATTENTION))
    beside = Payment.objects.filter(is_settlement=False).annotate(
        claimed=refunded_sum(CLAIMED), with_a_person=with_a_person
    )
    halfway = (PaymentStatus.REFUND_PENDING, PaymentStatus.PARTIALLY_REFUNDED)
    homeless = Q(status__in=halfway, claimed__lt=F("total_amount"), with_a_person=0)
    return beside.filter(
        Q(status=PaymentStatus.COMPLETED) | Q(status__in=UNPAID, paid_at__isnull=False) | homeless
    )


def answer_overheard() -> QuerySet[Payment]:
    """The gateway's last word was that it is paid, and yet it counts as unpaid."""
    answers = PaymentEvent.objects.filter(
        kind=TrailKind.ANSWER, operation__in=ASKING, payment__status__in=UNPAID
    ).exclude(outcome="")
    last = Window(FirstValue("outcome"), partition_by=F("payment_id"), order_by="-id")
    overheard = answers.order_by().annotate(last=last).filter(last=Outcome.PAID)
    return Payment.objects.filter(pk__in=overheard.values("payment_id"))


def kept_after_the_end() -> QuerySet[Payment]:
    """Only a customer who cancels a time that was their choice may leave something behind: the late fee."""
    may_keep = Exists(
        BookingEvent.objects.filter(
            booking=OuterRef("booking_id"),
            to_status=BookingStatus.CANCELLED,
            actor=F("booking__customer"),
            booking__moved_by_provider_at=None,
        )
    )
    ended = Payment.objects.filter(~may_keep, is_settlement=True, booking__status__in=CANCELLED_STATES)
    kept = ended.exclude(status=PaymentStatus.REFUNDED).annotate(claimed=refunded_sum(CLAIMED))
    return kept.filter(claimed__lt=F("total_amount"))


MONEY_CHECKS = (
    Check("settlement_not_paid", "counts as the payment, and is not paid", PAYMENT, settlement_not_paid),
    Check("amount_differs", "settles with another amount, fee or method", PAYMENT, amount_differs),
    Check("cash_not_counted", "settled in cash without the amount collected", PAYMENT, cash_not_counted),
    Check(
        "without_home", "paid, and it neither settles nor goes back, nor is looked at", PAYMENT, without_home
    ),
    Check("answer_overheard", "paid says the gateway, unpaid say we", PAYMENT, answer_overheard),
    Check("kept_after_the_end", "not all goes back of a booking we cancelled", PAYMENT, kept_after_the_end),
)
