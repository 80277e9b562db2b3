"""Giving a booking another time."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked, in_days
from apps.bookings.tests.steps import error_of, everything
from apps.common.localtime import local_iso
from apps.services.models import Service
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory


@pytest.fixture
def service(bishnu: User) -> Service:
    """Half an hour by one person, 10 to 17 every day."""
    return BookableServiceFactory(provider=bishnu, duration_minutes=30)


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """Kamala's cash request for Thursday at ten; it is Monday, eight o'clock."""
    return booked(kamala, service, days=3, at="10:00")


@pytest.fixture
def kamalas(client_of: ClientOf, kamala: User) -> APIClient:
    return client_of(kamala)


@pytest.fixture
def provider(client_of: ClientOf, bishnu: User) -> APIClient:
    return client_of(bishnu)


def move(client: APIClient, booking: Booking, at: str, *, days: int = 3, **more: Any) -> Any:
    body = {"booking_date": in_days(days).isoformat(), "booking_time": at, **more}
    return client.post(f"/api/bookings/{booking.pk}/reschedule/", body)


def confirmed(booking: Booking) -> Booking:
    Booking.objects.filter(pk=booking.pk).update(status="confirmed", expires_at=None)
    return booking


def time_of(answer: Any) -> tuple[str, str]:
    body = answer.json()
    return body["booking_date"], body["booking_time"]


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
@pytest.mark.parametrize("status", ["pending", "confirmed"])
def test_everybody_concerned_moves_it(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str, status: str
) -> None:
    Booking.objects.update(status=status)

    answer = move(client_of(request.getfixturevalue(name)), booking, "11:30", days=4)

    assert answer.status_code == 200
    assert time_of(answer) == (in_days(4).isoformat(), "11:30:00")
    assert answer.json()["starts_at"] == f"{in_days(4)}T11:30:00+05:45"
    assert answer.json()["status"] == status


def test_its_own_time_does_not_stand_in_its_way(kamalas: APIClient, service: Service, kamala: User) -> None:
    Service.objects.update(buffer_before_minutes=30, buffer_after_minutes=30)
    booking = booked(kamala, Service.objects.get(), days=3, at="10:30")
    reservation = Reservation.objects.get().pk

    answer = move(kamalas, booking, "10:00")

    assert time_of(answer)[1] == "10:00:00"
    assert Reservation.objects.get().pk == reservation


def test_the_old_time_is_free_and_the_new_one_taken(
    kamalas: APIClient, booking: Booking, suresh: User, service: Service
) -> None:
    move(kamalas, booking, "10:30")

    assert booked(suresh, service, days=3, at="10:00").status == "pending"
    query: dict[str, Any] = {"service_id": service.pk, "date": in_days(3).isoformat()}
    slots = kamalas.get("/api/booking-slots/available-slots/", query).json()
    assert slots[0]["start_time"] == "11:00:00"


def test_reservation_and_booking_agree(kamalas: APIClient, booking: Booking) -> None:
    move(kamalas, booking, "14:00", days=5)

    moved, reservation = Booking.objects.get(), Reservation.objects.get()
    assert moved.reservation_id == reservation.pk
    assert (moved.starts_at, moved.ends_at) == (reservation.slot_starts_at, reservation.slot_ends_at)
    assert (moved.booking_slot_id, moved.staff_id) == (reservation.slot_id, reservation.staff_id)
    assert reservation.expires_at is None


def test_price_and_duration_stay_whatever_became_of_the_service(
    kamalas: APIClient, booking: Booking, service: Service
) -> None:
    Service.objects.update(price="9999.00", duration_minutes=60, buffer_after_minutes=45)

    body = move(kamalas, booking, "12:00").json()

    assert (body["price"], body["total_amount"]) == (str(booking.price), str(booking.total_amount))
    assert body["estimated_duration"] == 30
    assert body["ends_at"] == f"{in_days(3)}T12:30:00+05:45"
    reservation = Reservation.objects.get()
    assert reservation.ends_at - reservation.starts_at == timedelta(minutes=30)


def test_it_moves_on_the_grid_that_the_service_has_now(kamalas: APIClient, booking: Booking) -> None:
    Service.objects.update(duration_minutes=60)

    assert error_of(move(kamalas, booking, "12:30"))[1] == "slot_unavailable"
    assert move(kamalas, booking, "16:00").status_code == 200


def test_a_longer_booking_must_end_within_the_hours(kamalas: APIClient, kamala: User, bishnu: User) -> None:
    service = BookableServiceFactory(provider=bishnu, duration_minutes=120)
    booking = booked(kamala, service, days=3, at="10:00")
    Service.objects.update(duration_minutes=60)

    assert error_of(move(kamalas, booking, "16:00"))[1] == "slot_unavailable"
    assert move(kamalas, booking, "15:00").status_code == 200


def test_the_slots_shown_for_a_booking_are_those_it_can_move_to(kamalas: APIClient, kamala: User) -> None:
    service = BookableServiceFactory(duration_minutes=120)
    booking = booked(kamala, service, days=3, at="10:00")
    Service.objects.update(duration_minutes=60)
    query = {"service_id": service.pk, "date": in_days(3).isoformat(), "booking_id": booking.pk}

    slots = kamalas.get("/api/booking-slots/available-slots/", query).json()

    assert [slot["start_time"][:5] for slot in slots] == [f"{hour}:00" for hour in range(10, 16)]
    assert {slot["end_time"][3:] for slot in slots} == {"00:00"}
    for slot in slots[1:]:
        assert move(kamalas, booking, slot["start_time"]).status_code == 200
        Booking.objects.update(reschedule_count=0)
        assert Booking.objects.get().booking_time.isoformat() == slot["start_time"]  # type: ignore[union-attr]


def test_a_booking_of_a_paused_service_moves(kamalas: APIClient, booking: Booking) -> None:
    """The provider takes no new bookings; those they have they still do."""
    Service.objects.update(status="paused")

    assert move(kamalas, booking, "11:00").status_code == 200


@pytest.mark.parametrize("name", ["kamala", "bishnu"])
def test_the_same_time_again_changes_nothing(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str
) -> None:
    client = client_of(request.getfixturevalue(name))
    move(client, booking, "11:00")
    Booking.objects.update(reschedule_count=3)
    before = everything()

    assert move(client, booking, "11:00").status_code == 200
    assert move(client, booking, "11:00:00", staff=booking.staff_id).status_code == 200
    assert everything() == before


def test_the_history_names_who_moved_it_from_when_to_when(
    kamalas: APIClient, provider: APIClient, booking: Booking, kamala: User, bishnu: User
) -> None:
    move(kamalas, booking, "11:00", days=4)
    move(provider, booking, "12:30", days=4)

    moves = kamalas.get(f"/api/bookings/{booking.pk}/history/").json()[-2:]

    assert [(line["actor"], line["from_status"], line["to_status"]) for line in moves] == [
        (kamala.pk, "pending", "pending"),
        (bishnu.pk, "pending", "pending"),
    ]
    assert [line["reason"] for line in moves] == [
        "moved from 2026-12-10 10:00 to 2026-12-11 11:00",
        "moved from 2026-12-11 11:00 to 2026-12-11 12:30",
    ]


def test_each_move_raises_the_calendars_sequence(kamalas: APIClient, booking: Booking) -> None:
    move(kamalas, booking, "11:00")
    move(kamalas, booking, "12:00")

    assert Booking.objects.get().calendar_sequence == 2


# Refusals


def test_a_taken_time_is_refused_with_the_nearest_others(
    kamalas: APIClient, booking: Booking, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=3, at="10:30")
    before = everything()

    answer = move(kamalas, booking, "10:30")

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    others = [(slot["date"], slot["start_time"]) for slot in answer.json()["alternatives"]]
    assert others == [
        (in_days(3).isoformat(), at) for at in ("11:00:00", "11:30:00", "12:00:00", "12:30:00", "13:00:00")
    ]
    assert everything() == before


def test_the_alternatives_can_be_had(
    kamalas: APIClient, booking: Booking, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=3, at="10:30")
    first = move(kamalas, booking, "10:30").json()["alternatives"][0]

    assert move(kamalas, booking, first["start_time"]).status_code == 200


@pytest.mark.parametrize("at", ["10:10", "09:00", "17:00", "16:45"])
def test_a_time_off_the_grid_is_refused(kamalas: APIClient, booking: Booking, at: str) -> None:
    assert error_of(move(kamalas, booking, at))[1] == "slot_unavailable"


def test_customers_move_only_while_cancelling_is_free(
    kamalas: APIClient, provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    confirmed(booking)
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at - timedelta(hours=24) + timedelta(seconds=1))
    before = everything()

    assert error_of(move(kamalas, booking, "12:00"))[:2] == (409, "not_reschedulable")
    assert everything() == before
    assert move(provider, booking, "12:00", days=2).status_code == 200


def test_just_in_time_is_in_time(kamalas: APIClient, booking: Booking, clock: time_machine.Traveller) -> None:
    confirmed(booking)
    assert booking.starts_at is not None
    clock.move_to(booking.starts_at - timedelta(hours=24))

    assert move(kamalas, booking, "12:00", days=1).status_code == 200


def test_customers_move_three_times_and_the_providers_moves_do_not_count(
    kamalas: APIClient, provider: APIClient, booking: Booking
) -> None:
    for at in ("11:00", "12:00", "13:00"):
        assert move(provider, booking, at, days=5).status_code == 200
        assert move(kamalas, booking, at).status_code == 200

    assert error_of(move(kamalas, booking, "14:00"))[:2] == (409, "not_reschedulable")
    assert move(provider, booking, "14:00").status_code == 200


def test_a_move_that_was_refused_does_not_count(
    kamalas: APIClient, booking: Booking, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=3, at="10:30")

    move(kamalas, booking, "10:30")

    assert Booking.objects.get(pk=booking.pk).reschedule_count == 0


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
@pytest.mark.parametrize(
    "status", ["in_progress", "completed", "cancelled", "rejected", "no_show", "expired"]
)
def test_other_states_have_no_other_time(
    client_of: ClientOf, request: pytest.FixtureRequest, booking: Booking, name: str, status: str
) -> None:
    Booking.objects.update(status=status)
    before = everything()
    client = client_of(request.getfixturevalue(name))

    for at in ("10:00", "12:00"):
        assert error_of(move(client, booking, at))[:2] == (409, "not_reschedulable")
    assert everything() == before


def test_a_request_that_waited_in_vain_is_not_moved(
    kamalas: APIClient, provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=24))

    for client in (kamalas, provider):
        assert error_of(move(client, booking, "12:00", days=4))[1] == "not_reschedulable"


def test_a_draft_is_moved_in_the_wizard(
    kamalas: APIClient, provider: APIClient, kamala: User, service: Service
) -> None:
    draft = booked(kamala, service, method="khalti")

    assert error_of(move(kamalas, draft, "12:00"))[:2] == (409, "invalid_transition")
    assert move(provider, draft, "12:00").status_code == 404


def test_customers_obey_notice_and_horizon_and_providers_neither(
    kamalas: APIClient, provider: APIClient, booking: Booking
) -> None:
    Service.objects.update(min_notice_minutes=24 * 60, max_advance_days=7)

    for days, at in ((0, "12:00"), (8, "10:00")):
        assert error_of(move(kamalas, booking, at, days=days))[1] == "slot_unavailable"
        assert move(provider, booking, at, days=days).status_code == 200


@pytest.mark.parametrize(("days", "at"), [(-1, "12:00"), (0, "07:30"), (400, "12:00")])
def test_nobody_moves_into_the_past_or_years_ahead(
    provider: APIClient, booking: Booking, days: int, at: str
) -> None:
    assert error_of(move(provider, booking, at, days=days))[1] == "slot_unavailable"


def test_a_booking_beyond_the_horizon_moves_on_from_there(kamalas: APIClient, kamala: User) -> None:
    booking = booked(kamala, BookableServiceFactory(), days=50)
    Service.objects.update(max_advance_days=10)

    assert move(kamalas, booking, "12:00", days=55).status_code == 200
    assert error_of(move(kamalas, booking, "12:00", days=70))[1] == "slot_unavailable"


def test_many_moves_do_not_add_up_to_centuries(provider: APIClient, kamala: User, bishnu: User) -> None:
    service = BookableServiceFactory(provider=bishnu, max_advance_days=800)
    booking = booked(kamala, service, days=700)

    for days in (1000, 1360, 1700, 5 * 366):
        assert move(provider, booking, "10:00", days=days).status_code == 200
    assert error_of(move(provider, booking, "10:00", days=5 * 366 + 1))[1] == "slot_unavailable"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("booking_date", "soon"),
        ("booking_date", None),
        ("booking_time", "25:00"),
        ("booking_time", ""),
        ("staff", "Bishnu"),
        ("staff", -1),
        ("staff", 987_654),
    ],
)
def test_bad_input_is_told_by_field(kamalas: APIClient, booking: Booking, field: str, value: Any) -> None:
    before = everything()

    assert error_of(move(kamalas, booking, "12:00", **{field: value}))[::2] == (400, field)
    assert everything() == before


def test_without_a_body_both_fields_are_asked_for(kamalas: APIClient, booking: Booking) -> None:
    answer = kamalas.post(f"/api/bookings/{booking.pk}/reschedule/", {})

    assert {error["attr"] for error in answer.json()["errors"]} == {"booking_date", "booking_time"}


def test_strangers_find_no_booking(client_of: ClientOf, suresh: User, gita: User, booking: Booking) -> None:
    for user in (suresh, gita):
        assert move(client_of(user), booking, "12:00").status_code == 404


def test_without_a_login_nothing_is_moved(api: APIClient, booking: Booking) -> None:
    assert move(api, booking, "12:00").status_code == 401


# Who answers, and until when


def test_the_provider_confirms_again_only_if_the_service_says_so(
    kamalas: APIClient, provider: APIClient, booking: Booking
) -> None:
    confirmed(booking)
    assert move(kamalas, booking, "11:00").json()["status"] == "confirmed"
    Service.objects.update(reconfirm_after_reschedule=True)

    moved = move(kamalas, booking, "12:00").json()

    assert (moved["status"], moved["confirmed_at"]) == ("pending", None)
    last = BookingEvent.objects.latest("pk")
    assert (last.from_status, last.to_status) == ("confirmed", "pending")
    assert Booking.objects.get().expires_at == timezone.now() + timedelta(hours=24)
    url = f"/api/bookings/{booking.pk}/update-status/"
    assert provider.patch(url, {"status": "confirmed"}).json()["status"] == "confirmed"


def test_what_the_provider_moves_he_need_not_confirm(provider: APIClient, booking: Booking) -> None:
    Service.objects.update(reconfirm_after_reschedule=True)
    confirmed(booking)

    assert move(provider, booking, "12:00").json()["status"] == "confirmed"
    assert Booking.objects.get().expires_at is None


def test_a_moved_request_waits_anew_but_not_beyond_its_start(
    kamalas: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=20))
    move(kamalas, booking, "12:00")
    assert Booking.objects.get().expires_at == timezone.now() + timedelta(hours=24)

    move(kamalas, booking, "16:00", days=0)
    moved = Booking.objects.get()
    assert moved.expires_at == moved.starts_at


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_who_is_to_answer_does_not_give_himself_more_time(
    client_of: ClientOf,
    request: pytest.FixtureRequest,
    booking: Booking,
    clock: time_machine.Traveller,
    name: str,
) -> None:
    client = client_of(request.getfixturevalue(name))
    clock.shift(timedelta(hours=10))

    move(client, booking, "12:00", days=9)

    assert Booking.objects.get().expires_at == booking.expires_at


def test_an_earlier_time_leaves_the_provider_no_longer_than_its_start(
    provider: APIClient, booking: Booking
) -> None:
    move(provider, booking, "12:00", days=0)

    moved = Booking.objects.get()
    assert moved.expires_at == moved.starts_at


def test_a_bank_transfer_keeps_its_deadline_and_the_booking_comes_after_it(
    kamalas: APIClient, provider: APIClient, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service, days=4, method="bank_transfer")
    clock.shift(timedelta(hours=10))
    before = everything()

    for client in (kamalas, provider):
        assert error_of(move(client, booking, "10:00", days=1))[::2] == (400, "booking_date")
    assert everything() == before
    assert move(kamalas, booking, "10:00", days=2).status_code == 200
    assert Booking.objects.get().expires_at == booking.expires_at


# What the provider's move gives the customer


def test_after_the_providers_move_the_customer_moves_on_until_the_start(
    kamalas: APIClient, provider: APIClient, booking: Booking, clock: time_machine.Traveller
) -> None:
    confirmed(booking)
    move(provider, booking, "12:00", days=1)
    clock.shift(timedelta(hours=25))

    assert move(kamalas, booking, "15:00", days=2).status_code == 200
    # A time of their own choice binds them again.
    clock.shift(timedelta(hours=36))
    assert error_of(move(kamalas, booking, "16:00", days=1))[1] == "not_reschedulable"


def test_the_signal_tells_what_receivers_need(kamalas: APIClient, booking: Booking, kamala: User) -> None:
    from apps.bookings.events import booking_rescheduled

    heard: list[dict[str, Any]] = []

    def listen(**told: Any) -> None:
        heard.append(told)

    booking_rescheduled.connect(listen)
    try:
        answer = move(kamalas, booking, "12:00")
        move(kamalas, booking, "12:00")
    finally:
        booking_rescheduled.disconnect(listen)

    (told,) = heard
    assert told["booking"].pk == booking.pk
    assert told["actor"] == kamala
    assert told["from_starts_at"] == booking.starts_at
    assert told["needs_confirmation"] is False
    assert told["batch"] is None
    assert local_iso(told["booking"].starts_at) == answer.json()["starts_at"]
