"""Which payments and refunds wait for a person, and which of them somebody has looked at."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.bookings.models import BookingStatus
from apps.payments.models import (
    GIVEN_BACK_AT_GATEWAY,
    AttentionNote,
    Payment,
    PaymentEvent,
    PaymentStatus,
    Refund,
    RefundStatus,
    TrailKind,
)

# Of a booking that was cancelled nothing is to be decided: its money was to go back.
BOOKING_STANDS = (
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.IN_PROGRESS,
    BookingStatus.COMPLETED,
    BookingStatus.NO_SHOW,
)
_TAKEN_BACK = Q(detail__startswith=GIVEN_BACK_AT_GATEWAY)
_DOUBTS = Q(kind=TrailKind.MOVE) & (Q(to_status=PaymentStatus.NEEDS_ATTENTION) | _TAKEN_BACK)


def payments_in_doubt(*, handled: bool) -> QuerySet[Payment]:
    """Return the payments that need attention: those with a note that is newer than the doubt, or without.

    Also those whose money went back at the gateway, while their booking stands.
    """
    taken_back = Payment.objects.filter(
        pk__in=PaymentEvent.objects.filter(_TAKEN_BACK, kind=TrailKind.MOVE).values("payment"),
        is_settlement=True,
        status__in=(PaymentStatus.REFUNDED, PaymentStatus.PARTIALLY_REFUNDED),
        booking__status__in=BOOKING_STANDS,
    )
    unclear = Payment.objects.filter(status=PaymentStatus.NEEDS_ATTENTION)
    # Each by its own index: with "or" between them PostgreSQL reads all payments that there ever were.
    both = unclear.order_by().values("pk").union(taken_back.order_by().values("pk"))
    in_doubt = Payment.objects.filter(pk__in=both)
    return in_doubt.filter(is_handled() if handled else ~is_handled())


def needs_a_person(payment: Payment) -> bool:
    """Return whether a payment is in doubt, whoever has looked at it."""
    return any(payments_in_doubt(handled=handled).filter(pk=payment.pk).exists() for handled in (False, True))


def is_handled() -> Exists:
    """Whether somebody has looked at a payment since its last doubt, for a query of payments."""
    newer_doubt = PaymentEvent.objects.filter(_DOUBTS, payment=OuterRef("payment"), at__gt=OuterRef("at"))
    return Exists(AttentionNote.objects.filter(~Exists(newer_doubt), payment=OuterRef("pk"), refund=None))


def refunds_in_doubt(*, handled: bool) -> QuerySet[Refund]:
    """Return the refunds that need attention: those at which somebody has looked since, or nobody."""
    newer_doubt = PaymentEvent.objects.filter(
        payment=OuterRef("payment"), operation="refund", at__gt=OuterRef("at")
    )
    notes = AttentionNote.objects.filter(~Exists(newer_doubt), refund=OuterRef("pk"))
    in_doubt = Refund.objects.filter(status=RefundStatus.NEEDS_ATTENTION)
    return in_doubt.filter(Exists(notes) if handled else ~Exists(notes))
