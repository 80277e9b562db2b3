"""Bookings for tests, made through the real actions so that reservations, history and prices are real."""

import secrets
from dataclasses import replace
from datetime import date, time, timedelta

from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_take_slot, hold_until, response_deadline
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep
from apps.bookings.pricing import list_price
from apps.bookings.recurrence import Recurrence
from apps.bookings.wizard import actions
from apps.bookings.wizard.actions.details import Details
from apps.bookings.wizard.actions.one_shot import Order
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.models import MethodCode, PaymentMethod
from apps.services.models import Service

DETAILS = Details(address="Jhamsikhel, blue gate", city="kathmandu", phone="+9779841234567")


def in_days(days: int) -> date:
    """Return the local date some days from now."""
    return timezone.localdate() + timedelta(days=days)


def booked(
    customer: User,
    service: Service,
    *,
    days: int = 3,
    at: str = "10:00",
    method: str = "cash",
    recurrence: Recurrence | None = None,
) -> Booking:
    """Return a booking some days ahead: `pending` with cash, a `draft` at its payment with a wallet."""
    if not PaymentMethod.objects.exists():
        default_payment_methods_create()
    order = Order(
        service_id=service.pk,
        booking_date=in_days(days),
        booking_time=time.fromisoformat(at),
        details=replace(DETAILS, recurrence=recurrence),
        payment_method=method,
    )
    return actions.booking_create(customer=customer, order=order)


WEEKLY = Recurrence("weekly", 4)


def series_of(first: Booking) -> list[Booking]:
    """Return the bookings of a series by start, the first one included."""
    series = Booking.objects.get(pk=first.pk).series
    return list(Booking.objects.filter(series=series).order_by("starts_at")) if series else []


def draft_at_payment_step(customer: User, service: Service, *, days: int = 3, at: str = "10:00") -> Booking:
    """Return a draft that holds its slot and is to be paid with Khalti."""
    return booked(customer, service, days=days, at=at, method="khalti")


def placed(customer: User, service: Service, day: date, at: time, *, method: str = "cash") -> Booking:
    """Return what `booked` returns, for a local day and time, with few queries: no step is walked."""
    now = timezone.now()
    price, discount = list_price(service)
    is_draft = method not in ("cash", "bank_transfer")
    booking = Booking(
        reference=f"SB-{secrets.token_hex(6)}",
        customer=customer,
        service=service,
        provider_id=service.provider_id,
        booking_date=day,
        booking_time=at,
        address=DETAILS.address,
        city=service.cities.first(),
        phone=DETAILS.phone,
        price=price,
        discount=discount,
        total_amount=price - discount,
        payment_method=method,
        paid_when=MethodCode(method).paid_when,
    )
    until = hold_until(now) if is_draft else None
    booking_take_slot(booking=LockedBooking(booking), expires_at=until, now=now)
    booking.booking_step = BookingStep.PAYMENT if is_draft else BookingStep.COMPLETED
    booking.status = BookingStatus.DRAFT if is_draft else BookingStatus.PENDING
    booking.expires_at = response_deadline(booking, now=now)
    booking.save(force_insert=True)
    BookingEvent.objects.create(booking=booking, to_status=BookingStatus.DRAFT, actor=customer)
    if not is_draft:
        BookingEvent.objects.create(
            booking=booking, from_status=BookingStatus.DRAFT, to_status=BookingStatus.PENDING, actor=customer
        )
    return booking
