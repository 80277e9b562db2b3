"""Many at the same moment: threads with a connection each, on SQLite as on PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations
from typing import TypeVar

import pytest
from django.db import connection, transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.selectors import booking_locked
from apps.bookings.tests.factories import draft_at_payment_step, in_days
from apps.bookings.tests.threads import at_once, meanwhile
from apps.common.errors import DomainError
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.actions import (
    expired_holds_release,
    reservation_make_firm,
    slot_override_create,
)
from apps.slots.models import BookingSlot, Reservation
from apps.slots.selectors import Wish
from apps.slots.tests.factories import BookableServiceFactory, at, taken, works

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

CROWD = 64
Result = TypeVar("Result")
QUARTER = timedelta(minutes=15)
GUARDS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'slots_reservation'::regclass AND contype IN ('u', 'x')
"""


def ten() -> str:
    return f"{in_days(3)} 10:00"


def taking(service: Service, **options: object) -> Callable[[], bool]:
    """Return a call that takes ten o'clock, and says whether it got it."""

    def take() -> bool:
        try:
            taken(service, ten(), **options)  # type: ignore[arg-type]
        except DomainError as refusal:
            if refusal.code != "slot_unavailable":
                raise
            return False
        return True

    return take


def impatient(call: Callable[[], Result]) -> Callable[[], Result]:
    """Return the call, which fails where it would have to wait for a lock."""

    def hurried() -> Result:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            return call()

    return hurried


def assert_nobody_is_in_two_places() -> None:
    for one, other in combinations(Reservation.objects.filter(expires_at=None), 2):
        if one.staff_id == other.staff_id and one.slot_id != other.slot_id:
            assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at


@pytest.mark.parametrize(("seats", "members", "winners"), [(1, 1, 1), (5, 1, 5), (1, 3, 3), (2, 3, 6)])
def test_of_64_as_many_win_as_there_are_seats(seats: int, members: int, winners: int) -> None:
    service = BookableServiceFactory(max_bookings=seats, members=members)
    assert sum(at_once([taking(service)] * CROWD)) == winners == Reservation.objects.count()
    assert_nobody_is_in_two_places()


def test_two_services_of_one_member_are_never_both_taken() -> None:
    first = BookableServiceFactory(max_bookings=3)
    second = BookableServiceFactory(provider=first.provider, members=0, duration_minutes=90, max_bookings=3)
    second.staff.set(first.staff.all())
    assert sum(at_once([taking(first), taking(second)] * 16)) == 3
    assert Reservation.objects.values("service").distinct().count() == 1


def test_two_services_of_overlapping_teams_never_wait_for_each_other_in_a_circle() -> None:
    first = BookableServiceFactory(members=2)
    second = BookableServiceFactory(provider=first.provider, members=0)
    second.staff.set([*first.staff.all(), works(StaffFactory(provider=first.provider))])
    assert sum(at_once([taking(first), taking(second)] * 16)) == 3
    assert_nobody_is_in_two_places()


@pytest.mark.postgres
def test_two_whose_holds_ran_out_may_change_places() -> None:
    service = BookableServiceFactory(members=2)
    first, second = (Wish(staff_id=member.pk) for member in service.staff.all())
    now = timezone.now()
    hold_of_one = taken(service, ten(), wish=first, until=now)
    hold_of_other = taken(service, ten(), wish=second, until=now)
    changing_places = [
        taking(service, wish=second, current=hold_of_one),
        taking(service, wish=first, current=hold_of_other),
    ]
    with meanwhile(lambda: at_once(changing_places), waiting=2) as changed:
        # Neither can free the other's seat yet, so both get as far as they can.
        list(Reservation.objects.select_for_update())
    assert changed.result() == [True, True]


def test_a_hold_that_ran_out_is_either_paid_or_taken() -> None:
    service = BookableServiceFactory(members=8)
    now = timezone.now()
    holds = [taken(service, ten(), until=now + QUARTER) for _ in range(8)]
    # Who pays goes by a clock that is a quarter of an hour slow.
    paying = [lambda hold=hold: reservation_make_firm(reservation=hold, now=now) for hold in holds]
    answers = at_once([*paying, *[taking(service, now=now + QUARTER)] * 8])
    assert sum(answers) == Reservation.objects.filter(expires_at=None).count() == 8
    assert_nobody_is_in_two_places()


def test_a_provider_changes_seats_before_or_after_a_taking_but_never_between() -> None:
    service = BookableServiceFactory(max_bookings=5)

    def set_to_two_seats() -> bool:
        try:
            slot_override_create(
                service=service,
                staff=service.staff.get(),
                starts_at=at(ten()),
                ends_at=at(ten()) + timedelta(hours=1),
                max_bookings=2,
                now=timezone.now(),
            )
        except DomainError as refusal:
            return refusal.code != "in_use"
        return True

    *takers, has_two_seats = at_once([*[taking(service)] * 8, set_to_two_seats])
    assert sum(takers) == (2 if has_two_seats else 5)


@pytest.mark.postgres
def test_whoever_takes_a_run_out_slot_does_not_wait_for_its_booking(kamala: User) -> None:
    service = BookableServiceFactory()
    draft = draft_at_payment_step(kamala, service)
    with transaction.atomic():
        booking_locked(draft.pk)
        assert at_once([impatient(taking(service, now=timezone.now() + timedelta(hours=1)))]) == [True]


@pytest.mark.postgres
def test_tidying_passes_by_what_somebody_works_on(kamala: User) -> None:
    service = BookableServiceFactory()
    draft = draft_at_payment_step(kamala, service)
    later = timezone.now() + timedelta(hours=1)
    with transaction.atomic():
        booking_locked(draft.pk)
        assert at_once([impatient(lambda: expired_holds_release(now=later))]) == [0]
    assert expired_holds_release(now=later) == 1


@pytest.fixture
def unguarded(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither lock nor constraint."""
    monkeypatch.setattr(
        "apps.slots.actions.reservations.members_locked",
        lambda members: list(members.values_list("pk", flat=True)),
    )
    with connection.cursor() as cursor:
        cursor.execute(GUARDS)
        guards = cursor.fetchall()
        for name, _ in guards:
            cursor.execute(f"ALTER TABLE slots_reservation DROP CONSTRAINT {name}")
        yield
        Reservation.objects.all().delete()
        for name, definition in guards:
            cursor.execute(f"ALTER TABLE slots_reservation ADD CONSTRAINT {name} {definition}")


@pytest.mark.postgres
@pytest.mark.usefixtures("unguarded")
def test_without_lock_and_constraints_a_seat_is_sold_twice() -> None:
    """On a busy machine one crowd may happen to come one by one, but not ten."""
    assert any(how_many_get_one_seat() > 1 for _ in range(10))


def how_many_get_one_seat() -> int:
    service = BookableServiceFactory()
    BookingSlot.objects.create(
        service=service,
        staff=service.staff.get(),
        starts_at=at(ten()),
        ends_at=at(ten()) + timedelta(hours=1),
    )
    return sum(at_once([taking(service)] * CROWD))
