"""Every state, every role, every move: what the table says, over HTTP and in docs/states.md."""

import re
from itertools import product
from typing import Any

import pytest
import time_machine
from django.conf import settings

from apps.accounts.models import User
from apps.bookings.actions import booking_move
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent, BookingStatus
from apps.bookings.states import ADMIN, CUSTOMER, MOVES, PROVIDER, SYSTEM, role_can_reach
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of, everything
from apps.common.errors import DomainError
from apps.services.models import Service

STATES = BookingStatus.values
PEOPLE = {CUSTOMER: "kamala", PROVIDER: "bishnu", ADMIN: "anita"}
BY_HAND = {"confirmed", "rejected", "cancelled", "in_progress", "completed", "no_show"}
REASONS = {"cancellation_reason": "It rains.", "rejection_reason": "We are ill."}
DOCUMENT = settings.BASE_DIR / "docs" / "states.md"


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """A cash request whose visit begins in half an hour: work may begin, and a customer may still cancel."""
    clock.shift(90 * 60)
    return booked(kamala, service, days=0, at="10:00")


def expected(from_status: str, to_status: str, role: str) -> int:
    """Return the status code that the table asks for."""
    if from_status == BookingStatus.DRAFT and role != CUSTOMER:
        return 404
    if to_status not in BY_HAND or not role_can_reach(to_status, role):
        return 409
    if from_status == to_status:
        return 200
    if to_status == BookingStatus.NO_SHOW:
        return 409  # its time has not come
    allowed = role in MOVES.get((BookingStatus(from_status), BookingStatus(to_status)), frozenset())
    return 200 if allowed else 409


@pytest.mark.parametrize(("from_status", "role"), list(product(STATES, PEOPLE)))
def test_update_status_follows_the_table(
    booking: Booking, client_of: ClientOf, request: pytest.FixtureRequest, from_status: str, role: str
) -> None:
    client = client_of(request.getfixturevalue(PEOPLE[role]))
    step = "payment" if from_status == BookingStatus.DRAFT else "completed"
    claim = {"reservation": booking.reservation_id, "booking_step": step}

    for to_status in STATES:
        Booking.objects.filter(pk=booking.pk).update(status=from_status, **claim)
        before = everything()
        url = f"/api/bookings/{booking.pk}/update-status/"
        answer = client.patch(url, {"status": to_status, **REASONS})

        assert answer.status_code == expected(from_status, to_status, role), (from_status, to_status)
        if answer.status_code == 200:
            assert answer.json()["status"] == to_status
            claim["reservation"] = Booking.objects.get().reservation_id
        else:
            assert everything() == before
        if answer.status_code == 409:
            assert error_of(answer)[1] == "invalid_transition"


@pytest.mark.parametrize(("from_status", "to_status"), list(product(STATES, STATES)))
def test_the_system_follows_the_table(booking: Booking, from_status: str, to_status: str) -> None:
    Booking.objects.filter(pk=booking.pk).update(status=from_status)
    booking.refresh_from_db()
    moves = BookingEvent.objects.count()
    allowed = SYSTEM in MOVES.get((BookingStatus(from_status), BookingStatus(to_status)), frozenset())
    is_there = from_status == to_status and role_can_reach(to_status, SYSTEM)

    def move() -> bool:
        return booking_move(booking=booking, to_status=to_status, actor=None, now=booking.created_at)

    if allowed or is_there:
        assert move() == allowed
    else:
        with pytest.raises(DomainError, match="invalid_transition"):
            move()
    assert BookingEvent.objects.count() == moves + allowed
    assert Booking.objects.get().status == (to_status if allowed else from_status)


def test_of_two_moves_from_one_state_one_is_made(booking: Booking, bishnu: User, anita: User) -> None:
    stale = Booking.objects.get(pk=booking.pk)
    move: dict[str, Any] = {"to_status": "confirmed", "now": booking.created_at}
    booking_move(booking=booking, actor=bishnu, **move)

    with pytest.raises(DomainError, match="invalid_transition"):
        booking_move(booking=stale, actor=anita, **move)
    assert BookingEvent.objects.filter(to_status="confirmed").count() == 1


def test_the_document_has_the_same_table() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| ([\w, ]+) \|", DOCUMENT.read_text(), re.MULTILINE)

    documented = {(start, end): frozenset(who.split(", ")) for start, end, who in rows}

    assert documented == {(str(start), str(end)): who for (start, end), who in MOVES.items()}


def test_the_picture_has_the_same_moves() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+)", DOCUMENT.read_text(), re.MULTILINE)

    assert set(drawn) == {(str(start), str(end)) for start, end in MOVES}
