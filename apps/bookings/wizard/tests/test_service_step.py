"""The first step makes a draft, or gives it another service."""

from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.steps import CREATE_STEP, Wizard, error_of
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory

BODY = {"booking_step": "service_selection"}


def test_it_makes_a_draft(wizard: Wizard, kamala: User, service: Service) -> None:
    answer = wizard.choose_service()

    assert answer.status_code == 201
    body = answer.json()
    assert body["booking_step"] == "service_selection"
    assert body["next_step"] == "datetime_selection"
    assert body["completed_steps"] == ["service_selection"]
    assert body["progress"] == 20
    assert body["hold_expires_at"] is None
    assert body["price"] == {"base": "1500.00", "discount": "0.00", "fee": "0.00", "total": "1500.00"}
    assert body["booking"]["id"] == body["booking_id"]
    assert body["booking"]["reference"] == body["reference"]
    assert body["booking"]["status"] == "draft"
    assert body["booking"]["customer"] == kamala.pk
    assert body["booking"]["service_details"]["title"] == service.title


def test_the_history_begins_with_the_draft(wizard: Wizard, kamala: User) -> None:
    wizard.choose_service()

    event = BookingEvent.objects.get()
    assert (event.from_status, event.to_status, event.actor) == ("", "draft", kamala)


def test_a_discounted_service_says_so(wizard: Wizard, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(discount_price=Decimal("1200.00"))

    price = wizard.choose_service().json()["price"]

    assert price == {"base": "1500.00", "discount": "300.00", "fee": "0.00", "total": "1200.00"}


def test_an_empty_booking_id_is_none(wizard: Wizard) -> None:
    assert wizard.step("service_selection", service=wizard.service_id, booking_id=None).status_code == 201


@pytest.mark.parametrize("status", ["pending", "paused", "rejected"])
def test_only_active_services_are_booked(wizard: Wizard, service: Service, status: str) -> None:
    Service.objects.filter(pk=service.pk).update(status=status)

    assert error_of(wizard.choose_service()) == (400, "does_not_exist", "service")
    assert not Booking.objects.exists()


def test_a_provider_who_may_not_log_in_is_not_booked(wizard: Wizard, bishnu: User) -> None:
    User.objects.filter(pk=bishnu.pk).update(is_active=False)

    assert error_of(wizard.choose_service()) == (400, "does_not_exist", "service")


def test_an_unknown_service_is_refused(wizard: Wizard) -> None:
    assert error_of(wizard.choose_service(987_654)) == (400, "does_not_exist", "service")


def test_what_the_server_owns_is_not_taken_from_the_client(wizard: Wizard, suresh: User) -> None:
    answer = wizard.step(
        "service_selection",
        service=wizard.service_id,
        price="1.00",
        discount="1499.00",
        fee="-5.00",
        total_amount="1.00",
        status="confirmed",
        customer=suresh.pk,
        payment_status="completed",
    )

    booking = answer.json()["booking"]
    assert (booking["price"], booking["discount"], booking["total_amount"]) == ("1500.00", "0.00", "1500.00")
    assert (booking["status"], booking["payment_status"]) == ("draft", "pending")
    assert booking["customer"] != suresh.pk


def test_another_service_takes_over_the_draft(wizard: Wizard) -> None:
    wizard.walk_to("datetime_selection")
    other = ServiceFactory(price=Decimal("900.00"))

    answer = wizard.choose_service(other.pk)

    assert answer.status_code == 200
    assert answer.json()["booking"]["service"] == other.pk
    assert answer.json()["price"]["total"] == "900.00"
    assert wizard.booking.provider == other.provider


def test_without_a_login_there_is_no_wizard(api: APIClient, service: Service) -> None:
    assert api.post(CREATE_STEP, {**BODY, "service": service.pk}).status_code == 401


@pytest.mark.parametrize("name", ["bishnu", "anita"])
def test_only_customers_book(
    name: str, request: pytest.FixtureRequest, client_of: ClientOf, service: Service
) -> None:
    client = client_of(request.getfixturevalue(name))

    assert client.post(CREATE_STEP, {**BODY, "service": service.pk}).status_code == 403
    assert not Booking.objects.exists()
