"""Reads: which slots there are, and what a provider sees of their schedule."""

from apps.slots.selectors.moves import rules_as_made, rules_at_any_distance, rules_to_move
from apps.slots.selectors.next_available import next_available
from apps.slots.selectors.outside import outside_hours, within
from apps.slots.selectors.schedules import Offer, Wish, members_of, rules_of, weekly_hours
from apps.slots.selectors.slots import (
    available_slots,
    available_starts,
    bookable_offer,
    nearest_slots,
    require_member,
    reservations_of_booking,
)
from apps.slots.selectors.visible import slot_overrides_visible_to, staff_visible_to, time_off_visible_to

__all__ = [
    "Offer",
    "Wish",
    "available_slots",
    "available_starts",
    "bookable_offer",
    "members_of",
    "nearest_slots",
    "next_available",
    "outside_hours",
    "require_member",
    "reservations_of_booking",
    "rules_as_made",
    "rules_at_any_distance",
    "rules_of",
    "rules_to_move",
    "slot_overrides_visible_to",
    "staff_visible_to",
    "time_off_visible_to",
    "weekly_hours",
    "within",
]
