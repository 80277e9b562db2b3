"""Whether refunds and the status of their payment say the same."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from apps.payments.attention import is_handled
from apps.payments.audit.base import CLAIMED, PAYMENT, REFUND, Check, refunded_sum, refunds_where
from apps.payments.audit.bookings import TAKES_PLACE
from apps.payments.audit.money import UNPAID
from apps.payments.gateways.base import Outcome
from apps.payments.models import Payment, PaymentEvent, PaymentStatus, Refund, RefundStatus, TrailKind

UNDER_WAY = (RefundStatus.PENDING, RefundStatus.PROCESSING, RefundStatus.NEEDS_ATTENTION)
DONE = Q(status=RefundStatus.COMPLETED)
# The same for a query of payments.
GONE = Q(refunds__status=RefundStatus.COMPLETED)


def more_than_paid() -> QuerySet[Payment]:
    return Payment.objects.annotate(claimed=refunded_sum(CLAIMED)).filter(claimed__gt=F("total_amount"))


def nothing_paid() -> QuerySet[Refund]:
    return Refund.objects.filter(payment__status__in=UNPAID).exclude(status=RefundStatus.FAILED)


def not_shown() -> QuerySet[Refund]:
    """Under way, and the payment doesn't say so; or done, and it still counts as kept."""
    waits = Q(status__in=UNDER_WAY) & ~Q(
        payment__status__in=(PaymentStatus.REFUND_PENDING, PaymentStatus.NEEDS_ATTENTION)
    )
    # A part went back at the gateway; the rest is in front of a person.
    waits &= ~Q(status=RefundStatus.NEEDS_ATTENTION, payment__status=PaymentStatus.PARTIALLY_REFUNDED)
    return Refund.objects.filter(waits | (DONE & Q(payment__status=PaymentStatus.COMPLETED))).exclude(
        payment__status__in=UNPAID
    )


def nothing_under_way() -> QuerySet[Payment]:
    under_way = refunds_where(Q(refunds__status__in=UNDER_WAY))
    waiting = Payment.objects.filter(status=PaymentStatus.REFUND_PENDING)
    return waiting.annotate(under_way=under_way).filter(under_way=0)


def unexplained() -> QuerySet[Payment]:
    """What went back lies in refunds that are done, or was told by the gateway, at the gateway."""
    told = Exists(
        PaymentEvent.objects.filter(
            payment=OuterRef("pk"),
            kind=TrailKind.ANSWER,
            outcome__in=(Outcome.REFUNDED, Outcome.PARTIALLY_REFUNDED),
        )
    )
    wrong_in_full = Q(status=PaymentStatus.REFUNDED) & ~Q(done=F("total_amount"))
    wrong_in_part = Q(status=PaymentStatus.PARTIALLY_REFUNDED) & ~Q(done__gt=0, done__lt=F("total_amount"))
    refunded = Payment.objects.filter(
        ~told, status__in=(PaymentStatus.REFUNDED, PaymentStatus.PARTIALLY_REFUNDED)
    )
    return refunded.annotate(done=refunded_sum(GONE)).filter(wrong_in_full | wrong_in_part)


def taken_back() -> QuerySet[Payment]:
    """Nobody is paid for a booking that stands, and nobody of ours decided that or has looked since."""
    by_us = GONE & (Q(refunds__requested_by__isnull=False) | Q(refunds__completed_by__isnull=False))
    gone = Payment.objects.filter(
        ~is_handled(), is_settlement=True, status=PaymentStatus.REFUNDED, booking__status__in=TAKES_PLACE
    )
    return gone.annotate(by_us=refunded_sum(by_us)).filter(by_us__lt=F("total_amount"))


def without_date() -> QuerySet[Refund]:
    return Refund.objects.filter(DONE, completed_at=None)


REFUND_CHECKS = (
    Check("refunds_exceed_payment", "more goes back than came", PAYMENT, more_than_paid),
    Check("refund_of_nothing", "goes back, and never came", REFUND, nothing_paid),
    Check("refund_not_shown", "the payment's status doesn't tell of it", REFUND, not_shown),
    Check("refund_missing", "waits for a refund that isn't there", PAYMENT, nothing_under_way),
    Check("refund_unexplained", "refunded by no refund and no answer", PAYMENT, unexplained),
    Check("taken_back", "takes place, and nobody of ours gave all of it back", PAYMENT, taken_back),
    Check("refund_without_date", "done, and nobody knows when", REFUND, without_date),
)
