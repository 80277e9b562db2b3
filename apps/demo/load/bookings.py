"""The rows of a load: bookings with their reservations, history, money and reviews."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from apps.bookings.models import Booking, BookingEvent, BookingStatus, BookingStep, Review
from apps.bookings.pricing import list_price
from apps.bookings.states import FREES_THE_SLOT
from apps.common.localtime import instant, local, marketplace_zone, today
from apps.demo.load.days import bookings_by_day, starts_of_day
from apps.demo.load.money import Money
from apps.demo.load.outcomes import ANSWER_TIME, Outcome, drawn, outcome_of
from apps.demo.load.ratings import services_rate
from apps.demo.load.supply import OPENS, Supply, Worker, supply_create
from apps.demo.load.tables import Table, checked_at_once, finish
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.models import Payment, PaymentEvent, PaymentStatus, Refund
from apps.services.models import Service
from apps.slots.models import BookingSlot, Reservation

WRITE_EVERY = 10_000
# What is written in such numbers that PostgreSQL should clean up after it.
LOADED = (BookingSlot, Reservation, Booking, BookingEvent, Payment, PaymentEvent, Refund, Review)
# Of completed bookings; of a hundred reviews.
REVIEWED = 0.35
STARS = {5: 55, 4: 25, 3: 10, 2: 4, 1: 6}


class Load:
    """Draws bookings and collects their rows, in tables in the order in which they refer to each other."""

    def __init__(self, supply: Supply, *, random: Random, now: datetime) -> None:
        self.supply, self.random, self.now = supply, random, now
        self.zone = marketplace_zone()
        self.money = Money()
        # Customers who have sent off a booking before, by the order of appointments.
        self.known: set[int] = set()
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
        self.reviews = Table(
            Review,
            "booking_id",
            "service_id",
            "customer_id",
            "rating",
            "comment",
            "created_at",
            "is_counted",
        )

    @property
    def tables(self) -> list[Table]:
        return [
            self.slots,
            self.reservations,
            self.bookings,
            self.events,
            *self.money.tables,
            self.reviews,
        ]

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
        fee = self.money.fee_of(outcome.method, price - discount)
        wall = local(starts_at)
        # A draft has a time and a place from its second and third step on.
        timed = (staff_id, slot_id, wall.date(), wall.time(), starts_at, ends_at, service.duration_minutes)
        placed = ("New Road", self.random.choice(self.supply.cities[service.pk]), "+9779841000000")
        was_sent = outcome.left_after is None
        booking_id = self.bookings.add(
            # No reference that the wizard makes has a nought in it.
            f"SB-0{self.bookings.last_id + 1:010d}",
            customer_id,
            service.pk,
            service.provider_id,
            reservation_id,
            *(timed if outcome.has_time else (None,) * len(timed)),
            *(placed if outcome.has_details else ("", None, "")),
            outcome.status.value,
            (outcome.left_after or BookingStep.COMPLETED).value,
            was_sent and customer_id in self.known,
            price,
            discount,
            fee,
            price - discount + fee,
            outcome.method,
            shown_status(outcome),
            "Plans have changed." if outcome.status == BookingStatus.CANCELLED else "",
            "Fully booked." if outcome.status == BookingStatus.REJECTED else "",
            outcome.moment(BookingStatus.CONFIRMED),
            outcome.moment(BookingStatus.IN_PROGRESS),
            outcome.moment(BookingStatus.COMPLETED),
            outcome.moment(BookingStatus.NO_SHOW),
            min(outcome.created_at + ANSWER_TIME, starts_at)
            if outcome.status == BookingStatus.PENDING
            else None,
            outcome.created_at,
            outcome.moves[-1][2],
        )
        if was_sent:
            self.known.add(customer_id)
        actors = {"customer": customer_id, "provider": service.provider_id, "system": None}
        for from_status, to_status, at, who in outcome.moves:
            self.events.add(booking_id, from_status, to_status.value, actors[who], at)
        for payment in outcome.payments:
            self.money.add(booking_id, payment, amount=price - discount, fee=fee)
        if outcome.status == BookingStatus.COMPLETED and self.random.random() < REVIEWED:
            self._add_review(booking_id, service.pk, customer_id, ends_at)

    def _add_review(self, booking_id: int, service_id: int, customer_id: int, ends_at: datetime) -> None:
        written_at = min(ends_at + timedelta(minutes=self.random.randint(30, 3 * 24 * 60)), self.now)
        stars = drawn(STARS, self.random)
        self.reviews.add(booking_id, service_id, customer_id, stars, "As agreed.", written_at, True)

    def write(self) -> None:
        for table in self.tables:
            table.write()


BOOKING_COLUMNS = (
    "reference",
    "customer_id",
    "service_id",
    "provider_id",
    "reservation_id",
    "staff_id",
    "booking_slot_id",
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
    "is_repeat",
    "price",
    "discount",
    "fee",
    "total_amount",
    "payment_method",
    "payment_status",
    "cancellation_reason",
    "rejection_reason",
    "confirmed_at",
    "started_at",
    "completed_at",
    "no_show_at",
    "expires_at",
    "created_at",
    "updated_at",
)


def shown_status(outcome: Outcome) -> str:
    """Return what the booking shows of its payment: the last payment is the one that counts."""
    return (outcome.payments[-1].status if outcome.payments else PaymentStatus.PENDING).value


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
    services_rate()
    finish(load.tables)
    return supply
