"""How much of the disk slips may take, and which of them go again."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.private_files import PrivateStorage
from apps.payments.gateways.bank_transfer.actions import MOST_PROOFS_OF_A_BOOKING
from apps.payments.gateways.bank_transfer.slip_quota import slips_purge
from apps.payments.models import BankTransferProof, Payment, PaymentMethod, SlipRemoval
from apps.payments.tests.fixtures import Initiate, Sandbox, error_of
from apps.payments.tests.transfers import PDF, sent_proof, transfer_begun
from apps.services.models import Service

MEGABYTE = 1024 * 1024
QUARTER_OF_A_MEGABYTE = b"%PDF-1.7\n" + b"a" * (MEGABYTE // 4) + b"%%EOF"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def customer(kamala: User) -> APIClient:
    """Kamala's client, whose login outlasts days."""
    client = APIClient()
    client.force_authenticate(kamala)
    return client


@pytest.fixture
def payment(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Payment:
    return transfer_begun(kamala, service)


@pytest.fixture
def purge(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[[], int]:
    def call() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return slips_purge(now=timezone.now())

    return call


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def long_after() -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=91))


def age(path: Path, *, days: int) -> None:
    then = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (then, then))


def test_beyond_the_days_number_a_slip_is_a_429_until_midnight(
    customer: APIClient, payment: Payment, settings: Settings, folder: Path
) -> None:
    settings.MAX_SLIPS_PER_DAY = 2
    with time_machine.travel("2026-12-01T22:00:00+05:45", tick=False) as clock:
        for _ in range(2):
            assert sent_proof(customer, payment, PDF).status_code == 201
        refused = sent_proof(customer, payment, PDF)
        assert error_of(refused) == (429, "throttled")
        assert refused.headers["Retry-After"] == "7200"
        assert len(files(folder)) == 2
        clock.shift(timedelta(hours=2))
        assert sent_proof(customer, payment, PDF).status_code == 201


def test_beyond_the_days_bytes_a_slip_is_a_429(
    customer: APIClient, payment: Payment, settings: Settings, folder: Path
) -> None:
    settings.MAX_SLIP_MEGABYTES_PER_DAY = 1
    answers = [sent_proof(customer, payment, QUARTER_OF_A_MEGABYTE).status_code for _ in range(4)]
    assert answers == [201, 201, 201, 429]
    assert len(files(folder)) == 3


def test_the_quota_is_of_all_bookings_of_a_customer(
    customer: APIClient, kamala: User, service: Service, payment: Payment, settings: Settings
) -> None:
    settings.MAX_SLIPS_PER_DAY = 1
    sent_proof(customer, payment, PDF)
    other = transfer_begun(kamala, service, at="12:00")
    assert error_of(sent_proof(customer, other, PDF)) == (429, "throttled")


def test_a_reference_without_a_slip_needs_no_quota(
    customer: APIClient, payment: Payment, settings: Settings
) -> None:
    settings.MAX_SLIPS_PER_DAY = 0
    answer = customer.post(f"/api/payments/{payment.pk}/proof/", {"reference": "FT26335-0042"})
    assert answer.status_code == 201


def test_proofs_of_a_booking_have_an_end_however_many_payments_it_has(
    customer: APIClient, payment: Payment
) -> None:
    rows = [BankTransferProof(payment=payment, reference="FT") for _ in range(MOST_PROOFS_OF_A_BOOKING)]
    BankTransferProof.objects.bulk_create(rows)
    Payment.objects.update(status="failed")
    again = customer.post("/api/payments/initiate/", {"booking_id": payment.booking_id})
    answer = customer.post(f"/api/payments/{again.json()['payment']['id']}/proof/", {"reference": "FT"})
    assert error_of(answer) == (409, "invalid_transition")


def test_payments_of_a_booking_have_an_end_each_day(
    initiate: Initiate,
    draft: Booking,
    methods: dict[str, PaymentMethod],
    sandbox: Sandbox,
    settings: Settings,
) -> None:
    settings.MAX_PAYMENT_ATTEMPTS_PER_DAY = 2
    for _ in range(2):
        assert initiate(draft, payment_method="esewa").status_code == 201
    refused = initiate(draft, payment_method="esewa")
    assert error_of(refused) == (429, "throttled")
    assert int(refused.headers["Retry-After"]) > 0
    assert draft.payments.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert initiate(draft, payment_method="esewa").status_code == 201


@pytest.mark.parametrize("status", ["expired", "failed", "superseded"])
def test_a_slip_goes_long_after_its_payment_ended_unpaid_and_the_trail_stays(
    customer: APIClient, payment: Payment, folder: Path, purge: Callable[[], int], status: str
) -> None:
    sent_proof(customer, payment, PDF)
    Payment.objects.update(status=status)
    assert purge() == 0
    with long_after():
        assert purge() == 1
        assert purge() == 0
    assert files(folder) == []
    proof = BankTransferProof.objects.get()
    assert (proof.reference, proof.removal.proof) == ("FT26335-0042", proof)
    assert payment.events.filter(operation="proof").exists()


@pytest.mark.parametrize("status", ["pending", "needs_attention", "completed", "refunded"])
def test_a_slip_of_a_payment_that_was_paid_or_may_be_stays(
    customer: APIClient, payment: Payment, folder: Path, purge: Callable[[], int], status: str
) -> None:
    sent_proof(customer, payment, PDF)
    Payment.objects.update(status=status)
    with long_after():
        assert purge() == 0
    assert len(files(folder)) == 1


def test_a_slip_that_was_replaced_goes_too(
    customer: APIClient, payment: Payment, folder: Path, purge: Callable[[], int]
) -> None:
    sent_proof(customer, payment, PDF)
    sent_proof(customer, payment, PDF)
    Payment.objects.update(status="completed")
    with long_after():
        assert purge() == 1
    assert len(files(folder)) == 1
    assert SlipRemoval.objects.get().proof == BankTransferProof.objects.last()


def test_a_slip_that_went_is_not_found(
    login: Callable[[User], APIClient], kamala: User, anita: User, payment: Payment, purge: Callable[[], int]
) -> None:
    sent_proof(login(kamala), payment, PDF)
    Payment.objects.update(status="failed")
    with long_after():
        purge()
    for user in (kamala, anita):
        assert login(user).get(f"/api/payments/{payment.pk}/proof/").json()["slip"] is None
        assert login(user).get(f"/api/payments/{payment.pk}/proof/slip/").status_code == 404


def test_a_file_that_no_proof_points_to_goes(
    customer: APIClient, payment: Payment, folder: Path, purge: Callable[[], int]
) -> None:
    sent_proof(customer, payment, PDF)
    (kept,) = files(folder)
    stray = folder / PrivateStorage().save("bank-transfer-slips/stray.pdf", ContentFile(PDF))
    fresh = folder / PrivateStorage().save("bank-transfer-slips/fresh.pdf", ContentFile(PDF))
    unfinished = kept.with_name("killed.pdf.unfinished")
    unfinished.touch()
    age(stray, days=91)
    age(kept, days=91)
    age(unfinished, days=2)
    purge()
    assert sorted(files(folder)) == sorted([kept, fresh])


def test_run_jobs_removes_slips(
    customer: APIClient, payment: Payment, capsys: pytest.CaptureFixture[str]
) -> None:
    sent_proof(customer, payment, PDF)
    Payment.objects.update(status="failed")
    with long_after():
        call_command("run_jobs")
    assert "1 slips removed" in capsys.readouterr().out
