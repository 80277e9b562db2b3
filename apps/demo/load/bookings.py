"""The rows of a load: bookings with their claims, history, payments and trail."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep
from apps.bookings.pricing import list_price
from apps.bookings.states import FREES_THE_SLOT
from apps.common.localtime import instant, local, marketplace_zone, today
from apps.demo.load.days import bookings_by_day, starts_of_day
from apps.demo.load.outcomes import ANSWER_TIME, Outcome, outcome_of
from apps.demo.load.supply import OPENS, Supply, Worker, supply_create
from apps.demo.load.tables import Table, checked_at_once, finish
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, PaymentStatus, TrailKind
from apps.services.models import Service
from apps.slots.models import BookingSlot, Reservation

WRITE_EVERY = 10_000


class Load:
    """Draws bookings and collects their rows, in tables in the order in which they refer to each other."""

    def __init__(self, supply: Supply, *, random: Random, now: datetime) -> None:
        self.supply, self.random, self.now = supply, random, now
        self.zone = marketplace_zone()
        self.methods = dict(PaymentMethod.objects.values_list("code", "pk"))
        self.slots = Table(BookingSlot, "service_id", "staff_id", "starts_at", "ends_at")
        self.reservations = Table(
            Reservation,
            "slot_id",
            "staff_id",
            "service_id",
            "slot_starts_at",
            "slot_ends_at",
            "starts_at",
            "ends_at",
            "seat",
        )
        self.bookings = Table(Booking, *BOOKING_COLUMNS)
        self.events = Table(BookingEvent, "booking_id", "from_status", "to_status", "actor_id", "at")
        self.payments = Table(Payment, *PAYMENT_COLUMNS)
        self.trail = Table(PaymentEvent, "payment_id", "kind", "from_status", "to_status", "at")

    @property
    def tables(self) -> list[Table]:
        return [self.slots, self.reservations, self.bookings, self.events, self.payments, self.trail]

    def add_day(self, day: date, count: int) -> None:
        """Spread a day's bookings over the workers, each day beginning with another one."""
        workers = self.supply.workers
        each, more = divmod(count, len(workers))
        first = day.toordinal() * 97
        for turn in range(len(workers) if each else more):
            worker = workers[(first + turn) % len(workers)]
            self._add_work(worker, day, each + (turn < more))

    def _add_work(self, worker: Worker, day: date, count: int) -> None:
        service = self.random.choice(worker.services)
        opens_at = instant(day, OPENS, self.zone)
        starts = starts_of_day(
            count,
            duration=service.duration_minutes,
            buffers=service.buffer_before_minutes,
            seats=service.max_bookings,
            random=self.random,
        )
        if len(starts) < count:
            raise ValueError(f"{count} bookings of {service} don't fit into a day")
        slot_id = 0
        for minutes, seat in starts:
            starts_at = opens_at + timedelta(minutes=minutes)
            ends_at = starts_at + timedelta(minutes=service.duration_minutes)
            if seat == 1:
                slot_id = self.slots.add(service.pk, worker.staff_id, starts_at, ends_at)
            self._add_booking(worker.staff_id, service, slot_id, seat, starts_at, ends_at)

    def _add_booking(
        self, staff_id: int, service: Service, slot_id: int, seat: int, starts_at: datetime, ends_at: datetime
    ) -> None:
        outcome = outcome_of(starts_at, ends_at, random=self.random, now=self.now)
        customer_id = self.random.choice(self.supply.customers)
        reservation_id = None
        if outcome.status not in FREES_THE_SLOT:
            reservation_id = self.reservations.add(
                slot_id,
                staff_id,
                service.pk,
                starts_at,
                ends_at,
                starts_at - timedelta(minutes=service.buffer_before_minutes),
                ends_at + timedelta(minutes=service.buffer_after_minutes),
                seat,
            )
        price, discount = list_price(service)
        wall = local(starts_at)
        booking_id = self.bookings.add(
            # No reference that the wizard makes has a nought in it.
            f"SB-0{self.bookings.last_id + 1:010d}",
            customer_id,
            service.pk,
            service.provider_id,
            staff_id,
            slot_id,
            reservation_id,
            wall.date(),
            wall.time(),
            starts_at,
            ends_at,
            service.duration_minutes,
            "New Road, Kathmandu",
            self.supply.city_id,
            "+9779841000000",
            outcome.status.value,
            BookingStep.COMPLETED.value,
            price,
            discount,
            price - discount,
            outcome.method,
            (PaymentStatus.COMPLETED if outcome.is_paid else PaymentStatus.PENDING).value,
            "Plans have changed." if outcome.status == BookingStatus.CANCELLED else "",
            "Fully booked." if outcome.status == BookingStatus.REJECTED else "",
            outcome.moment(BookingStatus.CONFIRMED),
            outcome.moment(BookingStatus.IN_PROGRESS),
            outcome.moment(BookingStatus.COMPLETED),
            min(outcome.created_at + ANSWER_TIME, starts_at)
            if outcome.status == BookingStatus.PENDING
            else None,
            outcome.created_at,
            outcome.moves[-1][2],
        )
        actors = {"customer": customer_id, "provider": service.provider_id, "system": None}
        for from_status, to_status, at, who in outcome.moves:
            self.events.add(booking_id, from_status, to_status.value, actors[who], at)
        if outcome.is_paid:
            self._add_payment(booking_id, outcome, price - discount)

    def _add_payment(self, booking_id: int, outcome: Outcome, amount: object) -> None:
        paid_at = outcome.paid_at
        begun = PaymentStatus.PENDING if outcome.method == "cash" else PaymentStatus.PROCESSING
        number = self.payments.last_id + 1
        payment_id = self.payments.add(
            booking_id,
            self.methods[outcome.method],
            amount,
            amount,
            PaymentStatus.COMPLETED.value,
            True,
            f"SB-load-{number}",
            "" if outcome.method == "cash" else f"load-{number}",
            paid_at,
            amount if outcome.method == "cash" else None,
            paid_at,
            paid_at,
        )
        completed = PaymentStatus.COMPLETED.value
        self.trail.add(payment_id, TrailKind.MOVE.value, "", begun.value, paid_at)
        self.trail.add(payment_id, TrailKind.MOVE.value, begun.value, completed, paid_at)

    def write(self) -> None:
        for table in self.tables:
            table.write()


BOOKING_COLUMNS = (
    "reference",
    "customer_id",
    "service_id",
    "provider_id",
    "staff_id",
    "booking_slot_id",
    "reservation_id",
    "booking_date",
    "booking_time",
    "starts_at",
    "ends_at",
    "estimated_duration",
    "address",
    "city_id",
    "phone",
    "status",
    "booking_step",
    "price",
    "discount",
    "total_amount",
    "payment_method",
    "payment_status",
    "cancellation_reason",
    "rejection_reason",
    "confirmed_at",
    "started_at",
    "completed_at",
    "expires_at",
    "created_at",
    "updated_at",
)
PAYMENT_COLUMNS = (
    "booking_id",
    "method_id",
    "amount",
    "total_amount",
    "status",
    "is_settlement",
    "transaction_id",
    "gateway_transaction_id",
    "paid_at",
    "amount_collected",
    "created_at",
    "updated_at",
)


@transaction.atomic
def load_create(*, bookings: int, seed: int, now: datetime, progress: Callable[[int], object]) -> Supply:
    """Add that many bookings with everything around them: all, or after an error nothing."""
    checked_at_once()
    random = Random(seed)  # noqa: S311  (figures, no secrets)
    default_payment_methods_create()
    supply = supply_create(bookings=bookings, random=random, now=now)
    load = Load(supply, random=random, now=now)
    waiting = 0
    for day, count in bookings_by_day(bookings, today=today(now)):
        load.add_day(day, count)
        waiting += count
        if waiting >= WRITE_EVERY:
            load.write()
            progress(waiting)
            waiting = 0
    load.write()
    progress(waiting)
    finish(load.tables)
    return supply
