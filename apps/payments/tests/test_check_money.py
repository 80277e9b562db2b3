"""Every kind of damage, done behind the actions' back, is found; what the actions do is in order."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_reject
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked
from apps.payments.actions.attention import payment_mark_handled
from apps.payments.audit import CHECKS, findings
from apps.payments.gateways.base import Outcome
from apps.payments.gateways.cash.actions import cash_collect
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, Refund
from apps.payments.tests.factories import answered, paid, paid_twice, payment_of
from apps.services.models import Service

pytestmark = pytest.mark.django_db


def codes() -> set[str]:
    return {finding.code for finding in findings()}


def output() -> tuple[int, str]:
    """Run the command; return its exit status and what it wrote."""
    written = StringIO()
    try:
        call_command("check_money", stdout=written)
    except SystemExit as stopped:
        return int(str(stopped.code)), written.getvalue()
    return 0, written.getvalue()


def moved(payment: Payment, from_status: str, to_status: str) -> None:
    """Write a move into the trail that nobody made."""
    PaymentEvent.objects.create(payment=payment, kind="move", from_status=from_status, to_status=to_status)


def refund_of(payment: Payment, amount: str, **columns: object) -> None:
    Refund.objects.create(payment=payment, amount=Decimal(amount), reason="damage", **columns)


def rewritten(payment: Payment, status: str, **columns: object) -> None:
    """Set a payment's status as if it had moved there, with trail and booking to match."""
    moved(payment, payment.status, status)
    Payment.objects.filter(pk=payment.pk).update(status=status, **columns)
    payment.refresh_from_db()
    Booking.objects.filter(pk=payment.booking_id).update(payment_status=status)


def test_an_empty_marketplace_is_in_order() -> None:
    assert output() == (
        0,
        f"check_money: 0 bookings, 0 payments, 0 refunds; {len(CHECKS)} checks, 0 findings\n",
    )


def test_codes_are_told_apart() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)


# What the actions do


def unpaid(draft: Booking) -> None:
    payment_of(draft)


def paid_online(draft: Booking) -> None:
    paid(draft)


def paid_a_second_time(draft: Booking) -> None:
    paid_twice(draft)


def wrong_amount(draft: Booking) -> None:
    assert answered(payment_of(draft), less=Decimal(1)).status == "needs_attention"


def doubt_that_was_cleared(draft: Booking) -> None:
    payment = answered(payment_of(draft), less=Decimal(1))
    assert answered(payment, "Expired", outcome=Outcome.EXPIRED).status == "expired"


def refunded_behind_our_back(draft: Booking) -> None:
    assert answered(payment_of(draft), "Refunded", outcome=Outcome.REFUNDED).status == "refunded"


def partly_refunded_behind_our_back(draft: Booking) -> None:
    outcome = Outcome.PARTIALLY_REFUNDED
    payment = answered(payment_of(draft), "Partially Refunded", outcome=outcome)
    assert (payment.status, Refund.objects.get().status) == ("partially_refunded", "needs_attention")
    assert list(findings()) == []
    assert answered(payment, "Partially Refunded", outcome=outcome).status == "refund_pending"


def paid_and_cancelled(draft: Booking) -> None:
    booking_cancel(booking_id=paid(draft).booking_id, actor=draft.customer, reason="ill")


def cancelled_late(draft: Booking) -> None:
    draft.service.late_cancellation_fee_percent = 50
    draft.service.save()
    paid(draft)
    soon = timezone.now() + timedelta(hours=1)
    Booking.objects.filter(pk=draft.pk).update(starts_at=soon)
    booking_cancel(booking_id=draft.pk, actor=draft.customer, reason="ill")
    assert Refund.objects.get().amount == Decimal("750.00")


def paid_and_rejected(draft: Booking) -> None:
    booking_reject(booking_id=paid(draft).booking_id, actor=draft.provider, reason="no time")


IN_ORDER = [
    unpaid,
    paid_online,
    paid_a_second_time,
    wrong_amount,
    doubt_that_was_cleared,
    refunded_behind_our_back,
    partly_refunded_behind_our_back,
    paid_and_cancelled,
    cancelled_late,
    paid_and_rejected,
]


@pytest.mark.parametrize("live", IN_ORDER, ids=lambda live: live.__name__)
def test_what_the_actions_do_is_in_order(live: Callable[[Booking], None], draft: Booking) -> None:
    live(draft)
    assert list(findings()) == []


# Damage to a booking that is paid and confirmed


def lost_its_payment(payment: Payment) -> None:
    Payment.objects.filter(pk=payment.pk).update(is_settlement=False)


def fell_back_to_a_draft(payment: Payment) -> None:
    Booking.objects.update(status="draft")
    BookingEvent.objects.create(booking=payment.booking, from_status="confirmed", to_status="draft")


def says_it_is_unpaid(payment: Payment) -> None:
    Booking.objects.update(payment_status="pending")


def forgot_that_it_was_paid(payment: Payment) -> None:
    rewritten(payment, "processing")


def settled_by_a_doubt(payment: Payment) -> None:
    rewritten(payment, "needs_attention")


def costs_more_now(payment: Payment) -> None:
    Booking.objects.update(price=Decimal("1600.00"), total_amount=Decimal("1600.00"))


def has_another_fee(payment: Payment) -> None:
    Payment.objects.update(amount=Decimal("1490.00"), processing_fee=Decimal("10.00"))


def says_it_was_another_method(payment: Payment) -> None:
    Booking.objects.update(payment_method="esewa", paid_when="online")


def became_free_of_refund(payment: Payment) -> None:
    booking_reject(booking_id=payment.booking_id, actor=payment.booking.provider, reason="no time")
    Refund.objects.all().delete()


def was_rejected_and_kept_half(payment: Payment) -> None:
    booking_reject(booking_id=payment.booking_id, actor=payment.booking.provider, reason="no time")
    Refund.objects.update(amount=Decimal("750.00"))


def expired_unanswered_and_kept_half(payment: Payment) -> None:
    """Paid, moved to a time that the provider never accepted, and half of it stayed here."""
    booking = payment.booking
    for before, after in (("confirmed", "pending"), ("pending", "expired")):
        BookingEvent.objects.create(booking=booking, from_status=before, to_status=after)
    Booking.objects.filter(pk=booking.pk).update(status="expired")
    refund_of(payment, "750.00")
    rewritten(payment, "refund_pending")


def was_moved_by_the_provider_and_charged(payment: Payment) -> None:
    booking = payment.booking
    Booking.objects.filter(pk=booking.pk).update(moved_by_provider_at=timezone.now(), status="cancelled")
    BookingEvent.objects.create(
        booking=booking, from_status="confirmed", to_status="cancelled", actor=booking.customer
    )
    refund_of(payment, "750.00")
    rewritten(payment, "refund_pending")


def goes_back_and_does_not_say_so(payment: Payment) -> None:
    refund_of(payment, "100.00")


def went_back_and_does_not_say_so(payment: Payment) -> None:
    refund_of(payment, "100.00", status="completed", completed_at=timezone.now())


def goes_back_twice(payment: Payment) -> None:
    refund_of(payment, "1500.00")
    refund_of(payment, "0.01", status="processing")
    rewritten(payment, "refund_pending")


def went_back_by_no_refund(payment: Payment) -> None:
    rewritten(payment, "refunded")


def went_back_in_part_by_all(payment: Payment) -> None:
    refund_of(payment, "1500.00", status="completed", completed_at=timezone.now())
    rewritten(payment, "partially_refunded")


def went_back_nobody_knows_when(payment: Payment) -> None:
    refund_of(payment, "1500.00", status="completed", requested_by=payment.booking.provider)
    rewritten(payment, "refunded")


def went_back_by_nobody_of_ours(payment: Payment) -> None:
    refund_of(payment, "1500.00", status="completed", completed_at=timezone.now())
    rewritten(payment, "refunded")


def waits_for_no_refund(payment: Payment) -> None:
    rewritten(payment, "refund_pending")


def moved_without_a_trail(payment: Payment) -> None:
    by = payment.booking.provider
    refund_of(payment, "1500.00", status="completed", completed_at=timezone.now(), completed_by=by)
    Payment.objects.update(status="refunded")
    Booking.objects.update(payment_status="refunded")


def has_a_gap_in_its_trail(payment: Payment) -> None:
    moved(payment, "pending", "completed")


def was_confirmed_by_nobody(payment: Payment) -> None:
    Booking.objects.update(status="in_progress")


def has_a_gap_in_its_history(payment: Payment) -> None:
    BookingEvent.objects.create(booking=payment.booking, from_status="pending", to_status="confirmed")


DAMAGE: list[tuple[Callable[[Payment], None], set[str]]] = [
    (lost_its_payment, {"given_unpaid", "paid_without_settlement", "without_home", "recorded_otherwise"}),
    (fell_back_to_a_draft, {"paid_but_not_confirmed"}),
    (says_it_is_unpaid, {"payment_status_differs"}),
    (forgot_that_it_was_paid, {"settlement_not_paid", "answer_overheard"}),
    (settled_by_a_doubt, {"settlement_not_paid"}),
    (costs_more_now, {"amount_differs"}),
    (has_another_fee, {"amount_differs"}),
    (says_it_was_another_method, {"amount_differs"}),
    (became_free_of_refund, {"refund_missing", "kept_after_the_end", "recorded_otherwise"}),
    (was_rejected_and_kept_half, {"kept_after_the_end", "recorded_otherwise"}),
    (expired_unanswered_and_kept_half, {"kept_after_the_end"}),
    (was_moved_by_the_provider_and_charged, {"kept_after_the_end"}),
    (goes_back_and_does_not_say_so, {"refund_not_shown"}),
    (went_back_and_does_not_say_so, {"refund_not_shown"}),
    (goes_back_twice, {"refunds_exceed_payment", "recorded_otherwise"}),
    (went_back_by_no_refund, {"refund_unexplained", "taken_back"}),
    (went_back_in_part_by_all, {"refund_unexplained", "recorded_otherwise"}),
    (went_back_nobody_knows_when, {"refund_without_date", "recorded_otherwise"}),
    (went_back_by_nobody_of_ours, {"taken_back", "recorded_otherwise"}),
    (waits_for_no_refund, {"refund_missing"}),
    (moved_without_a_trail, {"trail_differs", "recorded_otherwise"}),
    (has_a_gap_in_its_trail, {"trail_has_gaps"}),
    (was_confirmed_by_nobody, {"history_differs"}),
    (has_a_gap_in_its_history, {"history_has_gaps"}),
]


@pytest.mark.parametrize(("damage", "found"), DAMAGE, ids=lambda value: getattr(value, "__name__", ""))
def test_damage_to_a_paid_booking_is_found(
    damage: Callable[[Payment], None], found: set[str], draft: Booking
) -> None:
    damage(paid(draft))
    assert codes() == found


def test_what_was_taken_back_is_no_finding_once_somebody_looked_or_the_booking_is_off(
    draft: Booking, anita: User
) -> None:
    payment = answered(paid(draft), "Refunded", outcome=Outcome.REFUNDED)
    assert codes() == {"taken_back"}
    payment_mark_handled(payment=payment, actor=anita, note="she pays in cash")
    assert codes() == set()


def test_of_a_booking_that_was_cancelled_nothing_was_taken_back(draft: Booking) -> None:
    answered(paid(draft), "Refunded", outcome=Outcome.REFUNDED)
    booking_cancel(booking_id=draft.pk, actor=draft.provider, reason="not paid")
    assert codes() == set()


# Damage to others


def test_a_second_payment_that_does_not_go_back_has_no_home(draft: Booking) -> None:
    paid_twice(draft)
    Refund.objects.all().delete()
    assert codes() == {"without_home", "refund_missing"}


def test_a_second_payment_of_which_half_goes_back_has_no_home(draft: Booking) -> None:
    paid_twice(draft)
    Refund.objects.update(amount=Decimal("750.00"))
    assert codes() == {"without_home"}


def test_a_refund_that_failed_leaves_the_money_without_a_home(draft: Booking) -> None:
    paid_twice(draft)
    Refund.objects.update(status="failed")
    assert codes() == {"without_home", "refund_missing"}


def test_a_refund_that_a_person_looks_at_is_a_home(draft: Booking) -> None:
    paid_twice(draft)
    Refund.objects.update(status="needs_attention")
    assert codes() == set()


def test_a_refund_of_money_that_never_came_is_found(draft: Booking) -> None:
    refund_of(payment_of(draft), "10.00")
    assert codes() == {"refund_of_nothing"}


def test_an_answer_that_nobody_heard_is_found(draft: Booking) -> None:
    payment = payment_of(draft)
    PaymentEvent.objects.create(
        payment=payment, kind="answer", operation="lookup", detail="Completed, 1500.00", outcome="paid"
    )
    PaymentEvent.objects.create(
        payment=payment, kind="answer", operation="lookup", detail="no answer: in time"
    )
    assert codes() == {"answer_overheard"}


def test_an_answer_that_nobody_heard_is_found_whatever_the_gateways_own_word_is(draft: Booking) -> None:
    payment = answered(payment_of(draft), "SUCCESS")
    rewritten(payment, "processing")
    assert codes() == {"settlement_not_paid", "answer_overheard"}


def test_a_word_that_only_reads_as_paid_raises_no_alarm(draft: Booking) -> None:
    payment = answered(payment_of(draft), "Completed without funds", outcome=Outcome.FAILED)
    assert payment.status == "failed"
    assert codes() == set()


def test_money_that_went_back_is_explained_whatever_the_gateways_own_word_is(draft: Booking) -> None:
    assert answered(payment_of(draft), "REVERSED", outcome=Outcome.REFUNDED).status == "refunded"
    assert codes() == set()


def test_an_unpaid_payment_that_has_a_date_of_payment_is_found(draft: Booking) -> None:
    Payment.objects.filter(pk=payment_of(draft).pk).update(paid_at=timezone.now())
    assert codes() == {"without_home"}


@pytest.fixture
def done_in_cash(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    """A cash booking after the work, paid to the provider."""
    booking = booked(kamala, service)
    for from_status, to_status in [("pending", "confirmed"), ("confirmed", "completed")]:
        BookingEvent.objects.create(booking=booking, from_status=from_status, to_status=to_status)
    Booking.objects.update(status="completed")
    booking.refresh_from_db()
    cash_collect(
        booking=LockedBooking(booking), actor=booking.provider, amount_collected=None, now=timezone.now()
    )
    return booking


def test_a_cash_booking_that_is_done_and_paid_is_in_order(done_in_cash: Booking) -> None:
    assert codes() == set()


def test_a_cash_booking_that_is_done_and_not_settled_is_found(done_in_cash: Booking) -> None:
    rewritten(Payment.objects.get(), "failed", is_settlement=False, paid_at=None)
    assert codes() == {"cash_not_settled", "recorded_otherwise"}


def test_cash_that_nobody_counted_is_found(done_in_cash: Booking) -> None:
    Payment.objects.update(amount_collected=None)
    assert codes() == {"cash_not_counted"}


# The command


def test_findings_are_listed_with_their_ids_and_fail_the_command(draft: Booking) -> None:
    payment = paid(draft)
    Booking.objects.update(payment_status="pending")
    refund_of(payment, "100.00")
    status, written = output()
    assert status == 1
    assert written.splitlines() == [
        f"payment_status_differs: booking {draft.pk} (shows another status than its payment)",
        f"refund_not_shown: booking {draft.pk}, payment {payment.pk}, refund {Refund.objects.get().pk} "
        "(the payment's status doesn't tell of it)",
        f"check_money: 1 bookings, 1 payments, 1 refunds; {len(CHECKS)} checks, 2 findings",
    ]


def test_each_check_is_one_statement(draft: Booking) -> None:
    paid_twice(draft)
    with CaptureQueriesContext(connection) as queries:
        assert list(findings()) == []
    reads = [query for query in queries if query["sql"].startswith("SELECT")]
    assert len(reads) == len(CHECKS)


def test_the_documentation_names_every_check() -> None:
    page = (settings.BASE_DIR / "docs" / "payments.md").read_text()
    assert [f"| `{check.code}` | {check.meaning} |" for check in CHECKS] == [
        line
        for line in page.splitlines()
        if line.startswith(tuple(f"| `{check.code}` |" for check in CHECKS))
    ]
