"""Writes. One module a subject; import from here."""

from apps.bookings.actions.alternatives import add_alternatives, require_member
from apps.bookings.actions.calendar_feeds import calendar_feed_renew, calendar_feed_switch_off
from apps.bookings.actions.claims import (
    SLOT_COLUMNS,
    booking_hold_slot,
    booking_release_claim,
    booking_take_slot,
    has_live_hold,
    hold_until,
)
from apps.bookings.actions.details import booking_change_details
from apps.bookings.actions.expiry import overdue_bookings_expire, response_deadline
from apps.bookings.actions.moves import (
    booking_cancel,
    booking_complete,
    booking_confirm,
    booking_mark_no_show,
    booking_move,
    booking_reject,
    booking_start,
)
from apps.bookings.actions.payment import (
    PRICE_COLUMNS,
    booking_choose_payment,
    booking_ensure_hold,
    booking_prepare_payment,
    booking_record_payment,
    booking_reprice,
    booking_settle,
    booking_touch_draft,
)
from apps.bookings.actions.reschedule import NewTime, booking_move_time, booking_reschedule
from apps.bookings.actions.reviews import editable_until, review_answer, review_edit, review_write

__all__ = [
    "PRICE_COLUMNS",
    "SLOT_COLUMNS",
    "NewTime",
    "add_alternatives",
    "booking_cancel",
    "booking_change_details",
    "booking_choose_payment",
    "booking_complete",
    "booking_confirm",
    "booking_ensure_hold",
    "booking_hold_slot",
    "booking_mark_no_show",
    "booking_move",
    "booking_move_time",
    "booking_prepare_payment",
    "booking_record_payment",
    "booking_reject",
    "booking_release_claim",
    "booking_reprice",
    "booking_reschedule",
    "booking_settle",
    "booking_start",
    "booking_take_slot",
    "booking_touch_draft",
    "calendar_feed_renew",
    "calendar_feed_switch_off",
    "editable_until",
    "has_live_hold",
    "hold_until",
    "overdue_bookings_expire",
    "require_member",
    "response_deadline",
    "review_answer",
    "review_edit",
    "review_write",
]
