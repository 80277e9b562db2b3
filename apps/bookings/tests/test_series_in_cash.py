"""A recurring booking paid in cash: one request for all of it, and one answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.dispatch import Signal
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingSeries
from apps.bookings.recurrence import Recurrence
from apps.bookings.tests.factories import WEEKLY, booked, in_days, series_of
from apps.bookings.tests.steps import DETAILS, Wizard, available, error_of, everything
from apps.bookings.tests.steps import WEEKLY as WEEKLY_BODY
from apps.payments.audit import findings
from apps.services.models import Service
from apps.slots.models import Reservation


@pytest.fixture
def sent(clock: time_machine.Traveller, wizard: Wizard) -> list[Booking]:
    """Kamala's four weekly bookings at ten, asked for in the wizard."""
    wizard.walk_to("datetime_selection", at="10:00").recur(special_instructions="Ring twice.")
    wizard.choose_payment("cash")
    assert wizard.confirm().status_code == 200
    return series_of(wizard.booking)


@pytest.fixture
def bishnus(client_of: ClientOf, bishnu: User) -> APIClient:
    return client_of(bishnu)


@contextmanager
def heard(signal: Signal) -> Iterator[list[dict[str, Any]]]:
    """Collect what a signal says."""
    told: list[dict[str, Any]] = []

    def hear(**said: Any) -> None:
        told.append(said)

    signal.connect(hear)
    try:
        yield told
    finally:
        signal.disconnect(hear)


def update(client: APIClient, booking: Booking, status: str, **more: Any) -> Any:
    return client.patch(f"/api/bookings/{booking.pk}/update-status/", {"status": status, **more})


def states_of(bookings: list[Booking]) -> list[str]:
    """Return the bookings' states by now."""
    found = dict(Booking.objects.filter(pk__in=[one.pk for one in bookings]).values_list("pk", "status"))
    return [found[one.pk] for one in bookings]


def test_each_booking_is_a_booking_of_its_own(sent: list[Booking], wizard: Wizard) -> None:
    answer = wizard.client.get("/api/bookings/", {"ordering": "starts_at"}).json()["results"]

    assert [booking["booking_date"] for booking in answer] == [
        in_days(days).isoformat() for days in (3, 10, 17, 24)
    ]
    assert len({booking["reference"] for booking in answer}) == 4
    assert {booking["series"] for booking in answer} == {BookingSeries.objects.get().pk}
    for name, value in {
        "status": "pending",
        "booking_step": "completed",
        "is_recurring": True,
        "recurring_frequency": "weekly",
        "booking_time": "10:00:00",
        "address": DETAILS["address"],
        "special_instructions": "Ring twice.",
        "price": "1500.00",
        "total_amount": "1500.00",
        "payment_method": "cash",
        "payment_status": "pending",
    }.items():
        assert {booking[name] for booking in answer} == {value}


def test_all_its_reservations_are_firm(sent: list[Booking]) -> None:
    assert list(Reservation.objects.values_list("expires_at", flat=True)) == [None] * 4
    assert {reservation.booking.pk for reservation in Reservation.objects.all()} == {
        booking.pk for booking in sent
    }


def test_the_history_of_each_begins_with_a_draft(sent: list[Booking]) -> None:
    moves = [list(booking.events.values_list("from_status", "to_status")) for booking in sent]

    assert moves == [[("", "draft"), ("draft", "pending")]] * 4
    assert not list(findings())


def test_the_wizard_goes_on_showing_what_was_asked_for(
    wizard: Wizard, clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=17, at="10:00")
    wizard.walk_to("datetime_selection", at="10:00").recur()
    wizard.choose_payment("cash")

    answer = wizard.confirm()

    assert available(answer) == [True, True, False, True]
    assert wizard.state().json() == answer.json() == wizard.confirm().json()
    assert len(series_of(wizard.booking)) == 3


def test_the_wizard_shows_each_booking_where_it_was_moved_to(
    wizard: Wizard, clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=17, at="10:00")
    wizard.walk_to("datetime_selection", at="10:00").recur()
    wizard.choose_payment("cash")
    wizard.confirm()
    body = {"booking_date": in_days(4).isoformat(), "booking_time": "12:00"}
    assert wizard.client.post(f"/api/bookings/{wizard.booking_id}/reschedule/", body).status_code == 200

    occurrences = wizard.state().json()["occurrences"]

    assert [
        (occurrence["date"], occurrence["time"], occurrence["available"]) for occurrence in occurrences
    ] == [
        (in_days(4).isoformat(), "12:00:00", True),
        (in_days(10).isoformat(), "10:00:00", True),
        (in_days(17).isoformat(), "10:00:00", False),
        (in_days(24).isoformat(), "10:00:00", True),
    ]


def test_the_wizard_shows_no_bookings_with_a_later_one(sent: list[Booking], wizard: Wizard) -> None:
    assert "occurrences" not in wizard.client.get(f"/api/booking-wizard/{sent[2].pk}/").json()


def test_all_wait_for_one_answer_as_long_as_a_request_does(sent: list[Booking]) -> None:
    assert {booking.expires_at for booking in sent} == {timezone.now() + timedelta(hours=24)}


def test_it_waits_until_the_first_booking_at_the_latest(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    wizard.walk_to("datetime_selection", days=0, at="12:00").recur()
    wizard.choose_payment("cash")
    wizard.confirm()

    first, *later = series_of(wizard.booking)
    assert {booking.expires_at for booking in later} == {first.starts_at}


@pytest.mark.parametrize("number", [0, 2])
def test_accepting_one_accepts_all(sent: list[Booking], bishnus: APIClient, number: int) -> None:
    with heard(events.booking_confirmed) as told:
        assert update(bishnus, sent[number], "confirmed").json()["status"] == "confirmed"

    assert states_of(sent) == ["confirmed"] * 4
    assert len({said["batch"] for said in told}) == 1
    assert [said["booking"].pk for said in told].count(sent[number].pk) == 1
    assert len(told) == 4
    assert told[0]["batch"]


def test_rejecting_one_rejects_all_and_frees_them(sent: list[Booking], bishnus: APIClient) -> None:
    with heard(events.booking_rejected) as told:
        answer = update(bishnus, sent[1], "rejected", rejection_reason="We are full.")

    assert answer.status_code == 200
    assert states_of(sent) == ["rejected"] * 4
    assert not Reservation.objects.exists()
    assert len({said["batch"] for said in told}) == 1
    assert {booking.rejection_reason for booking in Booking.objects.all()} == {"We are full."}


def test_once_accepted_one_is_rejected_alone(sent: list[Booking], bishnus: APIClient) -> None:
    update(bishnus, sent[0], "confirmed")

    with heard(events.booking_rejected) as told:
        update(bishnus, sent[1], "rejected", rejection_reason="That day I am away.")

    assert states_of(sent) == ["confirmed", "rejected", "confirmed", "confirmed"]
    assert told[0]["batch"] is None


def test_what_was_cancelled_before_stays_so(sent: list[Booking], wizard: Wizard, bishnus: APIClient) -> None:
    wizard.client.post(f"/api/bookings/{sent[1].pk}/cancel/", {"reason": "away"})

    update(bishnus, sent[0], "confirmed")

    assert states_of(sent) == ["confirmed", "cancelled", "confirmed", "confirmed"]


def test_a_series_nobody_answers_expires_as_a_whole(
    sent: list[Booking], clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=24))
    printed = StringIO()

    with heard(events.booking_expired) as told:
        call_command("expire_holds", stdout=printed)

    assert "4 bookings expired" in printed.getvalue()
    assert states_of(sent) == ["expired"] * 4
    assert len({said["batch"] for said in told}) == 1
    assert not Reservation.objects.exists()


def test_a_series_past_its_deadline_is_not_accepted(
    sent: list[Booking], clock: time_machine.Traveller, bishnus: APIClient
) -> None:
    clock.shift(timedelta(hours=24))

    assert error_of(update(bishnus, sent[0], "confirmed"))[:2] == (409, "invalid_transition")
    assert states_of(sent) == ["pending"] * 4


def test_another_provider_finds_none_of_it(sent: list[Booking], client_of: ClientOf, gita: User) -> None:
    assert update(client_of(gita), sent[1], "confirmed").status_code == 404


def test_a_customer_does_not_answer_himself(sent: list[Booking], wizard: Wizard) -> None:
    assert error_of(update(wizard.client, sent[0], "confirmed"))[:2] == (409, "invalid_transition")
    assert states_of(sent) == ["pending"] * 4


def test_each_booking_of_a_series_counts(sent: list[Booking], wizard: Wizard, settings: Settings) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = 5
    client, service_id = wizard.client, wizard.service_id

    assert Wizard(client, service_id).walk_to("payment", at="11:00").confirm().status_code == 200
    sixth = Wizard(client, service_id).walk_to("payment", at="12:00")
    assert error_of(sixth.confirm())[:2] == (409, "too_many_bookings")


def test_it_is_told_as_one_request(wizard: Wizard) -> None:
    wizard.walk_to("datetime_selection").recur()
    wizard.choose_payment("cash")

    with heard(events.booking_requested) as told:
        wizard.confirm()

    assert len(told) == 4
    assert len({said["batch"] for said in told} - {None}) == 1
    assert {said["booking"].series_id for said in told} == {BookingSeries.objects.get().pk}


def test_a_single_request_has_no_batch(wizard: Wizard) -> None:
    wizard.walk_to("payment")

    with heard(events.booking_requested) as told:
        wizard.confirm()

    assert [said["batch"] for said in told] == [None]


def test_each_is_paid_when_its_work_is_done(
    sent: list[Booking], clock: time_machine.Traveller, bishnus: APIClient
) -> None:
    update(bishnus, sent[0], "confirmed")
    clock.shift(timedelta(days=3, hours=2))

    assert update(bishnus, sent[0], "in_progress").status_code == 200
    clock.shift(timedelta(hours=1))
    assert update(bishnus, sent[0], "completed").status_code == 200

    paid = [booking.payments.count() for booking in sent]
    assert paid == [1, 0, 0, 0]
    assert not list(findings())


def test_what_ran_out_and_was_taken_is_shown_when_it_is_sent(
    wizard: Wizard, clock: time_machine.Traveller, suresh: User, service: Service
) -> None:
    wizard.walk_to("datetime_selection", at="10:00").recur()
    wizard.choose_payment("cash")
    clock.shift(timedelta(minutes=15))
    booked(suresh, service, days=17, at="10:00")

    assert available(wizard.confirm()) == [True, True, False, True]
    assert [booking.booking_date for booking in series_of(wizard.booking)] == [
        in_days(days) for days in (3, 10, 24)
    ]


BODY = {"payment_method": "cash", "booking_time": "10:00", **DETAILS, **WEEKLY_BODY}


def one_shot(wizard: Wizard, **more: Any) -> Any:
    body = {**BODY, "service": wizard.service_id, "booking_date": in_days(3).isoformat(), **more}
    return wizard.client.post("/api/bookings/", body)


def test_it_is_booked_in_one_call_too(wizard: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, days=10, at="10:00")

    answer = one_shot(wizard)

    assert answer.status_code == 201
    assert available(answer) == [True, False, True, True]
    assert answer.json()["series"]
    assert Booking.objects.filter(customer__email="kamala@example.com", status="pending").count() == 3


def test_in_one_call_a_conflict_may_refuse_all(wizard: Wizard, suresh: User, service: Service) -> None:
    booked(suresh, service, days=10, at="10:00")
    before = everything()

    answer = one_shot(wizard, on_conflict="fail")

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert [occurrence["date"] for occurrence in answer.json()["occurrences"]] == [in_days(10).isoformat()]
    assert everything() == before


def test_a_booking_in_one_call_that_does_not_recur_shows_no_bookings(wizard: Wizard) -> None:
    answer = one_shot(wizard, is_recurring=False)

    assert answer.status_code == 201
    assert "occurrences" not in answer.json()


def test_every_booking_costs_what_the_payment_step_fixed(kamala: User, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(discount_price=Decimal("1200.00"))
    service.refresh_from_db()

    first = booked(kamala, service, recurrence=WEEKLY)

    assert {(one.price, one.discount, one.total_amount) for one in series_of(first)} == {
        (Decimal("1500.00"), Decimal("300.00"), Decimal("1200.00"))
    }


def test_it_takes_a_bounded_number_of_queries(
    wizard: Wizard, settings: Settings, django_assert_max_num_queries: Any
) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_PROVIDER = 26
    wizard.walk_to("datetime_selection")
    with django_assert_max_num_queries(17 + 8 * 25):
        wizard.recur(recurring_count=26)
    wizard.choose_payment("cash")

    with django_assert_max_num_queries(30 + 9 * 25):
        assert wizard.confirm().status_code == 200


def test_the_list_takes_no_more_queries_for_a_series(
    kamala: User, service: Service, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    booked(kamala, service, recurrence=Recurrence("weekly", 10))
    client = client_of(kamala)

    with django_assert_num_queries(2):
        assert client.get("/api/bookings/").json()["count"] == 10
