"""Whether what is written down leads to where things stand."""

from django.db.models import Exists, F, OuterRef, QuerySet, Value, Window
from django.db.models.functions import FirstValue, Lag

from apps.bookings.models import Booking, BookingEvent
from apps.payments.audit.base import BOOKING, PAYMENT, Check, in_either
from apps.payments.models import Payment, PaymentEvent, TrailKind

NOTHING = Value("")


def _last(owner: str) -> Window:
    return Window(FirstValue("to_status"), partition_by=F(owner), order_by="-id")


def _before(owner: str) -> Window:
    return Window(Lag("to_status", default=NOTHING), partition_by=F(owner), order_by="id")


def trail_ends_elsewhere() -> QuerySet[Payment]:
    moves: QuerySet[PaymentEvent] = PaymentEvent.objects.filter(kind=TrailKind.MOVE)
    last = moves.annotate(last=_last("payment_id"), status=F("payment__status"))
    elsewhere = last.exclude(last=F("status")).values("payment_id")
    without = Payment.objects.filter(~Exists(moves.filter(payment=OuterRef("pk")))).values("pk")
    return Payment.objects.filter(in_either(elsewhere, without))


def trail_has_gaps() -> QuerySet[PaymentEvent]:
    """A move begins where the one before it ended; the first one with nothing."""
    moves: QuerySet[PaymentEvent] = PaymentEvent.objects.filter(kind=TrailKind.MOVE)
    return moves.annotate(before=_before("payment_id")).exclude(from_status=F("before"))


def history_ends_elsewhere() -> QuerySet[Booking]:
    last = BookingEvent.objects.annotate(last=_last("booking_id"), status=F("booking__status"))
    elsewhere = last.exclude(last=F("status")).values("booking_id")
    moves = BookingEvent.objects.filter(booking=OuterRef("pk"))
    without = Booking.objects.filter(~Exists(moves)).values("pk")
    return Booking.objects.filter(in_either(elsewhere, without))


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
