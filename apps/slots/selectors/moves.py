"""What binds a booking that was made before and is to have another time, or is one of a series."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from apps.common.localtime import local, today
from apps.slots.availability import Rules
from apps.slots.models import Reservation
from apps.slots.selectors.slots import LONGEST_HORIZON_DAYS

# The last visit of a series lies some three years ahead at most. Moved on again and again it stays within
# five, so that no day that is reckoned from it lies beyond the calendar.
FURTHEST_DAYS = 5 * 366


def rules_at_any_distance(rules: Rules, day: date, *, now: datetime) -> Rules:
    """Return a service's rules as they bind a later visit of a series: no notice, no horizon."""
    ahead = max((day - today(now)).days, 0)
    return replace(rules, min_notice=timedelta(0), max_advance_days=ahead)


def rules_as_made(rules: Rules, length: timedelta | None, claim: Reservation | None) -> Rules:
    """Return a service's rules as they bind what was agreed before: its length, and its claim's buffers.

    A claim that was given up has left no buffers: then they are the service's.
    """
    agreed = replace(rules, kept_length=length)
    if claim is None:
        return agreed
    return replace(
        agreed,
        buffer_before=claim.slot_starts_at - claim.starts_at,
        buffer_after=claim.ends_at - claim.slot_ends_at,
    )


def rules_to_move(rules: Rules, claim: Reservation, *, is_customer: bool, now: datetime) -> Rules:
    """Return a service's rules as they bind a firm claim that moves.

    It keeps its length and its buffers, whatever has become of the service; starts run as the service's do.
    Notice and horizon are what a provider asks of customers: himself he may come at any start ahead. A visit
    beyond the horizon, as a later one of a series is, may move on as far from where it lies.
    """
    ahead = (local(claim.slot_starts_at).date() - today(now)).days
    horizon = rules.max_advance_days if is_customer else LONGEST_HORIZON_DAYS
    if ahead > horizon:
        horizon = min(horizon + ahead, max(ahead, FURTHEST_DAYS))
    return replace(
        rules_as_made(rules, claim.slot_ends_at - claim.slot_starts_at, claim),
        min_notice=rules.min_notice if is_customer else timedelta(0),
        max_advance_days=horizon,
    )
