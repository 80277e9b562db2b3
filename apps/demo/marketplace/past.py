"""Bookings that lie behind: rows as the actions would have left them, written with the dates of then.

Their time is taken by the very action that takes a customer's, with the clock of the day they were booked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.conf import settings

from apps.accounts.models import User
from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep
from apps.bookings.states import FREES_THE_SLOT
from apps.common.localtime import instant, local, marketplace_zone, today
from apps.demo.marketplace.orders import Demand
from apps.demo.marketplace.references import booking_reference
from apps.demo.marketplace.settlements import settlements_create
from apps.demo.marketplace.stories import Move, PlannedBooking, story_of
from apps.payments.models import PaymentMethod
from apps.payments.pricing import price_for
from apps.services.models import MINUTES_A_DAY, Service
from apps.slots.actions import reservation_release, reservation_take
from apps.slots.models import Reservation
from apps.slots.selectors import Wish

# How they ended, how they were to be paid, and how many.
PLAN = (
    (BookingStatus.COMPLETED, "cash", 82),
    (BookingStatus.COMPLETED, "khalti", 48),
    (BookingStatus.COMPLETED, "esewa", 22),
    (BookingStatus.COMPLETED, "bank_transfer", 12),
    (BookingStatus.CANCELLED, "cash", 12),
    (BookingStatus.CANCELLED, "khalti", 10),
    (BookingStatus.CANCELLED, "esewa", 5),
    (BookingStatus.REJECTED, "cash", 10),
    (BookingStatus.REJECTED, "khalti", 4),
    (BookingStatus.NO_SHOW, "cash", 9),
    (BookingStatus.NO_SHOW, "khalti", 4),
    (BookingStatus.EXPIRED, "cash", 7),
    (BookingStatus.EXPIRED, "khalti", 8),
    (BookingStatus.EXPIRED, "esewa", 3),
    (BookingStatus.EXPIRED, "bank_transfer", 4),
)
IN_PROGRESS = 3
TRIES_A_DAY = 10
OLDEST_DAYS = 100
# Two days, so that a booking that ended at midnight is over for certain.
NEWEST_DAYS = 2
# A draft is given up three days after its last step.
GIVEN_UP_DAYS = 5
NOTICE_WITHIN_A_DAY = timedelta(hours=6)
MOMENTS = {
    BookingStatus.CONFIRMED: "confirmed_at",
    BookingStatus.IN_PROGRESS: "started_at",
    BookingStatus.COMPLETED: "completed_at",
    BookingStatus.NO_SHOW: "no_show_at",
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A reservation that was taken for a customer, and how they were to pay."""

    customer: User
    service: Service
    gender: str
    planned: PlannedBooking
    reservation: Reservation


def past_create(demand: Demand, *, now: datetime) -> int:
    """Write the bookings of the plan and some that are going on; return how many."""
    methods = {method.code: method for method in PaymentMethod.objects.all()}
    plan = [(outcome, method, number) for outcome, method, count in PLAN for number in range(count)]
    demand.random.shuffle(plan)
    for outcome, method, number in plan:
        newest = GIVEN_UP_DAYS if outcome == BookingStatus.EXPIRED else NEWEST_DAYS
        appointment = None
        while appointment is None:
            days = min(newest + int(demand.random.expovariate(1 / 30)), OLDEST_DAYS)
            appointment = _appointment(demand, today(now) - timedelta(days=days), method, number)
        _write(demand, appointment, outcome, methods)
    return len(plan) + _running(demand, methods, now=now)


def _running(demand: Demand, methods: dict[str, PaymentMethod], *, now: datetime) -> int:
    """Write bookings that are going on; at night those of the last evening, not yet noted as completed."""
    running = 0
    for days_ago in range(OLDEST_DAYS):
        for _ in range(TRIES_A_DAY):
            day = today(now) - timedelta(days=days_ago)
            appointment = _appointment(demand, day, "cash", running, begun_by=now - timedelta(minutes=10))
            if appointment is None:
                continue
            _write(demand, appointment, BookingStatus.IN_PROGRESS, methods)
            running += 1
            if running == IN_PROGRESS:
                return running
    return running


def _appointment(
    demand: Demand, day: date, method: str, number: int, *, begun_by: datetime | None = None
) -> Appointment | None:
    """Take a slot of that day for somebody, days before; None where nothing is free.

    `begun_by`: the last slot that has begun by then, instead of any.
    """
    service, customer, gender = demand.service(), demand.customer(), demand.gender()
    booked_at = _booked_at(demand.random, service, day, method)
    slot = demand.slot(service, day, gender=gender, now=booked_at, begun_by=begun_by)
    if slot is None:
        return None
    reservation = reservation_take(
        service=service,
        day=day,
        at=local(slot.starts_at).time(),
        wish=Wish(gender=gender),
        expires_at=None,
        now=booked_at,
    )
    planned = PlannedBooking(number, method, booked_at, slot.starts_at, slot.ends_at)
    return Appointment(customer, service, gender, planned, reservation)


def _booked_at(random: Random, service: Service, day: date, method: str) -> datetime:
    """Return an instant of a day before, with the service's notice kept and time for a bank transfer."""
    days = 1 + service.min_notice_minutes // MINUTES_A_DAY + random.randint(0, 8)
    if method == "bank_transfer":
        days += 1 + settings.BANK_TRANSFER_DEADLINE_HOURS // 24
    at = time(random.randint(7, 21), random.randint(0, 59))
    return instant(day - timedelta(days=days), at, marketplace_zone()) - NOTICE_WITHIN_A_DAY


def _write(
    demand: Demand, appointment: Appointment, outcome: BookingStatus, methods: dict[str, PaymentMethod]
) -> None:
    planned, random = appointment.planned, demand.random
    moves = story_of(outcome, planned, random)
    method = methods[planned.method]
    booking = _booking(demand, appointment, moves, method)
    if outcome in FREES_THE_SLOT:
        reservation_release(reservation_id=appointment.reservation.pk)
        booking.reservation = None
    booking.save(force_insert=True)
    BookingEvent.objects.bulk_create(_history(booking, moves))
    status = settlements_create(booking, moves, method=method, number=planned.number, random=random)
    # Past `save`, which would say that all of it happened now.
    Booking.objects.filter(pk=booking.pk).update(
        updated_at=moves[-1].at, payment_status=status or booking.payment_status
    )


def _booking(
    demand: Demand, appointment: Appointment, moves: Sequence[Move], method: PaymentMethod
) -> Booking:
    service, planned, customer = appointment.service, appointment.planned, appointment.customer
    details = demand.details(service, customer)
    price = price_for(service, method)
    end = moves[-1]
    is_sent_off = len(moves) > 2 or end.to_status != BookingStatus.EXPIRED
    return Booking(
        reference=booking_reference(demand.random),
        customer=customer,
        service=service,
        provider_id=service.provider_id,
        staff_id=appointment.reservation.staff_id,
        booking_slot_id=appointment.reservation.slot_id,
        reservation=appointment.reservation,
        booking_date=local(planned.starts_at).date(),
        booking_time=local(planned.starts_at).time(),
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        estimated_duration=service.duration_minutes,
        address=details.address,
        city=next(city for city in demand.cities[service.pk] if city.slug == details.city),
        phone=details.phone,
        special_instructions=details.special_instructions,
        preferred_provider_gender=appointment.gender,
        status=end.to_status,
        booking_step=BookingStep.COMPLETED if is_sent_off else BookingStep.PAYMENT,
        price=price.base,
        discount=price.discount,
        fee=price.fee,
        total_amount=price.total,
        payment_method=method.code,
        cancellation_reason=end.reason if end.to_status == BookingStatus.CANCELLED else "",
        rejection_reason=end.reason if end.to_status == BookingStatus.REJECTED else "",
        created_at=planned.booked_at,
        **{MOMENTS[move.to_status]: move.at for move in moves if move.to_status in MOMENTS},
    )


def _history(booking: Booking, moves: Sequence[Move]) -> list[BookingEvent]:
    actors = {"customer": booking.customer, "provider": booking.provider, "system": None}
    from_statuses = ["", *(move.to_status for move in moves)]
    return [
        BookingEvent(
            booking=booking,
            from_status=from_status,
            to_status=move.to_status,
            actor=actors[move.actor],
            reason=move.reason,
            at=move.at,
        )
        for from_status, move in zip(from_statuses, moves, strict=False)
    ]
