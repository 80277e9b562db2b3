"""Two moves of one booking, or of two bookings to one time, at the same moment: a hundred times each.

One clear winner, and afterwards the booking, its history and its reservation on the member's time agree.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.actions import (
    NewTime,
    booking_cancel,
    booking_confirm,
    booking_reject,
    booking_reschedule,
)
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.states import FREES_THE_SLOT
from apps.bookings.tests.factories import DETAILS, in_days, placed
from apps.bookings.wizard.actions import booking_create, wizard_drop
from apps.bookings.wizard.actions.one_shot import Order
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.tests.factories import answered, payment_of
from apps.services.models import Service
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory
from tests.duel import DONE, Duel, duelling

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

# SQLite lets one write at a time: there is less to race for.
ROUNDS = 100 if connection.vendor == "postgresql" else 8
FEWER = ROUNDS // 4
ROUNDS_A_DAY = 4
STEP = timedelta(minutes=30)


@dataclass(frozen=True)
class Round:
    """One of a hundred, with three neighbouring half hours that no other one has."""

    number: int
    first_day: date

    def at(self, half_hour: int) -> NewTime:
        day, part = divmod(self.number, ROUNDS_A_DAY)
        begins = datetime.combine(self.first_day, time(10)) + (part * 3 + half_hour) * STEP
        return NewTime(self.first_day + timedelta(days=day), begins.time())


@pytest.fixture
def duel(transactional_db: None) -> Iterator[Duel]:
    with duelling() as duel:
        yield duel


@pytest.fixture
def service(bishnu: User, methods: dict[str, PaymentMethod], settings: Settings) -> Service:
    """Half an hour by one person, 10 to 17 every day, as often as one likes."""
    settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = settings.MAX_HOLDS_PER_CUSTOMER = 10_000
    settings.MAX_DRAFTS_PER_DAY = 10_000
    return BookableServiceFactory(provider=bishnu, duration_minutes=30)


@pytest.fixture
def rounds() -> list[Round]:
    first_day = in_days(3)
    return [Round(number, first_day) for number in range(ROUNDS)]


def place(customer: User, service: Service, to: NewTime, method: str = "cash") -> Booking:
    return placed(customer, service, to.day, to.at, method=method)


def booking_in_one_call(customer: User, service: Service, to: NewTime) -> Callable[[], Booking]:
    order = Order(service_id=service.pk, booking_date=to.day, booking_time=to.at, details=DETAILS)
    return lambda: booking_create(customer=customer, order=order)


def attempt(booking: Booking, status: str = "pending") -> Payment:
    with transaction.atomic():
        return payment_of(booking, status=status)


def moving(booking: Booking, by: User, to: NewTime) -> Callable[[], Booking]:
    return lambda: booking_reschedule(booking_id=booking.pk, actor=by, to=to)


def cancelling(booking: Booking, by: User) -> Callable[[], Booking]:
    return lambda: booking_cancel(booking_id=booking.pk, actor=by, reason="ill")


def confirming(booking: Booking, by: User) -> Callable[[], Booking]:
    return lambda: booking_confirm(booking_id=booking.pk, actor=by)


def rejecting(booking: Booking, by: User) -> Callable[[], Booking]:
    return lambda: booking_reject(booking_id=booking.pk, actor=by, reason="no time")


def dropping(draft: Booking, by: User) -> Callable[[], None]:
    return lambda: wizard_drop(customer=by, booking_id=draft.pk)


def settling(payment: Payment) -> Callable[[], Payment]:
    return lambda: answered(payment)


def as_it_is(booking: Booking) -> Booking:
    """Return a booking as it is now, after looking whether its history and its reservation say the same."""
    booking = Booking.objects.select_related("reservation").get(pk=booking.pk)
    events = list(BookingEvent.objects.filter(booking=booking).order_by("pk"))
    assert all(before.to_status == after.from_status for before, after in pairwise(events))
    assert events[-1].to_status == booking.status
    if booking.status in FREES_THE_SLOT:
        assert booking.reservation is None
        return booking
    reservation = booking.reservation
    assert reservation is not None
    assert (reservation.staff_id, reservation.slot_id) == (booking.staff_id, booking.booking_slot_id)
    assert (reservation.slot_starts_at, reservation.slot_ends_at) == (booking.starts_at, booking.ends_at)
    assert booking.booking_date is not None
    assert booking.booking_time is not None
    assert NewTime(booking.booking_date, booking.booking_time).starts_at == booking.starts_at
    return booking


def all_is_in_order() -> None:
    """No member is in two places, each reservation has its booking, and the money is where it belongs."""
    reservations = Reservation.objects.order_by("staff_id", "starts_at")
    for one, other in pairwise(reservations):
        assert one.staff_id != other.staff_id or one.ends_at <= other.starts_at
    assert not Reservation.objects.filter(booking=None).exists()
    assert [str(finding) for finding in findings()] == []


def events_of(booking: Booking) -> list[tuple[str, str]]:
    return list(booking.events.order_by("pk").values_list("from_status", "to_status"))[2:]


# One booking


def test_confirm_against_cancel(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, bishnu: User
) -> None:
    for this in rounds:
        booking = place(kamala, service, this.at(0))

        confirm, cancel = duel(
            this.number,
            confirming(booking, bishnu),
            cancelling(booking, kamala),
        )

        assert cancel == DONE
        assert as_it_is(booking).status == "cancelled"
        if confirm == DONE:
            assert events_of(booking) == [("pending", "confirmed"), ("confirmed", "cancelled")]
        else:
            assert confirm == "invalid_transition"
            assert events_of(booking) == [("pending", "cancelled")]
    assert not Reservation.objects.exists()
    all_is_in_order()


def test_reject_against_cancel(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, bishnu: User
) -> None:
    for this in rounds[:FEWER]:
        booking = place(kamala, service, this.at(0))

        reject, cancel = duel(
            this.number,
            rejecting(booking, bishnu),
            cancelling(booking, kamala),
        )

        assert {reject, cancel} in ({DONE, "invalid_transition"}, {DONE, "not_cancellable"})
        assert as_it_is(booking).status == ("rejected" if reject == DONE else "cancelled")
        assert len(events_of(booking)) == 1
    all_is_in_order()


def test_cancel_against_payment(duel: Duel, rounds: list[Round], service: Service, kamala: User) -> None:
    """The money confirms the booking, which is then cancelled; or it comes late. It goes back either way."""
    for this in rounds:
        booking = place(kamala, service, this.at(0), "bank_transfer")
        transfer = attempt(booking)

        cancel, settle = duel(
            this.number,
            cancelling(booking, kamala),
            settling(transfer),
        )

        assert (cancel, settle) == (DONE, DONE)
        assert as_it_is(booking).status == "cancelled"
        payment, refund = Payment.objects.get(booking=booking), Refund.objects.get(payment__booking=booking)
        assert (payment.status, refund.amount) == ("refund_pending", payment.total_amount)
        was_confirmed = ("pending", "confirmed") in events_of(booking)
        assert payment.is_settlement == was_confirmed
    all_is_in_order()


def test_dropping_a_draft_against_its_payment(
    duel: Duel, rounds: list[Round], service: Service, kamala: User
) -> None:
    for this in rounds[:FEWER]:
        booking = place(kamala, service, this.at(0), "khalti")
        link = attempt(booking, "processing")

        drop, settle = duel(
            this.number,
            dropping(booking, kamala),
            settling(link),
        )

        assert settle == DONE
        payment, now = Payment.objects.get(booking=booking), as_it_is(booking)
        if drop == DONE:
            assert (now.status, payment.status) == ("expired", "refund_pending")
        else:
            assert drop == "invalid_transition"
            assert (now.status, payment.status) == ("confirmed", "completed")
    all_is_in_order()


def test_reschedule_against_cancel(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, bishnu: User
) -> None:
    for this in rounds[:FEWER]:
        booking = place(kamala, service, this.at(0))

        move, cancel = duel(this.number, moving(booking, bishnu, this.at(1)), cancelling(booking, kamala))

        assert cancel == DONE
        assert move in (DONE, "not_reschedulable")
        assert as_it_is(booking).status == "cancelled"
        assert len(events_of(booking)) == (2 if move == DONE else 1)
    assert not Reservation.objects.exists()
    all_is_in_order()


def test_reschedule_against_payment(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, bishnu: User
) -> None:
    """Whichever comes first, the booking is paid, and at its other time."""
    for this in rounds[:FEWER]:
        booking = place(kamala, service, this.at(0), "bank_transfer")
        transfer = attempt(booking)

        outcomes = duel(
            this.number,
            moving(booking, bishnu, this.at(1)),
            settling(transfer),
        )

        assert outcomes == (DONE, DONE)
        now = as_it_is(booking)
        assert (now.status, now.payment_status) == ("confirmed", "completed")
        assert now.starts_at == this.at(1).starts_at
    all_is_in_order()


def test_customer_and_provider_move_one_booking(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, bishnu: User
) -> None:
    """One after the other: where the second one moved it, there it is."""
    for this in rounds[:FEWER]:
        booking = place(kamala, service, this.at(0))

        outcomes = duel(this.number, moving(booking, kamala, this.at(1)), moving(booking, bishnu, this.at(2)))

        assert outcomes == (DONE, DONE)
        now = as_it_is(booking)
        last = booking.events.latest("pk")
        assert now.starts_at == this.at(1 if last.actor_id == kamala.pk else 2).starts_at
        assert (now.moved_by_provider_at is not None) == (last.actor_id == bishnu.pk)
        assert now.calendar_sequence == 2
    all_is_in_order()


# Two bookings


def test_reschedule_against_book(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, suresh: User
) -> None:
    for this in rounds:
        booking = place(kamala, service, this.at(0))

        move, booked = duel(
            this.number,
            moving(booking, kamala, this.at(1)),
            booking_in_one_call(suresh, service, this.at(1)),
        )

        assert sorted([move, booked]) == [DONE, "slot_unavailable"]
        now = as_it_is(booking)
        assert now.starts_at == this.at(1 if move == DONE else 0).starts_at
        assert now.reschedule_count == (move == DONE)
        theirs = Booking.objects.filter(customer=suresh, starts_at=this.at(1).starts_at)
        assert theirs.count() == (booked == DONE)
    assert Reservation.objects.count() == Booking.objects.count()
    all_is_in_order()


def test_two_reschedules_to_one_slot(
    duel: Duel, rounds: list[Round], service: Service, kamala: User, suresh: User
) -> None:
    for this in rounds:
        hers, his = place(kamala, service, this.at(0)), place(suresh, service, this.at(2))

        outcomes = duel(this.number, moving(hers, kamala, this.at(1)), moving(his, suresh, this.at(1)))

        assert sorted(outcomes) == [DONE, "slot_unavailable"]
        starts = [as_it_is(hers).starts_at, as_it_is(his).starts_at]
        won, lost = (1, 2) if outcomes[0] == DONE else (0, 1)
        assert starts == [this.at(won).starts_at, this.at(lost).starts_at]
    assert Reservation.objects.count() == 2 * ROUNDS
    all_is_in_order()


def test_two_who_want_each_others_time_wait_in_no_circle(
    duel: Duel, rounds: list[Round], kamala: User, suresh: User, service: Service
) -> None:
    """Two members, so that locks of different ones are taken; nobody is free, and nobody hangs."""
    other = BookableServiceFactory(provider=service.provider, duration_minutes=30, members=1)
    other.staff.add(*service.staff.all())
    service.staff.add(*other.staff.all())
    for this in rounds[:FEWER]:
        hers, his = place(kamala, service, this.at(0)), place(suresh, other, this.at(1))
        third, fourth = place(kamala, service, this.at(1)), place(suresh, other, this.at(0))

        outcomes = duel(this.number, moving(hers, kamala, this.at(1)), moving(his, suresh, this.at(0)))

        assert outcomes == ("slot_unavailable", "slot_unavailable")
        for booking in (hers, his, third, fourth):
            assert as_it_is(booking).status == "pending"
    all_is_in_order()


def test_the_rounds_lie_within_the_horizon(service: Service, rounds: list[Round]) -> None:
    last = rounds[-1].at(2)
    assert (last.day - timezone.localdate()).days < service.max_advance_days
    assert last.at < time(17)
