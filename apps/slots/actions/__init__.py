"""Writes: claims on a member's time, and what the provider changes of his schedule."""

from apps.slots.actions.departures import departure_change, departure_create, departure_remove
from apps.slots.actions.hours import time_off_change, time_off_create, working_hours_replace
from apps.slots.actions.reservations import (
    expired_holds_release,
    reservation_make_firm,
    reservation_release,
    reservation_renew,
    reservation_take,
    slot_unavailable,
)
from apps.slots.actions.several import (
    members_lock,
    reservations_release,
    reservations_renew,
    reservations_take,
)

__all__ = [
    "departure_change",
    "departure_create",
    "departure_remove",
    "expired_holds_release",
    "members_lock",
    "reservation_make_firm",
    "reservation_release",
    "reservation_renew",
    "reservation_take",
    "reservations_release",
    "reservations_renew",
    "reservations_take",
    "slot_unavailable",
    "time_off_change",
    "time_off_create",
    "working_hours_replace",
]
