"""Writes: reservations on a member's time, and what the provider changes of their schedule."""

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
from apps.slots.actions.slot_overrides import slot_override_change, slot_override_create, slot_override_remove

__all__ = [
    "expired_holds_release",
    "members_lock",
    "reservation_make_firm",
    "reservation_release",
    "reservation_renew",
    "reservation_take",
    "reservations_release",
    "reservations_renew",
    "reservations_take",
    "slot_override_change",
    "slot_override_create",
    "slot_override_remove",
    "slot_unavailable",
    "time_off_change",
    "time_off_create",
    "working_hours_replace",
]
