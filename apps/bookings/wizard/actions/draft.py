"""The draft itself: begin it, change its service, throw it away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from apps.accounts.models import User
from apps.bookings.actions import (
    booking_move,
    booking_release_reservation,
    booking_touch_draft,
    require_drafts_left,
)
from apps.bookings.events import booking_left_slot_or_price
from apps.bookings.locked import LockedDraft
from apps.bookings.models import ZERO, Booking, BookingEvent, BookingStatus, BookingStep
from apps.bookings.pricing import list_price
from apps.bookings.references import new_reference
from apps.bookings.selectors import draft_locked, service_on_offer
from apps.bookings.steps import require_earlier_steps, require_lifetime
from apps.common.errors import DomainError
from apps.services.models import Service


@contextmanager
def draft_for_step(
    customer: User, booking_id: int, step: BookingStep, *, now: datetime
) -> Iterator[LockedDraft]:
    """Lock a customer's draft for a step, in one transaction with all that the step does.

    Raises Http404, `invalid_transition` for anything but a draft, `step_out_of_order` for skipping ahead.
    """
    with transaction.atomic():
        booking = draft_locked(customer, booking_id)
        require_draft(booking)
        require_lifetime(booking, now=now)
        require_earlier_steps(booking, step)
        yield booking


def require_draft(booking: Booking) -> None:
    """Raise `invalid_transition` for anything but a draft."""
    if booking.status != BookingStatus.DRAFT:
        raise DomainError("invalid_transition", f"This booking is {booking.status}, not a draft.")


def wizard_start(*, customer: User, service_id: int) -> Booking:
    """Begin a draft for a service, and return it.

    Raises ValidationError for a service that isn't active, `throttled` beyond a day's number of drafts.
    """
    now = timezone.now()
    service = active_service(service_id)
    price, discount = list_price(service)
    with transaction.atomic():
        require_drafts_left(customer, now=now)
        booking = Booking(
            reference=new_reference(),
            customer=customer,
            service=service,
            provider_id=service.provider_id,
            price=price,
            discount=discount,
            total_amount=price - discount,
            created_at=now,
        )
        booking_touch_draft(booking, now=now)
        booking.save(force_insert=True)
        BookingEvent.objects.create(booking=booking, to_status=BookingStatus.DRAFT, actor=customer, at=now)
    return booking


def wizard_change_service(*, customer: User, booking_id: int, service_id: int) -> Booking:
    """Choose a service for a draft anew: slot and payment choice are dropped, the details stay."""
    now = timezone.now()
    service = active_service(service_id)
    with draft_for_step(customer, booking_id, BookingStep.SERVICE, now=now) as booking:
        _take_over(booking, service)
        booking.booking_step = BookingStep.SERVICE
        booking_touch_draft(booking, now=now)
        booking.save()
    return booking


def _take_over(booking: LockedDraft, service: Service) -> None:
    if booking.payment_method:
        booking_left_slot_or_price.send(sender=Booking, booking=booking, actor=booking.customer)
    booking_release_reservation(booking=booking)
    if booking.is_recurring:
        booking.occurrences.all().delete()
    booking.service, booking.provider_id = service, service.provider_id
    booking.booking_slot = booking.staff = None
    booking.booking_date = booking.booking_time = booking.starts_at = booking.ends_at = None
    booking.estimated_duration = None
    booking.is_staff_requested = False
    booking.payment_method, booking.paid_when, booking.fee = "", "", ZERO
    booking.price, booking.discount = list_price(service)
    booking.total_amount = booking.price - booking.discount
    if booking.city_id and not service.cities.filter(pk=booking.city_id).exists():
        booking.city = None


def wizard_drop(*, customer: User, booking_id: int) -> None:
    """Throw a draft away: its slot is free at once, and nobody sees it any more."""
    now = timezone.now()
    with transaction.atomic():
        booking = draft_locked(customer, booking_id)
        require_draft(booking)
        booking_left_slot_or_price.send(sender=Booking, booking=booking, actor=customer)
        booking_move(
            booking=booking,
            to_status=BookingStatus.EXPIRED,
            actor=customer,
            now=now,
            reason="dropped",
            dropped_at=now,
        )


def step_done(booking: LockedDraft, step: BookingStep, *, now: datetime) -> None:
    """Save what a step changed, note it as the last one done, and renew the draft's lifetime."""
    booking.booking_step = step
    booking_touch_draft(booking, now=now)
    booking.save()


def active_service(service_id: int, *, field: str = "service") -> Service:
    """Return a service that can be booked. Raises ValidationError on the field that named it."""
    service = service_on_offer(service_id)
    if service is None:
        raise ValidationError({field: ["There is no such service to book."]}, code="does_not_exist")
    return service
