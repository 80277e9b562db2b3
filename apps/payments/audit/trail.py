"""Whether what is written down leads to where things stand."""

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, Lag

from apps.bookings.models import Booking, BookingEvent
from apps.payments.audit.base import BOOKING, PAYMENT, Check
from apps.payments.models import Payment, PaymentEvent, TrailKind

NOTHING = Value("")


def _last(moves: QuerySet[BookingEvent] | QuerySet[PaymentEvent]) -> Coalesce:
    return Coalesce(
        Subquery(moves.order_by("-id").values("to_status")[:1]), NOTHING, output_field=CharField()
    )


def _before(owner: str) -> Window:
    return Window(Lag("to_status", default=NOTHING), partition_by=F(owner), order_by="id")


def trail_ends_elsewhere() -> QuerySet[Payment]:
    moves = PaymentEvent.objects.filter(payment=OuterRef("pk"), kind=TrailKind.MOVE)
    return Payment.objects.annotate(last=_last(moves)).exclude(status=F("last"))


def trail_has_gaps() -> QuerySet[PaymentEvent]:
    """A move begins where the one before it ended; the first one with nothing."""
    moves: QuerySet[PaymentEvent] = PaymentEvent.objects.filter(kind=TrailKind.MOVE)
    return moves.annotate(before=_before("payment_id")).exclude(from_status=F("before"))


def history_ends_elsewhere() -> QuerySet[Booking]:
    moves = BookingEvent.objects.filter(booking=OuterRef("pk"))
    return Booking.objects.annotate(last=_last(moves)).exclude(status=F("last"))


def history_has_gaps() -> QuerySet[BookingEvent]:
    moves = BookingEvent.objects.annotate(before=_before("booking_id"))
    return moves.exclude(from_status=F("before"))


TRAIL_CHECKS = (
    Check("trail_differs", "the last move leads to another status", PAYMENT, trail_ends_elsewhere),
    Check(
        "trail_has_gaps",
        "a move begins where none ended",
        {"booking": "payment__booking_id", "payment": "payment_id", "event": "pk"},
        trail_has_gaps,
    ),
    Check("history_differs", "the last move leads to another status", BOOKING, history_ends_elsewhere),
    Check(
        "history_has_gaps",
        "a move begins where none ended",
        {"booking": "booking_id", "event": "pk"},
        history_has_gaps,
    ),
)
