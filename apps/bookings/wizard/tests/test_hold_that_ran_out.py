"""A hold ends by itself; the next step takes the slot again if it is still free."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from apps.accounts.models import User
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard, error_of, everything
from apps.services.models import Service
from apps.slots.models import Reservation

Step = Callable[[Wizard], Any]
LATER: list[Step] = [
    lambda wizard: wizard.enter_details(),
    lambda wizard: wizard.choose_payment("khalti"),
    lambda wizard: wizard.confirm(),
]
AFTERWARDS = timedelta(minutes=15)


@pytest.fixture(params=[False, True], ids=["ignored", "tidied up"])
def later(request: pytest.FixtureRequest, clock: time_machine.Traveller) -> Callable[[], None]:
    """Go to the moment at which the hold has run out, with and without the job that deletes it."""

    def go() -> None:
        clock.shift(AFTERWARDS)
        if request.param:
            call_command("expire_holds")
            assert not Reservation.objects.exists()

    return go


def test_a_hold_that_ran_out_is_not_shown(wizard: Wizard, later: Callable[[], None]) -> None:
    wizard.walk_to("payment")
    later()

    state = wizard.state().json()

    assert state["hold_expires_at"] is None
    assert state["next_step"] == "confirmation"


def test_its_slot_is_free_for_others(
    wizard: Wizard, later: Callable[[], None], suresh: User, service: Service
) -> None:
    wizard.walk_to("payment", at="10:00")
    later()

    assert booked(suresh, service, at="10:00").status == "pending"


@pytest.mark.parametrize("step", LATER)
def test_a_step_takes_the_slot_again(wizard: Wizard, later: Callable[[], None], step: Step) -> None:
    wizard.walk_to("payment", at="10:00")
    later()

    answer = step(wizard)

    assert answer.status_code == 200
    reservation = Reservation.objects.get()
    assert reservation.slot_starts_at == wizard.booking.starts_at
    assert wizard.booking.reservation == reservation
    is_confirmed = answer.json()["booking"]["status"] == "pending"
    expected = None if is_confirmed else "2026-12-07T08:30:00+05:45"
    assert answer.json()["hold_expires_at"] == expected


def test_the_same_slot_again_is_held_anew(wizard: Wizard, later: Callable[[], None]) -> None:
    wizard.walk_to("payment", at="10:00")
    later()

    assert wizard.choose_time("10:00").json()["hold_expires_at"] == "2026-12-07T08:30:00+05:45"


@pytest.mark.parametrize("step", LATER)
def test_a_slot_that_was_taken_meanwhile_is_lost(
    wizard: Wizard, later: Callable[[], None], suresh: User, service: Service, step: Step
) -> None:
    wizard.walk_to("payment", at="10:00")
    later()
    booked(suresh, service, at="10:00")
    before = everything()

    assert error_of(step(wizard))[:2] == (409, "hold_expired")
    assert everything() == before


@pytest.mark.parametrize("step", LATER)
def test_a_lost_slot_brings_the_nearest_others(
    wizard: Wizard, later: Callable[[], None], suresh: User, service: Service, step: Step
) -> None:
    wizard.walk_to("payment", at="10:00")
    later()
    booked(suresh, service, at="10:00")

    others = [slot["start_time"] for slot in step(wizard).json()["alternatives"]]

    assert others
    assert "10:00:00" not in others


def test_a_lost_slot_is_replaced_by_another(
    wizard: Wizard, later: Callable[[], None], suresh: User, service: Service
) -> None:
    wizard.walk_to("payment", at="10:00")
    later()
    booked(suresh, service, at="10:00")

    assert wizard.choose_time("11:00").json()["next_step"] == "confirmation"
    assert wizard.confirm().json()["booking"]["status"] == "pending"


@pytest.mark.parametrize("step", [LATER[0], LATER[2]])
def test_another_price_is_to_be_agreed_to(
    wizard: Wizard, later: Callable[[], None], service: Service, step: Step
) -> None:
    wizard.walk_to("payment")
    later()
    Service.objects.filter(pk=service.pk).update(price=Decimal("1800.00"))

    answer = step(wizard)

    assert answer.status_code == 200
    assert answer.json()["next_step"] == "payment"
    assert answer.json()["price"]["total"] == "1800.00"
    assert answer.json()["booking"]["status"] == "draft"
    assert wizard.state().json()["hold_expires_at"] == "2026-12-07T08:30:00+05:45"
    assert wizard.choose_payment().json()["next_step"] == "confirmation"
    assert wizard.confirm().json()["booking"]["total_amount"] == "1800.00"


def test_a_slot_whose_notice_has_passed_is_lost(
    wizard: Wizard, clock: time_machine.Traveller, service: Service
) -> None:
    Service.objects.filter(pk=service.pk).update(min_notice_minutes=110)
    wizard.walk_to("payment", at="10:00", days=0)
    clock.shift(AFTERWARDS)

    assert error_of(wizard.confirm())[:2] == (409, "hold_expired")


def test_a_paused_service_gives_no_slot_back(
    wizard: Wizard, later: Callable[[], None], service: Service
) -> None:
    wizard.walk_to("payment")
    later()
    Service.objects.filter(pk=service.pk).update(status="paused")

    assert error_of(wizard.confirm())[:2] == (409, "hold_expired")


def test_a_preference_that_comes_late_is_met(
    wizard: Wizard, later: Callable[[], None], service: Service
) -> None:
    member = service.staff.get()
    member.gender = "female"
    member.save()
    wizard.walk_to("payment")
    later()

    assert wizard.enter_details(preferred_provider_gender="female").status_code == 200
    assert error_of(wizard.enter_details(preferred_provider_gender="male"))[1] == "slot_unavailable"
