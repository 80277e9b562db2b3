"""An admin gives money back: through Khalti, or by hand where no gateway can."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking
from apps.payments.models import Payment, PaymentEvent, Refund
from apps.payments.refunds.by_hand import refund_record_done
from apps.payments.tests.fixtures import Refunding, Sandbox, error_of
from apps.sandbox.models import EsewaPayment, KhaltiPayment

Login = Callable[[User], APIClient]
Initiate = Callable[..., Any]


def at_khalti() -> int:
    """Return the paisa that Khalti has given back."""
    return KhaltiPayment.objects.get().refunded_amount


def test_all_of_it_goes_back_through_khalti(khalti_paid: Payment, refund: Refunding, anita: User) -> None:
    answer = refund(khalti_paid)
    assert answer.status_code == 200
    body = answer.json()
    assert (body["payment"]["status"], body["booking"]["payment_status"]) == ("refunded", "refunded")
    assert (body["refund"]["amount"], body["refund"]["status"]) == ("1500.00", "completed")
    assert at_khalti() == 150_000
    row = Refund.objects.get()
    assert (row.requested_by, row.reason) == (anita, "nobody came")
    assert row.completed_at is not None


def test_the_trail_shows_request_answer_and_moves(khalti_paid: Payment, refund: Refunding) -> None:
    before = khalti_paid.events.count()
    refund(khalti_paid)
    told = khalti_paid.events.values_list("kind", "operation", "to_status", "detail")[before:]
    assert list(told) == [
        ("move", "", "refund_pending", "by an admin"),
        ("request", "refund", "", "1500.00"),
        ("answer", "refund", "", "carried out"),
        ("move", "", "refunded", ""),
    ]


def test_parts_go_back_until_nothing_is_left(khalti_paid: Payment, refund: Refunding) -> None:
    first = refund(khalti_paid, amount="400.50").json()
    assert (first["payment"]["status"], first["refund"]["amount"]) == ("partially_refunded", "400.50")
    assert at_khalti() == 40_050
    assert refund(khalti_paid).json()["payment"]["status"] == "refunded"
    assert at_khalti() == 150_000
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [Decimal("400.50"), Decimal("1099.50")]


def test_the_same_part_twice_goes_back_twice(khalti_paid: Payment, refund: Refunding) -> None:
    for _ in range(2):
        assert refund(khalti_paid, amount="500.00").status_code == 200
    assert at_khalti() == 100_000


@pytest.mark.parametrize("amount", ["1500.01", "0.00", "-1.00", "1.001", "much", "NaN", True, "", None])
def test_an_amount_that_is_not_there_is_refused(
    khalti_paid: Payment, refund: Refunding, amount: object
) -> None:
    answer = refund(khalti_paid, amount=amount)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "amount"
    assert not Refund.objects.exists()
    khalti_paid.refresh_from_db()
    assert khalti_paid.status == "completed"


def test_refunds_never_sum_above_what_was_paid(khalti_paid: Payment, refund: Refunding) -> None:
    assert refund(khalti_paid, amount="1000.00").status_code == 200
    assert refund(khalti_paid, amount="500.01").status_code == 400
    assert refund(khalti_paid, amount="500.00").status_code == 200
    assert refund(khalti_paid).status_code == 400
    assert refund(khalti_paid, amount="0.01").status_code == 400
    assert at_khalti() == 150_000


@pytest.mark.parametrize("reason", ["", "   ", None, "x" * 501])
def test_it_needs_a_reason(khalti_paid: Payment, refund: Refunding, reason: str | None) -> None:
    assert refund(khalti_paid, reason=reason).status_code == 400
    assert not Refund.objects.exists()


def test_the_processing_fee_goes_back_too(
    methods: Any, initiate: Initiate, draft: Booking, sandbox: Sandbox, customer: APIClient, refund: Refunding
) -> None:
    esewa = methods["esewa"]
    esewa.processing_fee_percentage = Decimal("2.50")
    esewa.save()
    payment = Payment.objects.get(pk=initiate(draft, payment_method="esewa").json()["payment"]["id"])
    assert payment.total_amount == Decimal("1537.50")
    pay_by_esewa(payment, customer)
    assert refund(payment).json()["refund"]["amount"] == "1537.50"


def pay_by_esewa(payment: Payment, customer: APIClient) -> None:
    EsewaPayment.objects.create(
        transaction_uuid=payment.transaction_id,
        product_code="EPAYTEST",
        total_amount=payment.total_amount,
        status="COMPLETE",
        ref_id="0007G36",
        success_url="http://127.0.0.1/",
        failure_url="http://127.0.0.1/",
        expires_at=payment.created_at,
    )
    answer = customer.post(f"/api/payments/{payment.pk}/verify/")
    assert answer.json()["payment"]["status"] == "completed"


# Where no gateway can do it


def test_cash_waits_until_an_admin_records_it(cash_paid: Payment, refund: Refunding, anita: User) -> None:
    body = refund(cash_paid).json()
    assert (body["payment"]["status"], body["refund"]["status"]) == ("refund_pending", "pending")
    refund_record_done(refund=Refund.objects.get(), actor=anita, note="handed over at the office")
    row = Refund.objects.get()
    assert (row.status, row.completed_by, row.note) == ("completed", anita, "handed over at the office")
    assert row.completed_at is not None
    cash_paid.refresh_from_db()
    assert cash_paid.status == "refunded"
    assert Booking.objects.get().payment_status == "refunded"


def test_what_waits_is_claimed(cash_paid: Payment, refund: Refunding) -> None:
    assert refund(cash_paid, amount="1000.00").status_code == 200
    assert refund(cash_paid, amount="500.01").status_code == 400
    assert refund(cash_paid).json()["refund"]["amount"] == "500.00"


def test_no_more_cash_goes_back_than_was_collected(cash_paid: Payment, refund: Refunding) -> None:
    Payment.objects.update(amount_collected=Decimal("1200.00"))
    assert refund(cash_paid, amount="1200.01").status_code == 400
    assert refund(cash_paid).json()["refund"]["amount"] == "1200.00"


def test_khalti_money_whose_transaction_is_unknown_goes_back_by_hand(
    khalti_paid: Payment, refund: Refunding
) -> None:
    Payment.objects.update(gateway_transaction_id="")
    assert refund(khalti_paid).json()["payment"]["status"] == "refund_pending"
    assert at_khalti() == 0


def test_the_older_widgets_money_goes_back_through_khalti(
    process: Callable[..., Any], draft: Booking, sandbox: Sandbox, refund: Refunding
) -> None:
    process(draft, token=sandbox.token(), amount=150_000)
    assert refund(Payment.objects.get()).json()["payment"]["status"] == "refunded"
    assert at_khalti() == 150_000


# Who, and when


def test_only_an_admin_may(login: Login, kamala: User, bishnu: User, khalti_paid: Payment) -> None:
    for user in (kamala, bishnu):
        answer = login(user).post(f"/api/payments/{khalti_paid.pk}/refund/", {"reason": "mine"})
        assert answer.status_code == 403
    assert not Refund.objects.exists()


def test_it_needs_a_login(api: APIClient, khalti_paid: Payment) -> None:
    assert api.post(f"/api/payments/{khalti_paid.pk}/refund/", {"reason": "x"}).status_code == 401


def test_an_unknown_payment_is_not_found(login: Login, anita: User) -> None:
    assert login(anita).post("/api/payments/999999/refund/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize(
    "status", ["pending", "processing", "failed", "expired", "superseded", "needs_attention"]
)
def test_what_was_not_paid_does_not_go_back(
    initiate: Initiate, draft: Booking, sandbox: Sandbox, refund: Refunding, status: str
) -> None:
    initiate(draft)
    Payment.objects.update(status=status)
    assert error_of(refund(Payment.objects.get())) == (409, "invalid_transition")
    assert not Refund.objects.exists()


# Asked again


def test_by_hand_each_request_is_a_refund_of_its_own_and_a_key_makes_it_one(
    cash_paid: Payment, refund: Refunding
) -> None:
    for key in ("one", "one", None, None):
        assert refund(cash_paid, amount="500.00", key=key).status_code == 200
    assert Refund.objects.count() == 3
    assert refund(cash_paid, amount="500.00").status_code == 400


def test_the_same_key_is_done_once_and_answered_the_same(khalti_paid: Payment, refund: Refunding) -> None:
    answers = [refund(khalti_paid, key="once", amount="500.00") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert at_khalti() == 50_000
    assert error_of(refund(khalti_paid, key="once", amount="600.00")) == (422, "idempotency_key_reused")


def test_a_refund_that_waits_since_the_cancellation_is_sent_by_it(
    khalti_paid: Payment, refund: Refunding, kamala: User
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    assert refund(khalti_paid).json()["payment"]["status"] == "refunded"
    assert Refund.objects.count() == 1
    assert at_khalti() == 150_000


def test_nothing_personal_is_written_down(khalti_paid: Payment, refund: Refunding) -> None:
    refund(khalti_paid, reason="call 9841234567")
    assert not PaymentEvent.objects.filter(detail__contains="9841234567").exists()
