"""The database adds up what providers earned as `earnings.py` says it payment by payment."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.models import Booking
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.earnings.owed import accounts_of
from apps.payments.earnings.statement import statement_of
from apps.payments.models import Payment, PaymentMethod, Payout, Refund, RefundStatus
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
# 18:15 UTC is midnight in Kathmandu: moments lie before, at and after both ends of the period.
BEGINS, ENDS = datetime(2026, 10, 31, 18, 15, tzinfo=UTC), datetime(2026, 11, 30, 18, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
moments = st.sampled_from([BEGINS - SECOND, BEGINS, ENDS - SECOND, ENDS])
rupees = st.decimals(min_value=0, max_value=Decimal("99999.99"), places=2)
some_rupees = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999.99"), places=2)
percents = st.decimals(min_value=0, max_value=100, places=2)
payments = st.fixed_dictionaries(
    {
        "method": st.sampled_from(["cash", "khalti", "bank_transfer"]),
        "amount": rupees,
        "fee": rupees,
        "collected": st.none() | rupees,
        "percent": percents,
        "paid_at": moments,
        "counts": st.sampled_from([True, True, True, False]),
        "refunds": st.lists(
            st.tuples(some_rupees, st.sampled_from(RefundStatus.values), moments), max_size=3
        ),
    }
)
payouts = st.lists(st.tuples(some_rupees, moments), max_size=3)
numbers = count()


def made(service: Service, customer: User, drawn: dict[str, Any]) -> None:
    booking = Booking.objects.create(
        reference=f"SB-{next(numbers)}",
        customer=customer,
        service=service,
        provider=service.provider,
        price=drawn["amount"],
        total_amount=drawn["amount"],
        status="draft",
    )
    payment = Payment.objects.create(
        booking=booking,
        method=PaymentMethod.objects.get(code=drawn["method"]),
        transaction_id=f"T-{next(numbers)}",
        amount=drawn["amount"],
        processing_fee=drawn["fee"],
        total_amount=drawn["amount"] + drawn["fee"],
        amount_collected=drawn["collected"],
        commission_percent=drawn["percent"],
        status="completed",
        is_settlement=drawn["counts"],
        paid_at=drawn["paid_at"],
    )
    for amount, status, at in drawn["refunds"]:
        Refund.objects.create(payment=payment, amount=amount, reason="late", status=status, created_at=at)


@given(drawn=st.lists(st.tuples(st.integers(0, 1), payments), max_size=6), paid_out=payouts)
def test_the_sums_are_those_of_single_payments(drawn: list[Any], paid_out: list[Any]) -> None:
    with transaction.atomic():
        default_payment_methods_create()
        customer = UserFactory()
        services = [ServiceFactory(), ServiceFactory()]
        for which, payment in drawn:
            made(services[which], customer, payment)
        for amount, at in paid_out:
            Payout.objects.create(
                provider=services[0].provider,
                amount=amount,
                period_from=FIRST,
                period_to=LAST,
                note=f"FT{next(numbers)}",
                recorded_by=customer,
                at=at,
            )
        providers = [service.provider for service in services]
        accounts = {one.provider: one for one in accounts_of(providers, first=FIRST, last=LAST)}
        for provider in providers:
            statement = statement_of(provider, first=FIRST, last=LAST).account
            assert accounts.get(provider, statement) == statement
            assert provider in accounts or statement.closing == statement.opening == 0
        transaction.set_rollback(True)


def test_half_a_paisa_goes_up(kamala: User) -> None:
    default_payment_methods_create()
    service = ServiceFactory()
    for amount in ("0.05", "0.05", "0.04"):
        made(
            service,
            kamala,
            {
                "method": "khalti",
                "amount": Decimal(amount),
                "fee": Decimal(0),
                "collected": None,
                "percent": Decimal(10),
                "paid_at": BEGINS,
                "counts": True,
                "refunds": [],
            },
        )
    (account,) = accounts_of([service.provider], first=FIRST, last=LAST)
    assert account.earned.commission == Decimal("0.02")
