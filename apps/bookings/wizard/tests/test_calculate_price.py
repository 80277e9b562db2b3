"""What a booking would cost, for anybody who asks."""

from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.bookings.models import Booking
from apps.bookings.tests.steps import error_of
from apps.payments.models import PaymentMethod
from apps.services.models import Service

URL = "/api/booking-wizard/calculate-price/"


def test_it_is_public(api: APIClient, service: Service) -> None:
    answer = api.post(URL, {"service_id": service.pk})

    assert answer.status_code == 200
    assert answer.json() == {"base": "1500.00", "discount": "0.00", "fee": "0.00", "total": "1500.00"}
    assert not Booking.objects.exists()


def test_it_has_discount_and_fee(api: APIClient, service: Service, methods: dict[str, PaymentMethod]) -> None:
    Service.objects.filter(pk=service.pk).update(discount_price=Decimal("999.99"))
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("1.50"))

    price = api.post(URL, {"service_id": service.pk, "payment_method": "khalti"}).json()

    # 14.99985, rounded half up.
    assert price == {"base": "1500.00", "discount": "500.01", "fee": "15.00", "total": "1014.99"}


@pytest.mark.parametrize("service_id", [987_654, 2**63, 10**29, -1, "abc", "", None, [], {}])
def test_an_unknown_service_is_refused(api: APIClient, db: None, service_id: Any) -> None:
    assert error_of(api.post(URL, {"service_id": service_id}))[::2] == (400, "service_id")


def test_a_paused_service_has_no_price(api: APIClient, service: Service) -> None:
    Service.objects.update(status="paused")

    assert error_of(api.post(URL, {"service_id": service.pk})) == (400, "does_not_exist", "service_id")


@pytest.mark.parametrize("method", ["bitcoin", "", None, [], {}, "x" * 30])
def test_an_unknown_method_is_refused(
    api: APIClient, service: Service, methods: dict[str, PaymentMethod], method: Any
) -> None:
    answer = api.post(URL, {"service_id": service.pk, "payment_method": method})

    assert error_of(answer)[::2] == (400, "payment_method")


def test_the_service_is_needed(api: APIClient, db: None) -> None:
    assert error_of(api.post(URL, {})) == (400, "required", "service_id")
