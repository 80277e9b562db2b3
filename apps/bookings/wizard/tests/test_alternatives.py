"""What is offered instead of a slot that is gone."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from apps.accounts.models import User
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import Wizard
from apps.services.models import Service
from apps.services.tests.factories import StaffFactory
from apps.slots.models import WorkingHours
from apps.slots.tests.factories import works


def alternatives(answer: Any) -> list[str]:
    """Return the alternatives' starts, as `10T11:00`."""
    assert answer.status_code == 409, answer.json()
    return [slot["starts_at"][8:16] for slot in answer.json()["alternatives"]]


def test_the_five_nearest_are_offered(
    wizard: Wizard, suresh: User, service: Service, clock: time_machine.Traveller
) -> None:
    booked(suresh, service, at="13:00")
    wizard.walk_to("service_selection")

    assert alternatives(wizard.choose_time("13:00")) == [
        "10T12:00",
        "10T14:00",
        "10T11:00",
        "10T15:00",
        "10T10:00",
    ]


def test_they_stand_beside_the_errors_as_slots(wizard: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, at="10:00")
    wizard.walk_to("service_selection")

    body = wizard.choose_time("10:00").json()

    assert sorted(body) == ["alternatives", "errors", "type"]
    shown = wizard.client.get(
        "/api/booking-slots/available-slots/", {"service_id": str(service.pk), "date": str(in_days(3))}
    ).json()
    assert all(slot in shown for slot in body["alternatives"] if slot["date"] == str(in_days(3)))


def test_each_can_be_booked(wizard: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, at="16:00")
    wizard.walk_to("service_selection")

    offered = wizard.choose_time("16:00").json()["alternatives"]

    assert len(offered) == 5
    for slot in offered:
        answer = wizard.step("datetime_selection", booking_date=slot["date"], booking_time=slot["start_time"])
        assert answer.status_code == 200


def test_none_lies_in_the_past(wizard: Wizard, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(hours=6))  # 14:00
    wizard.walk_to("service_selection")

    assert alternatives(wizard.choose_time("10:00", days=0)) == [
        "07T15:00",
        "07T16:00",
        "08T10:00",
        "08T11:00",
        "08T12:00",
    ]
    assert alternatives(wizard.choose_time("10:00", days=-300))[0] == "07T15:00"


def test_beyond_the_horizon_the_last_days_are_offered(
    wizard: Wizard, service: Service, clock: time_machine.Traveller
) -> None:
    Service.objects.filter(pk=service.pk).update(max_advance_days=2)
    wizard.walk_to("service_selection")

    assert alternatives(wizard.choose_time("16:00", days=9)) == [
        "09T16:00",
        "09T15:00",
        "09T14:00",
        "09T13:00",
        "09T12:00",
    ]


def test_only_members_who_were_asked_for_are_offered(
    wizard: Wizard, suresh: User, service: Service, clock: time_machine.Traveller
) -> None:
    wanted = works(StaffFactory(provider=service.provider), "15:00", "17:00", weekdays=[3])
    wanted.services.add(service)
    wizard.walk_to("service_selection")

    assert alternatives(wizard.choose_time("10:00", staff=wanted.pk)) == [
        "10T15:00",
        "10T16:00",
        "17T15:00",
        "17T16:00",
    ]


def test_none_where_nobody_works(wizard: Wizard) -> None:
    WorkingHours.objects.all().delete()
    wizard.walk_to("service_selection")

    assert alternatives(wizard.choose_time("10:00")) == []


def test_a_booking_in_one_call_gets_them_too(wizard: Wizard, suresh: User, service: Service) -> None:
    made = booked(suresh, service, at="10:00")

    answer = wizard.client.post(
        "/api/bookings/",
        {
            "service": service.pk,
            "booking_date": str(made.booking_date),
            "booking_time": "10:00",
            "address": "Jhamsikhel",
            "city": "kathmandu",
            "phone": "9841234567",
        },
    )

    starts = [datetime.fromisoformat(slot["starts_at"]) for slot in answer.json()["alternatives"]]
    assert len(starts) == 5
    assert made.starts_at not in starts
