"""What people are told of a booking's moves. Rows only: they are sent after the commit."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.disputes import OBJECTION
from apps.bookings.models import Booking, BookingSeries, BookingStep, Dispute
from apps.notifications.actions.record import Message, notification_record
from apps.notifications.kinds import Kind
from apps.notifications.people import both, customer_of

Batch = str | None


@receiver(events.booking_requested)
def notify_of_request(booking: Booking, actor: User | None, batch: Batch = None, **kwargs: Any) -> None:
    context = {"until": booking.expires_at.isoformat()} if booking.expires_at else {}
    message = Message(
        Kind.BOOKING_REQUESTED, booking, f"{booking.pk}", context=context, batch=batch, acted_by=actor
    )
    notification_record(message, both(booking, actor=actor))


@receiver(events.booking_confirmed)
def notify_of_confirmation(booking: Booking, actor: User | None, batch: Batch = None, **kwargs: Any) -> None:
    """Confirmed by nobody, it is confirmed by its payment, which tells of both in one message."""
    if actor is None:
        return
    event = f"{booking.pk}:{booking.starts_at}:{booking.confirmed_at}"
    message = Message(Kind.BOOKING_CONFIRMED, booking, event, batch=batch, acted_by=actor)
    notification_record(message, both(booking, actor=actor))


@receiver(events.booking_rejected)
def notify_of_rejection(booking: Booking, actor: User | None, batch: Batch = None, **kwargs: Any) -> None:
    message = Message(Kind.BOOKING_REJECTED, booking, f"{booking.pk}", batch=batch, acted_by=actor)
    notification_record(message, both(booking, actor=actor))


@receiver(events.booking_cancelled)
def notify_of_cancellation(booking: Booking, actor: User | None, batch: Batch = None, **kwargs: Any) -> None:
    by = "" if actor is None else str(actor.role)
    message = Message(
        Kind.BOOKING_CANCELLED, booking, f"{booking.pk}", context={"by": by}, batch=batch, acted_by=actor
    )
    notification_record(message, both(booking, actor=actor))


@receiver(events.booking_rescheduled)
def notify_of_new_time(
    booking: Booking,
    actor: User | None,
    from_starts_at: datetime,
    needs_confirmation: bool = False,
    batch: Batch = None,
    **kwargs: Any,
) -> None:
    # A booking may go from one time to another, back, and there again.
    event = f"{booking.pk}:{from_starts_at}:{booking.starts_at}:{timezone.now()}"
    by = "" if actor is None else str(actor.role)
    message = Message(
        Kind.BOOKING_RESCHEDULED,
        booking,
        event,
        context={"needs_confirmation": needs_confirmation, "by": by},
        batch=batch,
        from_starts_at=from_starts_at,
        acted_by=actor,
    )
    notification_record(message, both(booking, actor=actor))


@receiver(events.booking_expired)
def notify_of_expiry(booking: Booking, actor: User | None, batch: Batch = None, **kwargs: Any) -> None:
    """A draft that ran out, or was thrown away, is nobody's news."""
    if booking.booking_step != BookingStep.COMPLETED:
        return
    event = f"{booking.pk}:{booking.starts_at}"
    notification_record(Message(Kind.BOOKING_EXPIRED, booking, event, batch=batch), both(booking))


@receiver(events.booking_no_show)
def notify_of_no_show(booking: Booking, actor: User | None, **kwargs: Any) -> None:
    context = {"until": (booking.no_show_at + OBJECTION).isoformat()} if booking.no_show_at else {}
    message = Message(Kind.BOOKING_NO_SHOW, booking, f"{booking.pk}", context=context, acted_by=actor)
    notification_record(message, both(booking, actor=actor))


@receiver(events.dispute_opened)
def notify_of_dispute(booking: Booking, actor: User, dispute: Dispute, **kwargs: Any) -> None:
    """The customer gets a receipt."""
    context = {"reason": dispute.reason}
    message = Message(Kind.DISPUTE_OPENED, booking, f"{booking.pk}", context=context, acted_by=actor)
    notification_record(message, both(booking, actor=actor))


@receiver(events.dispute_decided)
def notify_of_decision(booking: Booking, actor: User, dispute: Dispute, **kwargs: Any) -> None:
    context = {"reason": dispute.note, "for_whom": dispute.decision}
    message = Message(Kind.DISPUTE_DECIDED, booking, f"{booking.pk}", context=context, acted_by=actor)
    notification_record(message, both(booking, actor=actor))


@receiver(events.booking_completed)
def ask_for_a_review(booking: Booking, actor: User | None, **kwargs: Any) -> None:
    notification_record(Message(Kind.REVIEW_REQUEST, booking, f"{booking.pk}"), customer_of(booking))


@receiver(events.occurrence_skipped)
def notify_of_lost_occurrences(
    series: BookingSeries, booking: Booking, occurrences: Sequence[tuple[date, time]], **kwargs: Any
) -> None:
    lost = [[day.isoformat(), at.isoformat()] for day, at in occurrences]
    event = f"{series.pk}:{lost}"
    message = Message(Kind.OCCURRENCE_SKIPPED, booking, event, context={"occurrences": lost})
    notification_record(message, customer_of(booking))
