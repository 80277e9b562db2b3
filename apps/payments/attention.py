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


def payments_in_doubt() -> QuerySet[Payment]:
    """Return the payments that need attention; `is_handled` where a note is newer than the doubt."""
    newer_doubt = PaymentEvent.objects.filter(
        payment=OuterRef("payment"),
        kind=TrailKind.MOVE,
        to_status=PaymentStatus.NEEDS_ATTENTION,
        at__gt=OuterRef("at"),
    )
    notes = AttentionNote.objects.filter(~Exists(newer_doubt), payment=OuterRef("pk"), refund=None)
    return Payment.objects.filter(status=PaymentStatus.NEEDS_ATTENTION).annotate(is_handled=Exists(notes))


def refunds_in_doubt() -> QuerySet[Refund]:
    """Return the refunds that need attention; `is_handled` where none was sent since somebody looked."""
    newer_doubt = PaymentEvent.objects.filter(
        payment=OuterRef("payment"), operation="refund", at__gt=OuterRef("at")
    )
    notes = AttentionNote.objects.filter(~Exists(newer_doubt), refund=OuterRef("pk"))
    return Refund.objects.filter(status=RefundStatus.NEEDS_ATTENTION).annotate(is_handled=Exists(notes))
