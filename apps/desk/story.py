"""All that happened to one booking, for its page: ten queries, however much it is."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest

from apps.accounts.staff import staff_may
from apps.bookings.models import Booking, BookingEvent, Review
from apps.bookings.selectors import history_of
from apps.notifications.models import Delivery, Notification
from apps.payments.models import AttentionNote, BankTransferProof, Payment, PaymentEvent, Refund


@dataclass(frozen=True, slots=True)
class Story:
    """What the page tells beside the booking itself. None: what somebody may not see."""

    history: list[BookingEvent]
    payments: list[Payment] | None
    messages: list[Notification] | None
    review: Review | None
    others_of_customer: int


def story_of(booking: Booking, *, request: HttpRequest) -> Story:
    others = Booking.objects.filter(customer=booking.customer_id).exclude(pk=booking.pk)
    return Story(
        history=list(history_of(booking)),
        payments=_payments(booking) if staff_may(request, "payments.view_payment") else None,
        messages=_messages(booking) if staff_may(request, "notifications.view_notification") else None,
        review=Review.objects.filter(booking=booking).first(),
        others_of_customer=others.count(),
    )


def _payments(booking: Booking) -> list[Payment]:
    """Return the attempts, oldest first, each with its trail, refunds, proofs and what people found."""
    people = ("requested_by", "completed_by")
    return list(
        booking.payments.select_related("method")
        .prefetch_related(
            Prefetch("events", PaymentEvent.objects.select_related("actor")),
            Prefetch("refunds", Refund.objects.select_related(*people).order_by("id")),
            Prefetch("attention_notes", AttentionNote.objects.select_related("noted_by")),
            Prefetch("proofs", BankTransferProof.objects.all()),
        )
        .order_by("id")
    )


def _messages(booking: Booking) -> list[Notification]:
    """Return what people were told of it, oldest first, and how that went out."""
    deliveries = Prefetch("deliveries", Delivery.objects.order_by("channel"))
    told = booking.notifications.select_related("recipient").prefetch_related(deliveries)
    return list(told.order_by("created_at", "id"))
