"""A customer says that they were there; an admin decides."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.actions.moves import require_desk
from apps.bookings.disputes import may_dispute
from apps.bookings.models import Booking, Dispute
from apps.bookings.selectors import booking_locked
from apps.common.errors import DomainError


def booking_dispute(*, booking_id: int, actor: User, reason: str) -> Booking:
    """Object to a no-show as its customer: its money waits for an admin.

    Again, while nobody has decided, is a quiet success: the first reason stands. Raises `invalid_transition`.
    """
    now = timezone.now()
    with transaction.atomic():
        booking = booking_locked(booking_id)
        known = Dispute.objects.filter(booking=booking).first()
        if known is not None and known.decided_at is None:
            return booking
        is_disputed = known is not None
        if not may_dispute(booking.status, booking.no_show_at, is_disputed=is_disputed, now=now):
            raise DomainError("invalid_transition", "You can object to a no-show once, within 72 hours.")
        dispute = Dispute.objects.create(booking=booking, reason=reason, opened_at=now)
        _changed(booking, now=now)
        booking.dispute = dispute
        events.dispute_opened.send(sender=Dispute, booking=booking, actor=actor, dispute=dispute)
    return booking


def dispute_decide(*, booking_id: int, actor: User, decision: str, note: str) -> Booking:
    """Decide about an objection, as an admin: for the customer, who gets all back, or for the provider.

    The same decision again is a quiet success. Raises `invalid_transition` where nobody objects, where it
    was decided otherwise, and for who leaves bookings to others.
    """
    now = timezone.now()
    with transaction.atomic():
        booking = booking_locked(booking_id)
        if not actor.is_admin:
            raise DomainError("invalid_transition", "This is not yours to do.")
        require_desk(actor)
        dispute = Dispute.objects.filter(booking=booking).first()
        if dispute is None:
            raise DomainError("invalid_transition", "Nobody objects to this booking.")
        if dispute.decided_at is not None:
            if dispute.decision == decision:
                return booking
            raise DomainError("invalid_transition", "This was decided already, and otherwise.")
        dispute.decision, dispute.note = decision, note
        dispute.decided_at, dispute.decided_by = now, actor
        dispute.save(update_fields=["decision", "note", "decided_at", "decided_by"])
        _changed(booking, now=now)
        booking.dispute = dispute
        events.dispute_decided.send(sender=Dispute, booking=booking, actor=actor, dispute=dispute)
    return booking


def _changed(booking: Booking, *, now: datetime) -> None:
    """Whoever asks whether a booking has changed hears of it."""
    Booking.objects.filter(pk=booking.pk).update(updated_at=now)
    booking.updated_at = now
