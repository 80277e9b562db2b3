"""Every amount to the paisa is one that the database takes and reckons with exactly; SQLite has floats."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.common.money import from_paisa
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod, Refund, RefundStatus
from apps.payments.tests.factories import payment_of
from apps.services.models import Service

Login = Callable[[User], APIClient]


def test_any_price_discount_and_fee_add_up(draft: Booking) -> None:
    payment = payment_of(draft)
    random = Random(83)
    for _ in range(200):
        price = random.randint(1, 99_999_999)
        discount, fee = random.choice([0, random.randint(0, price)]), random.randint(0, price // 10)
        amounts = [from_paisa(paisa) for paisa in (price, discount, fee, price - discount + fee)]
        columns = dict(zip(("price", "discount", "fee", "total_amount"), amounts, strict=True))
        Booking.objects.filter(pk=draft.pk).update(**columns)
        Payment.objects.filter(pk=payment.pk).update(
            amount=amounts[0], processing_fee=amounts[2], total_amount=amounts[0] + amounts[2]
        )
    draft.refresh_from_db()
    assert draft.total_amount == draft.price - draft.discount + draft.fee


@pytest.mark.parametrize("price", ["0.30", "333.33", "1100.10", "8699.65", "99999.99"])
@pytest.mark.parametrize("percent", ["1.30", "2.50", "9.99"])
def test_an_uneven_price_is_booked_and_its_payment_opened(
    login: Login,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    price: str,
    percent: str,
) -> None:
    PaymentMethod.objects.update(processing_fee_percentage=Decimal(percent), min_amount=0)
    Service.objects.update(price=Decimal(price))
    booking = booked(kamala, Service.objects.get(pk=service.pk), method="esewa")
    assert booking.total_amount == booking.price + booking.fee
    answer = login(kamala).post("/api/payments/initiate/", {"booking_id": booking.pk})
    assert (answer.status_code, answer.json()["payment"]["total_amount"]) == (201, str(booking.total_amount))


def test_parts_that_add_up_to_all_of_it_are_no_more_than_was_paid(khalti_paid: Payment) -> None:
    Refund.objects.bulk_create(
        Refund(payment=khalti_paid, amount=Decimal(part), reason="in parts", status=RefundStatus.PENDING)
        for part in ("499.90", "499.80", "500.30")
    )
    assert "refunds_exceed_payment" not in {finding.code for finding in findings()}
