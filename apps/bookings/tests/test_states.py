"""Every state, every role, every move: as docs/states.md has it, and so the code."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_move, booking_settle, overdue_bookings_expire
from apps.bookings.conftest import ClientOf
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingEvent, BookingStatus
from apps.bookings.selectors import booking_locked
from apps.bookings.states import ADMIN, CUSTOMER, MOVES, PROVIDER, SYSTEM, role_can_reach
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.states_document import Row, documented_moves, documented_times, drawn_moves
from apps.bookings.tests.steps import error_of, everything
from apps.common.errors import DomainError
from apps.services.models import Service

STATES = BookingStatus.values
PEOPLE = {CUSTOMER: "kamala", PROVIDER: "bishnu", ADMIN: "anita"}
ROWS = documented_moves()
MOVE = {(row.start, row.end): row for row in ROWS}
TIMES = documented_times()
EVERYBODY_EVERYWHERE = list(product(STATES, PEOPLE))
REASONS = {"cancellation_reason": "It rains.", "rejection_reason": "We are ill."}
# Minutes after the start at which a clock allows a move, and at which it doesn't, yet or any more.
CLOCKS = {
    "any time": (-30, None),
    "people: before it expires": (-30, 0),
    "customer: before `starts_at`": (-30, 0),
    "from 60 minutes before `starts_at`": (-60, -61),
    "from 15 minutes after `starts_at`": (15, 14),
    "from half of the duration after `starts_at`": (30, 29),
}
BY_HAND = [row for row in ROWS if "update-status" in row.how]


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """A cash request for today at noon; an answer is awaited until then."""
    booking = booked(kamala, service, days=0, at="12:00")
    Booking.objects.update(expires_at=booking.starts_at)
    booking.refresh_from_db()
    return booking


def put(booking: Booking, status: str) -> None:
    """Let a booking, with its reservation, be in a state."""
    step = "payment" if status == BookingStatus.DRAFT else "completed"
    columns = {"status": status, "booking_step": step, "reservation_id": booking.reservation_id}
    Booking.objects.filter(pk=booking.pk).update(**columns)


def go_to(clock: time_machine.Traveller, booking: Booking, minutes: int) -> None:
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at + timedelta(minutes=minutes))


def moves_by(role: str, way: str, start: str, end: str) -> bool:
    row = MOVE.get((start, end))
    return row is not None and role in row.who and way in row.how


def expected(role: str, start: str, end: str) -> int:
    """Return the status code of `update-status`, the clock being right."""
    if start == BookingStatus.DRAFT and role != CUSTOMER:
        return 404
    if start == end and any(moves_by(role, "update-status", before, end) for before in STATES):
        return 200
    return 200 if moves_by(role, "update-status", start, end) else 409


# The document and the code


def test_the_document_has_the_codes_table() -> None:
    assert {(row.start, row.end): row.who for row in ROWS} == {
        (str(start), str(end)): who for (start, end), who in MOVES.items()
    }


def test_the_picture_has_the_same_moves() -> None:
    assert drawn_moves() == set(MOVE)


def test_every_clock_is_understood() -> None:
    assert {row.clock for row in BY_HAND} == set(CLOCKS)


# People


@pytest.mark.parametrize(("start", "role"), EVERYBODY_EVERYWHERE)
def test_update_status_follows_the_table(
    booking: Booking,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    clock: time_machine.Traveller,
    start: str,
    role: str,
) -> None:
    client = client_of(request.getfixturevalue(PEOPLE[role]))
    for end in STATES:
        put(booking, start)
        row = MOVE.get((start, end))
        go_to(clock, booking, CLOCKS.get(row.clock, (-30, None))[0] if row else -30)
        before = everything()

        answer = client.patch(f"/api/bookings/{booking.pk}/update-status/", {"status": end, **REASONS})

        assert answer.status_code == expected(role, start, end), end
        if answer.status_code == 200:
            assert answer.json()["status"] == end
            booking.reservation_id = Booking.objects.get().reservation_id
        else:
            assert everything() == before
        if answer.status_code == 409:
            assert error_of(answer)[1] == "invalid_transition"


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("row", [row for row in BY_HAND if CLOCKS[row.clock][1] is not None], ids=Row.__str__)
def test_the_clock_binds_whom_the_table_names(
    booking: Booking,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    clock: time_machine.Traveller,
    row: Row,
    role: str,
) -> None:
    put(booking, row.start)
    go_to(clock, booking, CLOCKS[row.clock][1] or 0)
    named, _, told = row.clock.partition(":")
    binds = named in (role, "people") or not told
    url = f"/api/bookings/{booking.pk}/update-status/"

    answer = client_of(request.getfixturevalue(PEOPLE[role])).patch(url, {"status": row.end, **REASONS})

    assert answer.status_code == (200 if role in row.who and not binds else 409)


@pytest.mark.parametrize(("start", "role"), EVERYBODY_EVERYWHERE)
def test_to_cancel_and_reject_a_reason_is_asked_for_in_every_state(
    booking: Booking, client_of: ClientOf, request: pytest.FixtureRequest, start: str, role: str
) -> None:
    put(booking, start)
    before = everything()
    client = client_of(request.getfixturevalue(PEOPLE[role]))
    is_hidden = start == BookingStatus.DRAFT and role != CUSTOMER

    for end in ("cancelled", "rejected"):
        answer = client.patch(f"/api/bookings/{booking.pk}/update-status/", {"status": end})
        assert answer.status_code == (404 if is_hidden else 400)
    assert client.post(f"/api/bookings/{booking.pk}/cancel/").status_code == (404 if is_hidden else 400)
    assert everything() == before


@pytest.mark.parametrize(("start", "role"), EVERYBODY_EVERYWHERE)
def test_cancel_follows_the_table(
    booking: Booking, client_of: ClientOf, request: pytest.FixtureRequest, start: str, role: str
) -> None:
    put(booking, start)
    client = client_of(request.getfixturevalue(PEOPLE[role]))
    preview = client.get(f"/api/bookings/{booking.pk}/cancellation-preview/")

    answer = client.post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "It rains."})

    if start == BookingStatus.DRAFT and role != CUSTOMER:
        assert (answer.status_code, preview.status_code) == (404, 404)
        return
    may = moves_by(role, "cancel", start, "cancelled")
    assert preview.json()["cancellable"] == may
    if may or start == BookingStatus.CANCELLED:
        assert answer.json()["status"] == "cancelled"
    else:
        assert error_of(answer)[:2] == (409, "not_cancellable")


@pytest.mark.parametrize("asks_again", [False, True])
@pytest.mark.parametrize(("start", "role"), EVERYBODY_EVERYWHERE)
def test_another_time_follows_its_table(
    kamala: User,
    service: Service,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    start: str,
    role: str,
    asks_again: bool,
) -> None:
    Service.objects.update(reconfirm_after_reschedule=asks_again)
    booking = booked(kamala, service, days=4)
    put(booking, start)
    before = everything()
    body = {"booking_date": in_days(4).isoformat(), "booking_time": "14:00"}

    answer = client_of(request.getfixturevalue(PEOPLE[role])).post(
        f"/api/bookings/{booking.pk}/reschedule/", body
    )

    if (start, role) in TIMES:
        end = TIMES[start, role][asks_again]
        assert answer.json()["status"] == end
        assert start == end or moves_by(role, "reschedule", start, end)
        return
    if start == BookingStatus.DRAFT:
        refusal = (409, "invalid_transition") if role == CUSTOMER else (404, "not_found")
    else:
        refusal = (409, "not_reschedulable")
    assert error_of(answer)[:2] == refusal
    assert everything() == before


@pytest.mark.parametrize(("start", "role"), EVERYBODY_EVERYWHERE)
def test_the_wizard_drops_and_confirms_as_the_table_says(
    kamala: User,
    service: Service,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    start: str,
    role: str,
) -> None:
    booking = booked(kamala, service)
    put(booking, start)
    client = client_of(request.getfixturevalue(PEOPLE[role]))
    confirmation = {"booking_step": "confirmation", "booking_id": booking.pk}

    if moves_by(role, "wizard", start, "pending"):
        assert client.post("/api/booking-wizard/create-step/", confirmation).status_code == 200
        assert Booking.objects.get().status == "pending"
        put(booking, start)
    answer = client.delete(f"/api/booking-wizard/{booking.pk}/")

    may_drop = moves_by(role, "wizard", start, "expired")
    assert answer.status_code == (204 if may_drop else 409 if role == CUSTOMER else 403)
    assert Booking.objects.get().status == ("expired" if may_drop else start)


# The system


@pytest.mark.parametrize("start", STATES)
def test_the_job_expires_what_the_table_says(
    booking: Booking, clock: time_machine.Traveller, start: str
) -> None:
    put(booking, start)
    go_to(clock, booking, 0)

    overdue_bookings_expire(now=timezone.now())

    may = moves_by(SYSTEM, "job", start, "expired")
    assert Booking.objects.get().status == ("expired" if may else start)


@pytest.mark.parametrize("start", STATES)
def test_money_confirms_what_the_table_says(booking: Booking, start: str) -> None:
    put(booking, start)
    booking.refresh_from_db()

    booking_settle(booking=booking_locked(booking.pk), now=timezone.now())

    may = moves_by(SYSTEM, "payment", start, "confirmed")
    assert Booking.objects.get().status == ("confirmed" if may else start)


@pytest.mark.parametrize(("start", "end"), list(product(STATES, STATES)))
def test_the_system_follows_the_table(booking: Booking, start: str, end: str) -> None:
    put(booking, start)
    booking.refresh_from_db()
    moves = BookingEvent.objects.count()
    row = MOVE.get((start, end))
    allowed = row is not None and SYSTEM in row.who
    is_there = start == end and role_can_reach(end, SYSTEM)

    def move() -> bool:
        return booking_move(booking=LockedBooking(booking), to_status=end, actor=None, now=booking.created_at)

    if allowed or is_there:
        assert move() == allowed
    else:
        with pytest.raises(DomainError, match="invalid_transition"):
            move()
    assert BookingEvent.objects.count() == moves + allowed
    assert Booking.objects.get().status == (end if allowed else start)


def test_of_two_moves_from_one_state_one_is_made(booking: Booking, bishnu: User, anita: User) -> None:
    stale = LockedBooking(Booking.objects.get(pk=booking.pk))
    move: dict[str, Any] = {"to_status": "confirmed", "now": booking.created_at}
    booking_move(booking=LockedBooking(booking), actor=bishnu, **move)

    with pytest.raises(DomainError, match="invalid_transition"):
        booking_move(booking=stale, actor=anita, **move)
    assert BookingEvent.objects.filter(to_status="confirmed").count() == 1
