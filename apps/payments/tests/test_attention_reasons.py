"""Why money needs attention is a column, written with the move or the refund, whatever the sentences say."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments.actions.settle import payment_settle
from apps.payments.attention import attention_reason_of
from apps.payments.gateways.base import LookupAnswer, Outcome
from apps.payments.gateways.esewa.claims import HOLD
from apps.payments.models import AttentionReason, Payment, PaymentEvent, Refund
from apps.payments.refunds.by_hand import refund_try_again
from apps.payments.refunds.settle import refund_to_a_person
from apps.payments.tests.factories import answered, paid, paid_twice, payment_of

pytestmark = pytest.mark.django_db


def another_amount(draft: Booking) -> Payment:
    return answered(payment_of(draft), less=Decimal(1))


def another_payment(draft: Booking) -> Payment:
    answer = LookupAnswer(outcome=Outcome.PAID, word="Completed", is_of_another=True)
    return payment_settle(payment=payment_of(draft), answer=answer, operation="lookup", actor=None)


def a_word_that_nobody_knows(draft: Booking) -> Payment:
    return answered(payment_of(draft), "On hold", outcome=Outcome.UNKNOWN)


def paid_says_the_redirect_and_never_heard_of_it_the_look_up(draft: Booking) -> Payment:
    payment = payment_of(draft)
    Payment.objects.filter(pk=payment.pk).update(claimed_paid_at=timezone.now() - HOLD)
    return answered(payment, "NOT_FOUND", outcome=Outcome.EXPIRED)


def taken_back(draft: Booking) -> Payment:
    return answered(paid(draft), "Refunded", outcome=Outcome.REFUNDED)


def taken_back_in_part(draft: Booking) -> Payment:
    return answered(paid(draft), "Partially Refunded", outcome=Outcome.PARTIALLY_REFUNDED)


@pytest.mark.parametrize(
    ("doubt", "reason"),
    [
        (another_amount, AttentionReason.AMOUNT_DIFFERS),
        (another_payment, AttentionReason.OTHER_PAYMENT),
        (a_word_that_nobody_knows, AttentionReason.UNKNOWN_ANSWER),
        (paid_says_the_redirect_and_never_heard_of_it_the_look_up, AttentionReason.NOT_KNOWN_THERE),
        (taken_back, AttentionReason.GIVEN_BACK),
        (taken_back_in_part, AttentionReason.GIVEN_BACK),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_move_says_why_a_payment_needs_attention(
    doubt: Callable[[Booking], Payment], reason: AttentionReason, draft: Booking
) -> None:
    payment = doubt(draft)
    assert payment.events.filter(kind="move").latest("id").reason == reason
    assert attention_reason_of(payment) == reason.label


def test_a_doubt_that_was_cleared_has_no_reason_any_more(draft: Booking) -> None:
    payment = answered(another_amount(draft), "Expired", outcome=Outcome.EXPIRED)
    assert attention_reason_of(payment) == ""


def test_an_answer_is_kept_as_the_gateway_meant_it(draft: Booking) -> None:
    answered(payment_of(draft), "SUCCESS")
    assert PaymentEvent.objects.get(operation="lookup").outcome == Outcome.PAID


def test_a_refund_says_why_it_needs_attention_until_it_is_tried_again(draft: Booking, anita: User) -> None:
    paid_twice(draft)
    refund = Refund.objects.get()
    refund_to_a_person(refund, AttentionReason.REFUSED)
    assert Refund.objects.get().attention_reason == AttentionReason.REFUSED
    assert PaymentEvent.objects.get(operation="refund").reason == AttentionReason.REFUSED

    refund_try_again(refund=refund, actor=anita, note="not in the panel")
    assert Refund.objects.get().attention_reason == ""
