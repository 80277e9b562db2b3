"""Which payments and refunds wait for a person, and which of them somebody has looked at."""

from django.db.models import Exists, OuterRef, QuerySet

from apps.payments.models import (
    AttentionNote,
    Payment,
    PaymentEvent,
    PaymentStatus,
    Refund,
    RefundStatus,
    TrailKind,
)


def payments_in_doubt(*, handled: bool) -> QuerySet[Payment]:
    """Return the payments that need attention: those with a note that is newer than the doubt, or without."""
    newer_doubt = PaymentEvent.objects.filter(
        payment=OuterRef("payment"),
        kind=TrailKind.MOVE,
        to_status=PaymentStatus.NEEDS_ATTENTION,
        at__gt=OuterRef("at"),
    )
    notes = AttentionNote.objects.filter(~Exists(newer_doubt), payment=OuterRef("pk"), refund=None)
    in_doubt = Payment.objects.filter(status=PaymentStatus.NEEDS_ATTENTION)
    return in_doubt.filter(Exists(notes) if handled else ~Exists(notes))


def refunds_in_doubt(*, handled: bool) -> QuerySet[Refund]:
    """Return the refunds that need attention: those at which somebody has looked since, or nobody."""
    newer_doubt = PaymentEvent.objects.filter(
        payment=OuterRef("payment"), operation="refund", at__gt=OuterRef("at")
    )
    notes = AttentionNote.objects.filter(~Exists(newer_doubt), refund=OuterRef("pk"))
    in_doubt = Refund.objects.filter(status=RefundStatus.NEEDS_ATTENTION)
    return in_doubt.filter(Exists(notes) if handled else ~Exists(notes))
