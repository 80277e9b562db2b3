"""Random lives of random schedules: what is shown can be taken, and no member is ever in two places."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.common.localtime import local
from apps.slots.actions import (
    expired_holds_release,
    reservation_make_firm,
    reservation_release,
    reservation_renew,
)
from apps.slots.selectors import Wish
from apps.slots.tests import strategies
from apps.slots.tests.marketplace import Marketplace, opened
from apps.slots.tests.oracle import MINUTE

pytestmark = pytest.mark.django_db

CLAIMING = ["hold", "hold", "book", "move", "pay", "pay late", "renew", "release"]
STEPS = [*CLAIMING, "wait", "tidy", "depart", "undo"]


def live_on(draw: Any, place: Marketplace, step: str) -> None:
    """Let one thing happen."""
    service = draw(st.sampled_from(place.services))
    wish = Wish(
        staff_id=draw(st.sampled_from([None, None, *(member.pk for member in place.members)])),
        gender=draw(st.sampled_from(["", "any", "female"])),
    )
    shown = sorted(place.shown(service, wish, None))
    anywhere = strategies.moments(local(place.now).tzinfo, place.day)  # type: ignore[arg-type]  # a ZoneInfo
    start = draw(st.sampled_from(shown) if shown and draw(st.integers(0, 3)) else anywhere)
    reservation = draw(st.sampled_from(place.reservations)) if place.reservations else None
    if step == "hold":
        place.take(service, start, wish, minutes=draw(st.integers(1, 30)))
    elif step == "book":
        place.take(service, start, wish)
    elif step == "depart":
        place.depart(
            service,
            draw(st.sampled_from(place.members)),
            start,
            ends_at=start + draw(st.sampled_from([15, 60, 100])) * MINUTE,
            is_available=draw(st.booleans()),
            max_bookings=draw(st.sampled_from([None, 1, 4])),
        )
    elif step == "undo":
        place.undo_override()
    elif step == "wait":
        place.now += draw(st.integers(1, 30)) * MINUTE
    elif step == "tidy":
        expired_holds_release(now=place.now)
    elif reservation is None:
        return
    elif step == "move":
        place.take(reservation.service, start, wish, minutes=draw(st.integers(1, 30)), current=reservation)
    elif step == "pay":
        reservation_make_firm(reservation=reservation, now=place.now)
    elif step == "pay late":
        reservation_make_firm(reservation=reservation, now=place.now - draw(st.integers(1, 30)) * MINUTE)
    elif step == "renew":
        reservation_renew(reservation=reservation, expires_at=place.now + 20 * MINUTE, now=place.now)
    else:
        reservation_release(reservation_id=reservation.pk)


@given(st.data())
def test_what_is_shown_can_be_taken_and_nobody_is_in_two_places(bishnu: User, data: st.DataObject) -> None:
    with opened(data.draw, bishnu) as place:
        for step in data.draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=12)):
            live_on(data.draw, place, step)
            place.check()


@given(st.data())
def test_as_many_seats_can_be_taken_as_are_shown(bishnu: User, data: st.DataObject) -> None:
    with opened(data.draw, bishnu) as place:
        for service in place.services:
            shown = place.shown(service, Wish(), None)
            if not shown:
                continue
            start = data.draw(st.sampled_from(sorted(shown)))
            for left in range(shown[start], 0, -1):
                assert place.shown(service, Wish(), None)[start] == left
                assert place.take(service, start, Wish())
            assert place.take(service, start, Wish()) is None
            place.check()
