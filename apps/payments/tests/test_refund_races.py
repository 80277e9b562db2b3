"""Refunds that several ask for at one moment, in real threads: the money goes back once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment, PaymentEvent, Refund
from apps.payments.tests.fixtures import Initiate, Refunding, Sandbox, pidx_of
from apps.payments.tests.test_races import at_once
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service

pytestmark = pytest.mark.race


def process() -> None:
    call_command("process_refunds", verbosity=0)


def reconcile() -> None:
    call_command("reconcile_payments", verbosity=0)


def sent() -> int:
    """Return how often Khalti was told to give money back."""
    return PaymentEvent.objects.filter(kind="request", operation="refund").count()


@pytest.mark.parametrize("_round", range(3))
def test_two_admins_and_two_machines_refund_once(
    khalti_paid: Payment, refund: Refunding, kamala: User, _round: int
) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")

    at_once([lambda: refund(khalti_paid), lambda: refund(khalti_paid), process, process, reconcile])

    assert KhaltiPayment.objects.get().refunded_amount == 150_000
    assert sent() == 1
    assert Payment.objects.get().status == "refunded"
    assert list(Refund.objects.values_list("status", flat=True)) == ["completed"]


def test_two_admins_who_give_all_back_give_it_back_once(khalti_paid: Payment, refund: Refunding) -> None:
    answers = at_once([lambda: refund(khalti_paid)] * 3)

    assert sorted(answer.status_code for answer in answers)[0] == 200
    assert {answer.status_code for answer in answers} <= {200, 400, 409}
    assert KhaltiPayment.objects.get().refunded_amount == 150_000
    assert sent() == 1
    assert Refund.objects.count() == 1


def test_the_same_key_at_once_is_one_part(khalti_paid: Payment, refund: Refunding) -> None:
    answers = at_once([lambda: refund(khalti_paid, amount="400.00", key="once")] * 3)

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert KhaltiPayment.objects.get().refunded_amount == 40_000


def test_more_than_was_paid_never_goes_back(
    transactional_db: None, cash_paid: Payment, refund: Refunding
) -> None:
    answers = at_once([lambda: refund(cash_paid, amount="600.00")] * 4)

    assert sorted(answer.status_code for answer in answers) == [200, 200, 400, 400]
    assert Refund.objects.count() == 2


@pytest.mark.parametrize("fault", ["lost_answer", "error_500"])
def test_a_lost_answer_is_followed_up_once(
    khalti_paid: Payment, refund: Refunding, sandbox: Sandbox, fault: str
) -> None:
    sandbox.fault("refund", fault)
    refund(khalti_paid)

    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        at_once([process, process, lambda: refund(khalti_paid), reconcile])
        process()

    assert KhaltiPayment.objects.get().refunded_amount == 150_000
    assert Payment.objects.get().status == "refunded"


def test_machines_that_reconcile_at_once_share_the_work(
    initiate: Initiate, kamala: User, service: Service, sandbox: Sandbox
) -> None:
    bookings = [booked(kamala, service, at=f"{hour}:00", method="khalti") for hour in range(10, 16)]
    for booking in bookings:
        sandbox.decides(pidx_of(initiate(booking)))
    calls: list[Callable[[], None]] = [reconcile] * 3

    at_once(calls)

    assert set(Booking.objects.values_list("status", flat=True)) == {"confirmed"}
    assert PaymentEvent.objects.filter(kind="request", operation="lookup").count() == len(bookings)
    assert BookingEvent.objects.filter(to_status="confirmed").count() == len(bookings)
