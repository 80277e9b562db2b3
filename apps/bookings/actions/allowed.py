"""What somebody may do with a booking now: asked of the rules that the actions themselves obey."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from apps.accounts.models import Role, User
from apps.bookings import states
from apps.bookings.actions.decisions import is_cancellable, waits_for_payment
from apps.bookings.actions.moves import leaves_bookings_to_others
from apps.bookings.actions.reschedule_rules import require_movable
from apps.bookings.disputes import may_dispute
from apps.bookings.models import Booking, BookingStatus
from apps.bookings.payable import is_draft_payable, refusal_to_pay
from apps.bookings.reviewing import REVIEWABLE
from apps.common.errors import DomainError


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks, of which booking, when."""

    booking: Booking
    actor: User
    is_reviewed: bool
    now: datetime

    @property
    def is_customer(self) -> bool:
        return self.actor.role == Role.CUSTOMER and self.actor.pk == self.booking.customer_id


def allowed_actions(booking: Booking, actor: User, *, is_reviewed: bool, now: datetime) -> list[str]:
    """Return the names of all that the actor, who may see the booking, may do with it. No query."""
    if leaves_bookings_to_others(actor):
        return []
    question = Question(booking, actor, is_reviewed, now)
    return [name for name, is_allowed in ACTIONS.items() if is_allowed(question)]


def _cancel(asked: Question) -> bool:
    return is_cancellable(asked.booking, asked.actor, now=asked.now)


def _reschedule(asked: Question) -> bool:
    try:
        require_movable(asked.booking, asked.actor, now=asked.now)
    except DomainError:
        return False
    return True


def _pay(asked: Question) -> bool:
    """A draft's time may be taken by the time it is paid for: that alone can't be foreseen."""
    booking = asked.booking
    if not asked.is_customer or not settings.ENABLE_PAYMENT_INTEGRATION or booking.is_settled:
        return False
    if booking.status == BookingStatus.DRAFT:
        return is_draft_payable(booking, now=asked.now)
    return not refusal_to_pay(booking, now=asked.now)


def _review(asked: Question) -> bool:
    return asked.is_customer and asked.booking.status in REVIEWABLE and not asked.is_reviewed


def _dispute(asked: Question) -> bool:
    booking = asked.booking
    return asked.is_customer and may_dispute(
        booking.status,
        booking.no_show_at,
        is_disputed=getattr(booking, "dispute", None) is not None,
        now=asked.now,
    )


def _confirm(asked: Question) -> bool:
    return _moves(BookingStatus.CONFIRMED)(asked) and not waits_for_payment(asked.booking)


def _moves(to_status: BookingStatus) -> Callable[[Question], bool]:
    def may_move(asked: Question) -> bool:
        booking, role = asked.booking, asked.actor.role
        return states.may_move(booking.status, to_status, role) and states.clock_allows(
            to_status,
            role,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            expires_at=booking.expires_at,
            now=asked.now,
        )

    return may_move


ACTIONS: Final[Mapping[str, Callable[[Question], bool]]] = {
    "cancel": _cancel,
    "reschedule": _reschedule,
    "pay": _pay,
    "review": _review,
    "confirm": _confirm,
    "reject": _moves(BookingStatus.REJECTED),
    "start": _moves(BookingStatus.IN_PROGRESS),
    "complete": _moves(BookingStatus.COMPLETED),
    "no_show": _moves(BookingStatus.NO_SHOW),
    "dispute": _dispute,
}
