from collections.abc import Callable
from decimal import Decimal
from typing import Any

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import PaymentMethod
from apps.payments.tests.fixtures import Sandbox, error_of, pidx_of, statuses
from apps.services.models import Service

Initiate = Callable[..., Any]


def test_another_method_in_the_body_does_the_payment_step(
    initiate: Initiate, draft: Booking, methods: dict[str, PaymentMethod], sandbox: Sandbox
) -> None:
    PaymentMethod.objects.filter(code="esewa").update(processing_fee_percentage=Decimal("2.50"))
    initiate(draft)
    answer = initiate(draft, payment_method="esewa")
    assert answer.status_code == 201
    assert answer.json()["action"]["type"] == "form_post"
    assert answer.json()["payment"]["total_amount"] == "1537.50"
    draft.refresh_from_db()
    assert (draft.payment_method, draft.fee, draft.total_amount) == (
        "esewa",
        Decimal("37.50"),
        Decimal("1537.50"),
    )
    assert statuses(draft) == ["superseded", "processing"]


def test_cash_waits_without_any_action(initiate: Initiate, draft: Booking) -> None:
    first = initiate(draft, payment_method="cash")
    assert first.status_code == 201
    assert first.json()["action"] == {"type": "none"}
    assert first.json()["payment"]["status"] == "pending"
    assert initiate(draft).json() == first.json()
    assert statuses(draft) == ["pending"]


def test_a_bank_transfer_comes_with_instructions(initiate: Initiate, draft: Booking) -> None:
    answer = initiate(draft, payment_method="bank_transfer")
    action = answer.json()["action"]
    assert action["type"] == "instructions"
    assert action["account"]["account_number"] == "00100123456789"
    assert (action["reference"], action["amount"]) == (draft.reference, "1500.00")
    assert initiate(draft).json() == answer.json()


def test_a_bank_transfer_for_a_near_booking_is_refused(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    tomorrow = booked(kamala, service, days=1, method="khalti")
    answer = initiate(tomorrow, payment_method="bank_transfer")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "payment_method"


def test_an_amount_beyond_the_methods_limit_is_refused(initiate: Initiate, draft: Booking) -> None:
    PaymentMethod.objects.filter(code="khalti").update(max_amount=Decimal("1499.99"))
    answer = initiate(draft)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "payment_method"


def test_a_cash_booking_can_be_paid_by_wallet_at_the_door(
    initiate: Initiate,
    kamala: User,
    service: Service,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
) -> None:
    PaymentMethod.objects.filter(code="khalti").update(processing_fee_percentage=Decimal("2.00"))
    booking = booked(kamala, service)
    initiate(booking)
    answer = initiate(booking, payment_method="khalti")
    assert answer.json()["payment"]["total_amount"] == "1530.00"
    booking.refresh_from_db()
    assert (booking.payment_method, booking.total_amount) == ("cash", Decimal("1500.00"))
    assert statuses(booking) == ["pending", "processing"]

    sandbox.decides(pidx_of(answer))
    assert error_of(initiate(booking, payment_method="khalti")) == (409, "already_paid")
    booking.refresh_from_db()
    assert (booking.status, booking.payment_method) == ("confirmed", "khalti")
    assert (booking.fee, booking.total_amount) == (Decimal("30.00"), Decimal("1530.00"))
    assert statuses(booking) == ["superseded", "completed"]


def test_a_cash_booking_is_not_paid_by_bank_transfer(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    assert initiate(booked(kamala, service), payment_method="bank_transfer").status_code == 400


def test_a_cancelled_booking_can_not_be_paid(
    initiate: Initiate, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    booking = booked(kamala, service)
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")
    assert error_of(initiate(booking, payment_method="khalti")) == (409, "invalid_transition")
