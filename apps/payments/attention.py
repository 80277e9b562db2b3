"""Which payments and refunds wait for a person, and which of them somebody has looked at."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from apps.bookings.models import BookingStatus
from apps.payments.models import (
    AttentionNote,
    AttentionReason,
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
_TAKEN_BACK = Q(reason=AttentionReason.GIVEN_BACK)
_DOUBTS = Q(kind=TrailKind.MOVE) & (Q(to_status=PaymentStatus.NEEDS_ATTENTION) | _TAKEN_BACK)
_UNCLEAR = Q(status=PaymentStatus.NEEDS_ATTENTION)
_WENT_BACK = Q(
    is_settlement=True,
    status__in=(PaymentStatus.REFUNDED, PaymentStatus.PARTIALLY_REFUNDED),
    booking__status__in=BOOKING_STANDS,
)


def payments_in_doubt(*, handled: bool) -> QuerySet[Payment]:
    """Return the payments that need attention: those with a note that is newer than the doubt, or without.

    Also those whose money went back at the gateway, while their booking stands.
    """
    taken_back = Payment.objects.filter(
        _WENT_BACK, pk__in=PaymentEvent.objects.filter(_TAKEN_BACK, kind=TrailKind.MOVE).values("payment")
    )
    unclear = Payment.objects.filter(_UNCLEAR)
    # Each by its own index: with "or" between them PostgreSQL reads all payments that there ever were.
    both = unclear.order_by().values("pk").union(taken_back.order_by().values("pk"))
    in_doubt = Payment.objects.filter(pk__in=both)
    return in_doubt.filter(is_handled() if handled else ~is_handled())


def needs_a_person(payment: Payment) -> bool:
    """Return whether a payment is in doubt, whoever has looked at it."""
    return any(payments_in_doubt(handled=handled).filter(pk=payment.pk).exists() for handled in (False, True))


def attention_reason() -> Case:
    """Why a payment needs attention, or nothing, for a query of payments; as its trail says."""
    moves = PaymentEvent.objects.filter(payment=OuterRef("pk"), kind=TrailKind.MOVE).exclude(reason="")
    last = Coalesce(Subquery(moves.order_by("-id").values("reason")[:1]), Value(""))
    return Case(When(_UNCLEAR | _WENT_BACK, then=last), default=Value(""))


def attention_reason_of(payment: Payment) -> str:
    """Return why a payment needs attention in words, or nothing."""
    row = Payment.objects.filter(pk=payment.pk).annotate(attention_reason=attention_reason())
    return reason_text(row.values_list("attention_reason", flat=True).get())


def reason_text(reason: str) -> str:
    """Return why something needs attention in words, nothing for no reason."""
    return AttentionReason(reason).label if reason else ""


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
