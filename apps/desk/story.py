"""All that happened to one booking, for its page: ten queries, however much it is."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest

from apps.accounts.staff import staff_may
from apps.bookings.models import Booking, BookingEvent, BookingStep, Review
from apps.bookings.selectors import history_of
from apps.bookings.steps import completed_steps
from apps.notifications.models import Delivery, Notification
from apps.payments.attention import attention_reason
from apps.payments.models import AttentionNote, BankTransferProof, Payment, PaymentEvent, Refund

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Story:
    """What the page tells beside the booking itself. None, or without parts: what somebody may not see."""

    steps_done: list[BookingStep]
    history: list[BookingEvent]
    payments: list[Payment] | None
    messages: list[Notification] | None
    review: Review | None
    shows_reservation: bool
    others_of_customer: int


def story_of(booking: Booking, *, request: HttpRequest) -> Story:
    sees_payments = staff_may(request, "payments.view_payment")
    sees_messages = staff_may(request, "notifications.view_notification")
    others = Booking.objects.filter(customer=booking.customer_id).exclude(pk=booking.pk)
    return Story(
        steps_done=completed_steps(booking),
        history=list(history_of(booking)),
        payments=_payments(booking, request) if sees_payments else None,
        messages=_messages(booking, request) if sees_messages else None,
        review=_seen(Review.objects.filter(booking=booking), request).first(),
        shows_reservation=staff_may(request, "slots.view_reservation"),
        others_of_customer=others.count(),
    )


def _seen(rows: QuerySet[Row], request: HttpRequest) -> QuerySet[Row]:
    """Return rows to who may view their kind, and none to others: not even a query."""
    opts = rows.model._meta
    return rows if staff_may(request, f"{opts.app_label}.view_{opts.model_name}") else rows.none()


def _payments(booking: Booking, request: HttpRequest) -> list[Payment]:
    """Return the payments, oldest first, each with its trail, refunds, proofs and what people found."""
    people = ("requested_by", "completed_by")
    parts: dict[str, QuerySet[Any]] = {
        "events": PaymentEvent.objects.select_related("actor"),
        "refunds": Refund.objects.select_related(*people).order_by("id"),
        "attention_notes": AttentionNote.objects.select_related("noted_by"),
        "proofs": BankTransferProof.objects.all(),
    }
    return list(
        booking.payments.annotate(attention_reason=attention_reason())
        .select_related("method")
        .prefetch_related(*(Prefetch(name, _seen(rows, request)) for name, rows in parts.items()))
        .order_by("id")
    )


def _messages(booking: Booking, request: HttpRequest) -> list[Notification]:
    """Return what people were told of it, oldest first, and how that went out."""
    deliveries = Prefetch("deliveries", _seen(Delivery.objects.order_by("channel"), request))
    told = booking.notifications.select_related("recipient").prefetch_related(deliveries)
    return list(told.order_by("created_at", "id"))
