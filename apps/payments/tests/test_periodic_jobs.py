"""What `run_jobs` does for payments."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking
from apps.payments.models import Payment
from apps.payments.tests.fixtures import Initiate, Sandbox
from apps.sandbox.models import KhaltiPayment


def test_a_forgotten_payment_is_settled_before_its_draft_expires(
    initiate: Initiate, draft: Booking, sandbox: Sandbox
) -> None:
    initiate(draft)
    sandbox.decides(Payment.objects.get().secret.token)
    Booking.objects.update(expires_at=draft.created_at)
    call_command("run_jobs")
    assert Booking.objects.get().status == "confirmed"


def test_a_cancelled_bookings_money_goes_back(khalti_paid: Payment, kamala: User) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    call_command("run_jobs")
    assert KhaltiPayment.objects.get().refunded_amount == 150_000


def test_each_job_tells_what_it_did(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("run_jobs")
    written = capsys.readouterr().out.splitlines()
    assert "reconcile_payments: 0 payments" in written
    assert "process_refunds: 0 refunds" in written


def test_a_payment_that_cannot_be_read_stops_no_job(khalti_paid: Payment, kamala: User) -> None:
    booking_cancel(booking_id=khalti_paid.booking_id, actor=kamala, reason="ill")
    khalti_paid.secret.delete()
    try:
        call_command("run_jobs")
    except CommandError:
        pytest.fail("a job failed")
    assert KhaltiPayment.objects.get().refunded_amount == 150_000
