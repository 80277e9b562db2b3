"""What payments do to a booking: choose, prepare, settle. Payments call these; bookings know no payment."""

from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from apps.bookings.actions.alternatives import add_alternatives
from apps.bookings.actions.booking_reservation import (
    booking_hold_slot,
    booking_take_slot,
    has_live_hold,
    hold_until,
    wish_of,
)
from apps.bookings.actions.limits import require_on_offer
from apps.bookings.actions.occurrences import has_open_series, occurrences_renew, series_lock
from apps.bookings.actions.series import draft_make_firm
from apps.bookings.events import booking_left_slot_or_price
from apps.bookings.locked import LockedBooking, LockedDraft
from apps.bookings.models import ZERO, Booking, BookingStatus, BookingStep, PaidWhen, Recorded
from apps.bookings.payable import refusal_to_pay
from apps.bookings.pricing import list_price
from apps.bookings.selectors import is_withdrawn
from apps.bookings.steps import require_earlier_steps, require_lifetime
from apps.common.errors import DomainError
from apps.slots.actions import reservation_make_firm, reservation_renew
from apps.slots.models import Reservation


def booking_choose_payment(
    *, booking: LockedBooking, method_code: str, paid_when: PaidWhen, fee: Decimal, now: datetime
) -> None:
    """Fix price, fee and total of a draft for a way to pay. Rupees."""
    _set_price(booking, method_code=method_code, paid_when=paid_when, fee=fee)
    booking.booking_step = BookingStep.PAYMENT
    booking_touch_draft(booking, now=now)
    booking.save()


def booking_reprice(*, booking: LockedBooking) -> None:
    """Set a draft's price anew, and clear the payment choice where it differs from a fixed one.

    The caller saves the booking.
    """
    is_fixed = booking.payment_method != ""
    if not (is_fixed and (booking.price, booking.discount) == list_price(booking.service)):
        _set_price(booking, method_code="", paid_when="", fee=ZERO)


def _set_price(booking: LockedBooking, *, method_code: str, paid_when: str, fee: Decimal) -> None:
    price, discount = list_price(booking.service)
    is_another = (price, discount, fee) != (booking.price, booking.discount, booking.fee)
    if booking.payment_method and is_another:
        booking_left_slot_or_price.send(sender=Booking, booking=booking, actor=booking.customer)
    booking.price, booking.discount = price, discount
    booking.fee, booking.total_amount = fee, price - discount + fee
    booking.payment_method, booking.paid_when = method_code, paid_when


def booking_touch_draft(booking: Booking, *, now: datetime) -> None:
    """Give a draft its full lifetime again, as every step does. Doesn't save."""
    booking.expires_at = now + timedelta(hours=settings.DRAFT_LIFETIME_HOURS)


def booking_ensure_hold(*, booking: LockedDraft, now: datetime) -> None:
    """Take a draft's slot again where its hold ran out, and price it anew.

    Raises `hold_expired` with `alternatives`, `too_many_bookings`.
    """
    if has_live_hold(booking, now=now):
        return
    try:
        booking_hold_slot(booking=booking, now=now)
    except DomainError as error:
        if error.code != "slot_unavailable":
            raise
        if booking.booking_date and booking.booking_time:
            wish = wish_of(booking)
            add_alternatives(error, booking, booking.booking_date, booking.booking_time, wish=wish, now=now)
        raise DomainError(
            "hold_expired",
            "Your hold on this time ran out and somebody else took it. Choose another time.",
            extra=error.extra,
        ) from error
    booking_reprice(booking=booking)
    booking.save()


def booking_prepare_payment(*, booking: LockedDraft, now: datetime) -> None:
    """Make sure that a booking may be paid now.

    A draft must be at its payment step; its hold is taken again if it ran out, and renewed once if it didn't.
    A booking that is to be paid in cash may be paid by wallet at the door; a later booking of a series until
    it is due; one that waits for a transfer is told again where to. Raises `step_out_of_order`,
    `hold_expired`, `slot_unavailable` where the service was withdrawn, or `invalid_transition`.
    """
    if booking.status == BookingStatus.DRAFT:
        _prepare_draft(booking, now=now)
        return
    if refusal := refusal_to_pay(booking, now=now):
        raise DomainError("invalid_transition", refusal)


def _prepare_draft(booking: LockedDraft, *, now: datetime) -> None:
    require_lifetime(booking, now=now)
    require_earlier_steps(booking, BookingStep.CONFIRMATION)
    require_on_offer(booking=booking)
    reservation = booking.reservation
    if reservation and has_live_hold(booking, now=now):
        _renew(booking, reservation, now=now)
    else:
        booking_ensure_hold(booking=booking, now=now)
    if not booking.payment_method:
        raise DomainError("step_out_of_order", "The price has changed. Choose how to pay again.")
    # Otherwise the draft could run out, and its hold with it, while the customer is at the gateway.
    if booking.expires_at is None or booking.expires_at < hold_until(now):
        booking.expires_at = hold_until(now)
        booking.save()


def _renew(booking: LockedBooking, reservation: Reservation, *, now: datetime) -> None:
    until = hold_until(now)
    is_series = has_open_series(booking)
    if is_series:
        series_lock(booking=booking)
    if reservation_renew(reservation=reservation, expires_at=until, now=now):
        reservation.expires_at = until
        if is_series:
            occurrences_renew(booking=booking, expires_at=until, now=now)


def booking_settle(*, booking: LockedBooking, now: datetime) -> bool:
    """Confirm a booking that was paid in full; False where its slot is gone and the money has to go back.

    The first payment of a recurring draft makes all its bookings firm.
    A draft or expired booking whose hold ran out gets its slot back if it is
    free and still ahead, as long as it was. A booking that is confirmed or later stays as it is.
    """
    if booking.status in (BookingStatus.CONFIRMED, BookingStatus.IN_PROGRESS, BookingStatus.COMPLETED):
        return True
    payable = (BookingStatus.DRAFT, BookingStatus.PENDING, BookingStatus.EXPIRED)
    if booking.status not in payable or booking.dropped_at or booking.starts_at is None:
        return False
    if booking.status != BookingStatus.PENDING and is_withdrawn(booking):
        return False
    # Before any reservation of it is touched.
    locked = series_lock(booking=booking) if has_open_series(booking) else []
    if not _secured(booking, now=now):
        return False
    return draft_make_firm(
        booking=booking,
        to_status=BookingStatus.CONFIRMED,
        actor=None,
        now=now,
        locked=locked,
        reason="paid",
        confirmed_at=now,
        booking_step=BookingStep.COMPLETED,
    )


def _secured(booking: LockedBooking, *, now: datetime) -> bool:
    if booking.reservation and reservation_make_firm(reservation=booking.reservation, now=now):
        booking.reservation.expires_at = None
        return True
    if booking.starts_at is None or booking.starts_at <= now:
        return False
    try:
        booking_take_slot(booking=booking, expires_at=None, now=now, is_paid_late=True)
    except DomainError:
        return False
    booking.save()
    return True


def booking_record_payment(
    *,
    booking: LockedBooking,
    recorded: Recorded,
    payment_method: str | None = None,
    paid_when: PaidWhen | None = None,
    fee: Decimal | None = None,
) -> None:
    """Write what payments say of a booking, where it is new. Fee in rupees."""
    columns: dict[str, Any] = asdict(recorded)
    if payment_method is not None:
        columns |= {"payment_method": payment_method, "paid_when": paid_when}
    if fee is not None:
        columns |= {"fee": fee, "total_amount": booking.price - booking.discount + fee}
    changed = {name: value for name, value in columns.items() if getattr(booking, name) != value}
    if not changed:
        return
    Booking.objects.filter(pk=booking.pk).update(updated_at=timezone.now(), **changed)
    for name, value in changed.items():
        setattr(booking, name, value)
