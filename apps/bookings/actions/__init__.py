"""Writes. One module a subject; import from here."""

from apps.bookings.actions.allowed import allowed_actions
from apps.bookings.actions.alternatives import add_alternatives, require_member
from apps.bookings.actions.booking_reservation import (
    booking_hold_slot,
    booking_release_reservation,
    booking_take_slot,
    has_live_hold,
    hold_until,
    wish_of,
)
from apps.bookings.actions.calendar_feeds import calendar_feed_renew, calendar_feed_switch_off
from apps.bookings.actions.decisions import booking_cancel, booking_confirm, booking_reject, is_cancellable
from apps.bookings.actions.details import booking_change_details
from apps.bookings.actions.disputes import booking_dispute, dispute_decide
from apps.bookings.actions.expiry import overdue_bookings_expire, response_deadline, series_payment_due
from apps.bookings.actions.limits import (
    require_drafts_left,
    require_on_offer,
    require_room_for_request,
    require_room_for_series,
)
from apps.bookings.actions.moves import (
    booking_complete,
    booking_mark_no_show,
    booking_move,
    booking_start,
)
from apps.bookings.actions.occurrences import (
    has_open_series,
    occurrences_forget,
    occurrences_hold,
    series_lock,
)
from apps.bookings.actions.payment import (
    booking_choose_payment,
    booking_ensure_hold,
    booking_prepare_payment,
    booking_record_payment,
    booking_reprice,
    booking_settle,
    booking_touch_draft,
)
from apps.bookings.actions.purge import history_of_drafts_delete, old_drafts_purge
from apps.bookings.actions.reschedule import booking_move_time, booking_reschedule
from apps.bookings.actions.reschedule_rules import NewTime
from apps.bookings.actions.reschedule_series import series_reschedule
from apps.bookings.actions.reviews import (
    editable_until,
    review_answer,
    review_edit,
    review_write,
    reviews_count,
)
from apps.bookings.actions.series import draft_make_firm

__all__ = [
    "NewTime",
    "add_alternatives",
    "allowed_actions",
    "booking_cancel",
    "booking_change_details",
    "booking_choose_payment",
    "booking_complete",
    "booking_confirm",
    "booking_dispute",
    "booking_ensure_hold",
    "booking_hold_slot",
    "booking_mark_no_show",
    "booking_move",
    "booking_move_time",
    "booking_prepare_payment",
    "booking_record_payment",
    "booking_reject",
    "booking_release_reservation",
    "booking_reprice",
    "booking_reschedule",
    "booking_settle",
    "booking_start",
    "booking_take_slot",
    "booking_touch_draft",
    "calendar_feed_renew",
    "calendar_feed_switch_off",
    "dispute_decide",
    "draft_make_firm",
    "editable_until",
    "has_live_hold",
    "has_open_series",
    "history_of_drafts_delete",
    "hold_until",
    "is_cancellable",
    "occurrences_forget",
    "occurrences_hold",
    "old_drafts_purge",
    "overdue_bookings_expire",
    "require_drafts_left",
    "require_member",
    "require_on_offer",
    "require_room_for_request",
    "require_room_for_series",
    "response_deadline",
    "review_answer",
    "review_edit",
    "review_write",
    "reviews_count",
    "series_lock",
    "series_payment_due",
    "series_reschedule",
    "wish_of",
]
