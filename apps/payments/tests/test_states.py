import pytest
from django.db import IntegrityError, transaction

from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking
from apps.common.errors import DomainError
from apps.common.models import AppendOnly
from apps.payments.actions.payments import payment_create, payment_move
from apps.payments.gateways.base import Outcome
from apps.payments.locked import LockedPayment
from apps.payments.models import Payment, PaymentMethod, PaymentStatus
from apps.payments.states import MOVES, PAID, STATUS_OF_OUTCOME, may_move


@pytest.fixture
def payment(draft: Booking, methods: dict[str, PaymentMethod]) -> LockedPayment:
    return payment_create(
        booking=LockedBooking(draft), method=methods["khalti"], fee=draft.fee, status="processing", actor=None
    )


def test_every_status_has_its_moves() -> None:
    assert set(MOVES) == set(PaymentStatus.values)
    assert set(STATUS_OF_OUTCOME) == set(Outcome) - {Outcome.PAID}


@pytest.mark.parametrize("status", sorted(PAID))
def test_money_that_came_never_becomes_unpaid(status: str) -> None:
    for unpaid in ("pending", "processing", "failed", "expired", "superseded"):
        assert not may_move(status, unpaid)


def test_a_move_that_the_table_lacks_is_refused(payment: LockedPayment) -> None:
    with pytest.raises(DomainError, match="invalid_transition"):
        payment_move(payment=payment, to_status="pending", actor=None)


def test_a_move_made_already_is_no_move(payment: LockedPayment) -> None:
    before = payment.events.count()
    assert not payment_move(payment=payment, to_status="processing", actor=None)
    assert payment.events.count() == before


def test_of_two_moves_at_once_one_is_made(payment: LockedPayment) -> None:
    stale = LockedPayment(Payment.objects.get())
    assert payment_move(payment=payment, to_status="failed", actor=None)
    with pytest.raises(DomainError, match="invalid_transition"):
        payment_move(payment=stale, to_status="expired", actor=None)


def test_the_database_allows_one_settlement_a_booking(payment: Payment) -> None:
    payment.status, payment.is_settlement, payment.paid_at = "completed", True, payment.created_at
    payment.save()
    payment.pk, payment.transaction_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.save(force_insert=True)


def test_the_trail_is_never_changed(payment: Payment) -> None:
    event = payment.events.get()
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        payment.events.all().delete()
