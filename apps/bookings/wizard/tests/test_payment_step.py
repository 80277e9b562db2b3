"""The fourth step fixes how to pay, and with it the price."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from pytest_django.fixtures import Settings

from apps.bookings.tests.steps import Wizard, error_of, everything
from apps.payments.models import PaymentMethod
from apps.services.models import Service


def test_it_fixes_the_price(wizard: Wizard) -> None:
    answer = wizard.walk_to("details_input").choose_payment("cash")

    assert answer.status_code == 200
    body = answer.json()
    assert (body["booking_step"], body["next_step"], body["progress"]) == ("payment", "confirmation", 80)
    assert body["price"] == {"base": "1500.00", "discount": "0.00", "fee": "0.00", "total": "1500.00"}
    assert body["booking"]["payment_method"] == "cash"
    assert body["booking"]["status"] == "draft"


def test_the_fee_of_a_method_is_added(wizard: Wizard) -> None:
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("2.35"))

    price = wizard.walk_to("details_input").choose_payment("khalti").json()["price"]

    assert price == {"base": "1500.00", "discount": "0.00", "fee": "35.25", "total": "1535.25"}


def test_the_fee_is_taken_of_the_discounted_price(wizard: Wizard, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(discount_price=Decimal("333.00"))
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("2.50"))

    price = wizard.walk_to("details_input").choose_payment("khalti").json()["price"]

    # 8.325, rounded half up.
    assert price == {"base": "1500.00", "discount": "1167.00", "fee": "8.33", "total": "341.33"}


def test_another_method_replaces_the_fee(wizard: Wizard) -> None:
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("2.00"))
    wizard.walk_to("payment", method="khalti")

    assert wizard.choose_payment("cash").json()["price"]["total"] == "1500.00"


def test_the_price_is_that_of_the_moment(wizard: Wizard, service: Service) -> None:
    wizard.walk_to("details_input")
    Service.objects.filter(pk=service.pk).update(price=Decimal("1800.00"))

    assert wizard.choose_payment("cash").json()["price"]["total"] == "1800.00"


def test_a_fixed_price_stays_when_the_service_gets_dearer(wizard: Wizard, service: Service) -> None:
    wizard.walk_to("payment")
    Service.objects.filter(pk=service.pk).update(price=Decimal("1800.00"))

    assert wizard.confirm().json()["price"]["total"] == "1500.00"


@pytest.mark.parametrize("method", ["bitcoin", "", "x" * 21, None, 5, ["cash"], {"code": "cash"}])
def test_an_unknown_method_is_refused(wizard: Wizard, method: Any) -> None:
    wizard.walk_to("details_input")
    before = everything()

    status, _, field = error_of(wizard.choose_payment(method))
    assert (status, field) == (400, "payment_method")
    assert everything() == before


def test_a_method_that_is_switched_off_is_refused(wizard: Wizard) -> None:
    PaymentMethod.objects.filter(code="khalti").update(is_active=False)

    assert error_of(wizard.walk_to("details_input").choose_payment("khalti"))[0] == 400


def test_a_method_is_refused_beyond_its_amounts(wizard: Wizard) -> None:
    PaymentMethod.objects.filter(code="khalti").update(max_amount=Decimal("1499.99"))
    PaymentMethod.objects.filter(code="esewa").update(min_amount=Decimal("1500.01"))
    wizard.walk_to("details_input")

    assert error_of(wizard.choose_payment("khalti"))[0] == 400
    assert error_of(wizard.choose_payment("esewa"))[0] == 400


def test_without_payment_integration_only_cash_is_taken(wizard: Wizard, settings: Settings) -> None:
    settings.ENABLE_PAYMENT_INTEGRATION = False
    wizard.walk_to("details_input")

    assert error_of(wizard.choose_payment("khalti"))[0] == 400
    assert wizard.choose_payment("cash").status_code == 200


def test_a_bank_transfer_needs_its_time_before_the_booking(
    wizard: Wizard, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=3))  # Monday, 11:00
    wizard.walk_to("details_input", at="10:00", days=2)

    assert error_of(wizard.choose_payment("bank_transfer"))[::2] == (400, "payment_method")
    assert wizard.choose_time("11:00", days=2).status_code == 200
    assert wizard.choose_payment("bank_transfer").status_code == 200


def test_it_takes_few_queries(wizard: Wizard, django_assert_max_num_queries: Any) -> None:
    wizard.walk_to("details_input")

    with django_assert_max_num_queries(19):  # and one to log in
        assert wizard.choose_payment("khalti").status_code == 200
