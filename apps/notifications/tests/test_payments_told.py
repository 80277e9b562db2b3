"""Who hears of money."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.actions import booking_cancel, booking_confirm, overdue_bookings_expire
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.kinds import Kind
from apps.notifications.models import Notification
from apps.notifications.rendering import rendered
from apps.notifications.tests.test_bookings_told import as_both, heard
from apps.payments.actions.initiate import payment_initiate
from apps.payments.actions.settle import payment_settle
from apps.payments.gateways.bank_transfer.actions import bank_transfer_confirm, bank_transfer_reject
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.models import AttentionReason, Payment, Refund
from apps.payments.refunds.by_hand import refund_record_done, refund_try_again
from apps.payments.refunds.process import refunds_process
from apps.payments.refunds.settle import refund_to_a_person
from apps.payments.tests.fixtures import Initiate, Process, Sandbox, pidx_of
from apps.services.models import Service

Clock = time_machine.Traveller
ADMIN = "admin"


def settled(payment: Payment, outcome: Outcome, *, amount: Decimal | None = None) -> None:
    """Let a gateway say of a payment what it likes."""
    answer = LookupAnswer(outcome=outcome, word="word", amount=amount, transaction_id="their-number")
    payment_settle(payment=payment, answer=answer, operation="lookup", actor=None)


def opened(booking: Booking, customer: User, method: str = "esewa") -> Payment:
    return payment_initiate(booking_id=booking.pk, customer=customer, method_code=method)[0]


def test_a_payment_that_confirms_is_one_message_to_each(khalti_paid: Payment) -> None:
    assert heard() == as_both(Kind.PAYMENT_RECEIVED)
    message = rendered(Notification.objects.get(audience="customer"), "en")
    assert message.subject.startswith("Paid and confirmed:")
    assert ("Amount", "Rs 1,500.00") in message.facts


def test_asking_again_tells_nobody_again(khalti_paid: Payment, process: Process, sandbox: Sandbox) -> None:
    for _ in range(3):
        settled(khalti_paid, Outcome.PAID, amount=khalti_paid.total_amount)

    assert Notification.objects.count() == 2


def test_a_payment_that_failed_is_told_to_the_customer(
    draft: Booking, initiate: Initiate, process: Process, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx, "cancel")
    process(draft, pidx=pidx)
    process(draft, pidx=pidx)

    assert heard() == [(Kind.PAYMENT_FAILED, "customer")]


def test_money_at_the_door_is_told_to_both_as_paid(
    booking: Booking, kamala: User, bishnu: User, sandbox: Sandbox
) -> None:
    booking_confirm(booking_id=booking.pk, actor=bishnu)
    Notification.objects.all().delete()
    payment = opened(booking, kamala)
    settled(payment, Outcome.PAID, amount=payment.total_amount)

    assert heard() == as_both(Kind.PAYMENT_RECEIVED)
    assert rendered(Notification.objects.get(audience="customer"), "en").subject.startswith("Paid: ")


def test_late_money_that_is_kept_is_told_to_both_and_the_admins(
    clock: Clock, draft: Booking, kamala: User, anita: User, sandbox: Sandbox
) -> None:
    payment = opened(draft, kamala)
    settled(payment, Outcome.EXPIRED)
    Notification.objects.all().delete()
    settled(payment, Outcome.PAID, amount=payment.total_amount)

    kind = Kind.PAYMENT_LATE_KEPT
    assert heard() == [(kind, ADMIN), (kind, "customer"), (kind, "provider")]


def test_late_money_that_goes_back_is_told_to_the_customer_and_the_admins(
    clock: Clock, draft: Booking, kamala: User, suresh: User, service: Service, anita: User, sandbox: Sandbox
) -> None:
    payment = opened(draft, kamala)
    clock.shift(timedelta(minutes=20))
    booked(suresh, service)
    Notification.objects.all().delete()
    settled(payment, Outcome.PAID, amount=payment.total_amount)

    # eSewa gives nothing back by itself.
    assert heard() == [
        (Kind.PAYMENT_LATE_RETURNED, ADMIN),
        (Kind.PAYMENT_LATE_RETURNED, "customer"),
        (Kind.REFUND_REQUESTED, ADMIN),
    ]


def test_an_amount_that_differs_is_told_to_the_admins_alone(
    draft: Booking, kamala: User, anita: User, sandbox: Sandbox
) -> None:
    payment = opened(draft, kamala)
    for _ in range(2):
        settled(payment, Outcome.PAID, amount=Decimal("1.00"))

    assert heard() == [(Kind.PAYMENT_NEEDS_ATTENTION, ADMIN)]
    message = rendered(Notification.objects.get(), "en")
    assert message.link.endswith(f"/admin/payments/payment/{payment.pk}/change/")


def test_a_second_doubt_is_told_too(draft: Booking, kamala: User, anita: User, sandbox: Sandbox) -> None:
    payment = opened(draft, kamala)
    settled(payment, Outcome.PAID, amount=Decimal("1.00"))
    settled(payment, Outcome.PROCESSING)
    for _ in range(2):
        settled(payment, Outcome.UNKNOWN)

    assert heard() == [(Kind.PAYMENT_NEEDS_ATTENTION, ADMIN)] * 2


def test_a_second_doubt_about_a_refund_is_told_too(
    khalti_paid: Payment, refund: Callable[..., Any], anita: User, sandbox: Sandbox
) -> None:
    refund(khalti_paid, amount="100.00")
    refund(khalti_paid, amount="100.00")
    doubted = Refund.objects.latest("pk")
    Refund.objects.filter(pk=doubted.pk).update(status="pending")
    Notification.objects.all().delete()
    for _ in range(2):
        refund_to_a_person(doubted, AttentionReason.UNCLEAR)
        refund_try_again(refund=doubted, actor=anita, note="it was not done")

    assert heard() == [(Kind.PAYMENT_NEEDS_ATTENTION, ADMIN)] * 2


def test_money_that_was_taken_back_is_told_to_the_admins_and_before_the_booking_to_the_provider(
    khalti_paid: Payment, anita: User, sandbox: Sandbox
) -> None:
    Notification.objects.all().delete()
    for _ in range(2):
        settled(khalti_paid, Outcome.REFUNDED)

    kind = Kind.PAYMENT_TAKEN_BACK
    assert heard() == [(kind, ADMIN), (kind, "provider"), (Kind.REFUND_COMPLETED, "customer")]
    message = rendered(Notification.objects.get(audience=ADMIN), "en")
    assert message.subject.startswith("Paid, and the money went back:")
    assert message.link.endswith(f"/admin/payments/payment/{khalti_paid.pk}/change/")


def test_after_the_booking_the_admins_alone_hear_of_it(
    clock: Clock, khalti_paid: Payment, anita: User, sandbox: Sandbox
) -> None:
    assert khalti_paid.booking.starts_at is not None
    clock.move_to(khalti_paid.booking.starts_at + timedelta(hours=5))
    Notification.objects.all().delete()
    settled(khalti_paid, Outcome.PARTIALLY_REFUNDED)

    assert heard() == [(Kind.PAYMENT_TAKEN_BACK, ADMIN)]
    assert "A part of the payment" in rendered(Notification.objects.get(), "en").text


def test_a_refund_is_told_when_it_is_decided_and_when_it_is_done(
    khalti_paid: Payment, kamala: User, anita: User, sandbox: Sandbox
) -> None:
    Notification.objects.all().delete()
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="Rain.")

    assert heard() == [*as_both(Kind.BOOKING_CANCELLED), (Kind.REFUND_REQUESTED, "customer")]
    refunds_process(by_hand=True)
    assert (Kind.REFUND_COMPLETED, "customer") in heard()
    assert Notification.objects.count() == 4


def test_a_refund_by_hand_is_told_to_the_admins_but_the_one_who_decided(
    cash_paid: Payment, anita: User, refund: Callable[..., Any]
) -> None:
    UserFactory(role=ADMIN, is_superuser=True)
    UserFactory(role=ADMIN)  # without a group: money is none of their business
    Notification.objects.all().delete()
    refund(cash_paid, amount="100.00")

    assert heard() == [(Kind.REFUND_REQUESTED, ADMIN), (Kind.REFUND_REQUESTED, "customer")]
    assert not Notification.objects.filter(recipient=anita).exists()
    refund_record_done(refund=Refund.objects.get(), actor=anita, note="in cash")
    assert ("Amount", "Rs 100.00") in rendered(
        Notification.objects.get(kind=Kind.REFUND_COMPLETED), "en"
    ).facts


def test_a_bank_transfer_is_told_when_it_is_asked_for_rejected_and_confirmed(
    clock: Clock, kamala: User, service: Service, anita: User
) -> None:
    payment = opened(booked(kamala, service, method="bank_transfer", days=5), kamala, "bank_transfer")
    assert heard() == as_both(Kind.BOOKING_REQUESTED)
    assert (
        "transfer the money by Wednesday, 9 December"
        in rendered(Notification.objects.get(audience="customer"), "en").text
    )
    Notification.objects.all().delete()

    bank_transfer_reject(payment=payment, actor=anita, reason="Nothing came.")
    assert heard() == [(Kind.TRANSFER_REJECTED, "customer")]
    assert ("Reason", "Nothing came.") in rendered(Notification.objects.get(), "en").facts
    Notification.objects.all().delete()

    bank_transfer_confirm(payment=payment, actor=anita, bank_reference="NIC-1", amount=payment.total_amount)
    assert heard() == as_both(Kind.PAYMENT_RECEIVED)


def test_a_transfer_that_never_came_is_told_once(clock: Clock, kamala: User, service: Service) -> None:
    opened(booked(kamala, service, method="bank_transfer", days=5), kamala, "bank_transfer")
    Notification.objects.all().delete()
    clock.shift(timedelta(hours=49))
    overdue_bookings_expire(now=timezone.now())

    assert heard() == as_both(Kind.BOOKING_EXPIRED)
    assert "did not arrive in time" in rendered(Notification.objects.get(audience="customer"), "en").text
