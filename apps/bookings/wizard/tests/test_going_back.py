"""Steps done again, and earlier ones gone back to."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import STEPS, Wizard, error_of, everything
from apps.payments.models import Payment, PaymentMethod
from apps.services.models import Service
from apps.services.tests.factories import CityFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory

LATER_STEPS: list[tuple[str, Callable[[Wizard], object]]] = [
    ("service_selection", lambda wizard: wizard.enter_details()),
    ("service_selection", lambda wizard: wizard.choose_payment()),
    ("service_selection", lambda wizard: wizard.confirm()),
    ("datetime_selection", lambda wizard: wizard.choose_payment()),
    ("datetime_selection", lambda wizard: wizard.confirm()),
    ("details_input", lambda wizard: wizard.confirm()),
]


@pytest.mark.parametrize(("last", "ahead"), LATER_STEPS)
def test_no_step_is_skipped(wizard: Wizard, last: str, ahead: Callable[[Wizard], object]) -> None:
    wizard.walk_to(last)
    before = everything()

    assert error_of(ahead(wizard))[:2] == (409, "step_out_of_order")
    assert everything() == before


def test_another_service_clears_slot_and_payment_and_keeps_the_details(wizard: Wizard) -> None:
    wizard.walk_to("payment")
    other = BookableServiceFactory(price=Decimal("700.00"))

    body = wizard.choose_service(other.pk).json()

    assert body["next_step"] == "datetime_selection"
    assert body["completed_steps"] == ["service_selection", "details_input"]
    assert body["progress"] == 40
    assert body["hold_expires_at"] is None
    booking = wizard.state().json()["booking"]
    cleared = ("booking_date", "booking_time", "starts_at", "ends_at", "staff", "booking_slot")
    assert [booking[name] for name in (*cleared, "payment_method")] == [None] * 7
    assert booking["address"] == "Jhamsikhel, blue gate"
    assert booking["total_amount"] == "700.00"
    assert not Reservation.objects.exists()


def test_the_way_on_after_another_service_is_short(wizard: Wizard) -> None:
    wizard.walk_to("payment")
    wizard.choose_service(BookableServiceFactory().pk)

    assert wizard.choose_time().json()["next_step"] == "payment"
    assert wizard.choose_payment().json()["next_step"] == "confirmation"
    assert wizard.confirm().json()["booking"]["status"] == "pending"


def test_a_city_that_the_other_service_does_not_serve_is_asked_again(wizard: Wizard) -> None:
    wizard.walk_to("payment")
    elsewhere = BookableServiceFactory(cities=[CityFactory(slug="pokhara")])

    body = wizard.choose_service(elsewhere.pk).json()

    assert body["completed_steps"] == ["service_selection"]
    assert body["booking"]["city"] == ""
    assert body["booking"]["address"] == "Jhamsikhel, blue gate"


def test_the_same_service_again_begins_anew_too(wizard: Wizard) -> None:
    wizard.walk_to("payment")

    body = wizard.choose_service().json()

    assert body["booking_step"] == "service_selection"
    assert body["next_step"] == "datetime_selection"
    assert not Reservation.objects.exists()


def test_an_unknown_service_changes_nothing(wizard: Wizard) -> None:
    wizard.walk_to("payment")
    before = everything()

    assert error_of(wizard.choose_service(987_654)) == (400, "does_not_exist", "service")
    assert everything() == before


def test_another_time_keeps_details_and_payment(wizard: Wizard) -> None:
    wizard.walk_to("payment", at="10:00")

    body = wizard.choose_time("14:00").json()

    assert body["booking_step"] == "datetime_selection"
    assert body["completed_steps"] == STEPS[:4]
    assert body["next_step"] == "confirmation"
    assert body["booking"]["booking_time"] == "14:00:00"
    assert body["booking"]["payment_method"] == "cash"


def test_other_details_keep_the_payment(wizard: Wizard) -> None:
    wizard.walk_to("payment")

    body = wizard.enter_details(address="Patan").json()

    assert (body["booking_step"], body["next_step"]) == ("details_input", "confirmation")


@pytest.mark.parametrize(
    "change",
    [{"price": Decimal("1800.00")}, {"price": Decimal("2000.00"), "discount_price": Decimal("1500.00")}],
)
def test_another_price_clears_the_payment(
    wizard: Wizard, service: Service, change: dict[str, Decimal]
) -> None:
    wizard.walk_to("payment", at="10:00")
    Service.objects.filter(pk=service.pk).update(**change)

    body = wizard.choose_time("14:00").json()

    assert body["next_step"] == "payment"
    assert body["booking"]["payment_method"] is None
    assert body["price"]["fee"] == "0.00"
    assert Decimal(body["price"]["base"]) == change["price"]


@pytest.mark.parametrize("changed", ["service", "slot", "price"])
def test_what_was_to_be_paid_is_superseded(
    wizard: Wizard, service: Service, methods: dict[str, PaymentMethod], changed: str
) -> None:
    wizard.walk_to("payment", method="esewa", at="10:00")
    opened = wizard.client.post("/api/payments/initiate/", {"booking_id": wizard.booking_id})
    assert opened.status_code == 201

    if changed == "service":
        wizard.choose_service(BookableServiceFactory().pk)
    elif changed == "slot":
        wizard.choose_time("14:00")
    else:
        # The total stays; what it is made of does not.
        Service.objects.filter(pk=service.pk).update(
            price=Decimal("2000.00"), discount_price=Decimal("1500.00")
        )
        wizard.choose_payment("esewa")

    assert Payment.objects.get().status == "superseded"
    assert wizard.booking.payment_status == "superseded"


@pytest.mark.parametrize(
    "status", ["pending", "confirmed", "in_progress", "completed", "cancelled", "expired"]
)
def test_only_drafts_are_stepped_through(wizard: Wizard, status: str) -> None:
    wizard.walk_to("confirmation")
    Booking.objects.update(status=status)
    before = everything()

    steps = [
        wizard.choose_service(),
        wizard.choose_time("14:00"),
        wizard.enter_details(),
        wizard.choose_payment("bank_transfer"),
    ]

    assert [error_of(answer)[:2] for answer in steps] == [(409, "invalid_transition")] * 4
    assert everything() == before


def test_a_hold_that_moves_frees_the_old_slot(wizard: Wizard, suresh: User, service: Service) -> None:
    wizard.walk_to("datetime_selection", at="10:00")
    wizard.choose_time("14:00")

    assert booked(suresh, service, at="10:00").status == "pending"
