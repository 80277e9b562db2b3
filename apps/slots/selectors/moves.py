"""What binds a booking that was made before and is to have another time, or is one of a series."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from apps.common.localtime import local, today
from apps.slots.availability import Rules
from apps.slots.models import Reservation
from apps.slots.selectors.slots import LONGEST_HORIZON_DAYS

# The last booking of a series lies some three years ahead at most. Moved on again and again it stays within
# five, so that no day that is reckoned from it lies beyond the calendar.
FURTHEST_DAYS = 5 * 366


def rules_at_any_distance(rules: Rules, day: date, *, now: datetime) -> Rules:
    """Return a service's rules as they bind a later booking of a series: no notice, no horizon."""
    ahead = max((day - today(now)).days, 0)
    return replace(rules, min_notice=timedelta(0), max_advance_days=ahead)


def rules_as_made(rules: Rules, length: timedelta | None, reservation: Reservation | None) -> Rules:
    """Return a service's rules as they bind what was agreed before: length, and the reservation's buffers.

    A reservation that was given up has left no buffers: then they are the service's.
    """
    agreed = replace(rules, kept_length=length)
    if reservation is None:
        return agreed
    return replace(
        agreed,
        buffer_before=reservation.slot_starts_at - reservation.starts_at,
        buffer_after=reservation.ends_at - reservation.slot_ends_at,
    )


def rules_to_move(rules: Rules, reservation: Reservation, *, is_customer: bool, now: datetime) -> Rules:
    """Return a service's rules as they bind a firm reservation that moves.

    It keeps its length and its buffers, whatever has become of the service; starts run as the service's do.
    Notice and horizon are what a provider asks of customers: they themselves may come at any start ahead. A
    booking beyond the horizon, as a later one of a series is, may move on as far from where it lies.
    """
    ahead = (local(reservation.slot_starts_at).date() - today(now)).days
    horizon = rules.max_advance_days if is_customer else LONGEST_HORIZON_DAYS
    if ahead > horizon:
        horizon = min(horizon + ahead, max(ahead, FURTHEST_DAYS))
    return replace(
        rules_as_made(rules, reservation.slot_ends_at - reservation.slot_starts_at, reservation),
        min_notice=rules.min_notice if is_customer else timedelta(0),
        max_advance_days=horizon,
    )
