"""Writes of the wizard: one module a step; import from here."""

from apps.bookings.wizard.actions.confirmation import wizard_confirm
from apps.bookings.wizard.actions.details import wizard_enter_details
from apps.bookings.wizard.actions.draft import wizard_change_service, wizard_drop, wizard_start
from apps.bookings.wizard.actions.one_shot import booking_create
from apps.bookings.wizard.actions.payment import wizard_choose_payment
from apps.bookings.wizard.actions.time import wizard_choose_time

__all__ = [
    "booking_create",
    "wizard_change_service",
    "wizard_choose_payment",
    "wizard_choose_time",
    "wizard_confirm",
    "wizard_drop",
    "wizard_enter_details",
    "wizard_start",
]
