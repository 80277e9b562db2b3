"""Staff look at bookings and move them by the same actions; nobody types over them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import everything
from apps.services.models import Service

LIST = "admin:bookings_booking_changelist"


@pytest.fixture
def desk(anita: User, client: Client) -> Client:
    """The admin, with an admin logged in."""
    client.force_login(anita)
    return client


def act(desk: Client, action: str, *bookings: Booking) -> str:
    """Choose an action for some bookings; return the page that follows."""
    chosen = {"action": action, "_selected_action": [booking.pk for booking in bookings]}
    return desk.post(reverse(LIST), chosen, follow=True).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "Kamala"},
        {"status__exact": "pending"},
        {"payment_method": "cash"},
        {"booking_date__year": "2026"},
    ],
)
def test_the_list_is_searched_and_filtered(
    desk: Client, kamala: User, service: Service, query: dict[str, str]
) -> None:
    booking = booked(kamala, service)

    answer = desk.get(reverse(LIST), query)

    assert answer.status_code == 200
    assert booking.reference in answer.content.decode() or "booking_date__year" in query


def test_the_list_takes_few_queries(
    desk: Client, kamala: User, service: Service, django_assert_max_num_queries: Any
) -> None:
    for hour in range(10, 16):
        booked(kamala, service, at=f"{hour}:00")

    with django_assert_max_num_queries(16):
        assert desk.get(reverse(LIST)).status_code == 200


def test_a_booking_is_shown_with_its_history_and_without_fields(
    desk: Client, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service)

    page = desk.get(reverse("admin:bookings_booking_change", args=[booking.pk])).content.decode()

    assert booking.reference in page
    assert "pending" in page
    assert 'name="status"' not in page
    assert 'name="total_amount"' not in page


def test_nothing_is_added_changed_or_deleted_by_hand(desk: Client, kamala: User, service: Service) -> None:
    booking = booked(kamala, service)
    before = everything()

    for name, arguments in (("add", []), ("change", [booking.pk]), ("delete", [booking.pk])):
        url = reverse(f"admin:bookings_booking_{name}", args=arguments)
        assert desk.post(url, {"status": "confirmed", "post": "yes"}).status_code == 403
    assert "never" not in act(desk, "delete_selected", booking)
    assert everything() == before


def test_confirming_goes_through_the_same_action(
    desk: Client, anita: User, kamala: User, service: Service
) -> None:
    bookings = [booked(kamala, service, at="10:00"), booked(kamala, service, at="11:00")]

    assert "2 done." in act(desk, "confirm_bookings", *bookings)
    assert set(Booking.objects.values_list("status", flat=True)) == {"confirmed"}
    assert BookingEvent.objects.filter(to_status="confirmed", actor=anita).count() == 2


def test_cancelling_frees_the_time(desk: Client, kamala: User, service: Service) -> None:
    booking = booked(kamala, service)

    assert "1 done." in act(desk, "cancel_bookings", booking)
    assert Booking.objects.get().cancellation_reason == "by the SewaBazaar desk"
    assert Booking.objects.get().reservation is None


def test_each_refusal_is_told_and_stops_no_other(desk: Client, kamala: User, service: Service) -> None:
    draft = draft_at_payment_step(kamala, service, at="10:00")
    early = booked(kamala, service, at="11:00")

    page = act(desk, "mark_no_show", draft, early)

    assert f"{draft.reference}: " in page
    assert f"{early.reference}: " in page
    assert set(Booking.objects.values_list("status", flat=True)) == {"draft", "pending"}


def test_staff_who_are_no_admins_move_nothing(
    client: Client, gita: User, kamala: User, service: Service
) -> None:
    gita.is_staff = gita.is_superuser = True
    gita.save()
    client.force_login(gita)
    booking = booked(kamala, service)

    assert "Only admins move bookings." in act(client, "confirm_bookings", booking)
    assert Booking.objects.get().status == "pending"
