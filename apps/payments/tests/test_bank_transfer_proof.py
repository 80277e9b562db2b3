"""What a customer sends of a bank transfer, and who gets to see it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.encryption import WrongEncryptionKey, decrypted_bytes
from apps.common.tests.odd_pictures import REFUSED, SECRET, TAKEN
from apps.payments.models import BankTransferProof, Payment, PaymentMethod
from apps.payments.tests.fixtures import error_of
from apps.payments.tests.transfers import PDF, instructions_for, picture, sent_proof, transfer_begun
from apps.services.models import Service

Login = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def private_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def payment(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Payment:
    """Kamala's booking waits for her bank transfer."""
    return transfer_begun(kamala, service)


def address(payment: Payment, path: str = "") -> str:
    return f"/api/payments/{payment.pk}/proof/{path}"


def stored(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_a_waiting_booking_is_told_again_where_to_pay(payment: Payment, kamala: User) -> None:
    answer = instructions_for(kamala, payment.booking)
    assert answer.json()["payment"]["id"] == payment.pk
    action = answer.json()["action"]
    assert (action["type"], action["reference"]) == ("instructions", payment.booking.reference)
    assert (action["amount"], action["account"]["account_number"]) == ("1500.00", "00100123456789")


def test_it_asks_for_the_fee_that_was_fixed(payment: Payment, kamala: User) -> None:
    PaymentMethod.objects.update(processing_fee_percentage=2)
    assert instructions_for(kamala, payment.booking).json()["payment"]["total_amount"] == "1500.00"


def test_a_waiting_booking_is_not_paid_otherwise(payment: Payment, customer: APIClient) -> None:
    body = {"booking_id": payment.booking_id, "payment_method": "khalti"}
    assert error_of(customer.post("/api/payments/initiate/", body)) == (409, "invalid_transition")


def test_a_reference_alone_will_do(customer: APIClient, payment: Payment) -> None:
    answer = customer.post(address(payment), {"reference": " FT26335-0042 "})
    assert answer.status_code == 201
    proof = BankTransferProof.objects.get()
    assert answer.json() == {
        "id": proof.pk,
        "payment": payment.pk,
        "reference": "FT26335-0042",
        "slip": None,
        "created_at": answer.json()["created_at"],
    }
    assert customer.get(address(payment)).json() == answer.json()


def test_it_moves_nothing_and_stands_in_the_trail(
    customer: APIClient, payment: Payment, kamala: User
) -> None:
    customer.post(address(payment), {"reference": "FT26335-0042"})
    payment.refresh_from_db()
    assert (payment.status, payment.booking.status) == ("pending", "pending")
    event = payment.events.get(operation="proof")
    assert event.actor == kamala
    assert "FT26335" not in event.detail


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (picture("PNG"), "png"),
        (picture("JPEG", comment=b"Secret place"), "jpg"),
        (picture("WEBP"), "webp"),
        (PDF, "pdf"),
    ],
)
def test_slips_are_kept_in_private_and_served_as_attachments(
    customer: APIClient, payment: Payment, private_folder: Path, content: bytes, suffix: str
) -> None:
    answer = sent_proof(customer, payment, content, "../../my slip.html")
    assert answer.status_code == 201
    (file,) = stored(private_folder)
    assert (file.suffix, len(file.stem)) == (f".{suffix}", 32)
    assert file.stat().st_mode & 0o077 == 0
    assert b"Secret" not in decrypted_bytes(file.read_bytes())
    download = customer.get(answer.json()["slip"], headers={"Accept": "text/html"})
    assert download.status_code == 200
    assert b"".join(download.streaming_content) == decrypted_bytes(file.read_bytes())  # type: ignore[attr-defined]
    named = f'attachment; filename="payment-{payment.pk}-slip.{suffix}"'
    assert download.headers["Content-Disposition"] == named
    assert download.headers["X-Content-Type-Options"] == "nosniff"
    assert download.headers["Content-Type"] == "application/octet-stream"
    assert "no-store" in download.headers["Cache-Control"]


@pytest.mark.parametrize("name", TAKEN)
def test_what_phones_and_cameras_make_is_a_slip(
    customer: APIClient, payment: Payment, private_folder: Path, name: str
) -> None:
    assert sent_proof(customer, payment, TAKEN[name], "slip.heic").status_code == 201
    (file,) = stored(private_folder)
    assert SECRET.encode() not in decrypted_bytes(file.read_bytes())


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_is_refused_with_words(
    customer: APIClient, payment: Payment, private_folder: Path, name: str
) -> None:
    content, words = REFUSED[name]
    answer = sent_proof(customer, payment, content, "slip.jpg")
    assert error_of(answer)[0] == 400
    assert words.replace("JPEG, PNG or WebP", "JPEG, PNG, WebP") in answer.json()["errors"][0]["detail"]
    assert stored(private_folder) == []


def test_slips_of_a_customer_are_counted(customer: APIClient, payment: Payment, settings: Settings) -> None:
    settings.THROTTLE_UPLOAD = "1/hour"
    assert sent_proof(customer, payment, picture()).status_code == 201
    assert sent_proof(customer, payment, picture()).status_code == 429
    assert customer.post(address(payment), {"reference": "FT26335-0042"}).status_code == 201


def test_a_pdf_is_kept_as_it_came(customer: APIClient, payment: Payment, private_folder: Path) -> None:
    sent_proof(customer, payment, PDF)
    (file,) = stored(private_folder)
    assert decrypted_bytes(file.read_bytes()) == PDF


def test_slips_lie_encrypted(customer: APIClient, payment: Payment, private_folder: Path) -> None:
    sent_proof(customer, payment, PDF)
    (file,) = stored(private_folder)
    assert b"%PDF" not in file.read_bytes()


def test_with_a_wrong_key_a_slip_is_an_error_and_never_shown_as_it_lies(
    customer: APIClient, payment: Payment, settings: Settings
) -> None:
    answer = sent_proof(customer, payment, PDF)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(WrongEncryptionKey):
        customer.get(answer.json()["slip"])


def test_slips_have_no_public_address(
    api: APIClient, customer: APIClient, payment: Payment, settings: Settings
) -> None:
    sent_proof(customer, payment, PDF)
    proof = BankTransferProof.objects.get()
    with pytest.raises(ValueError, match="no address"):
        assert proof.slip.url
    assert api.get(f"{settings.MEDIA_URL}{proof.slip.name}").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>%PDF-1.7 %%EOF",
        b"%PDF-1.7 and no end",
        b"%PDF-1.7 %%EOF" + b" " * 5000,
        picture("GIF"),
        picture("PNG")[:40],
        PDF + b" " * (5 * 1024 * 1024) + b"%%EOF",
        picture("PNG") + b"\0" * (5 * 1024 * 1024),
    ],
    ids=[
        "empty",
        "text",
        "svg",
        "html",
        "half a pdf",
        "pdf with a long tail",
        "gif",
        "half a png",
        "huge pdf",
        "huge png",
    ],
)
def test_anything_else_is_refused(
    customer: APIClient, payment: Payment, private_folder: Path, content: bytes
) -> None:
    answer = sent_proof(customer, payment, content)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == "slip"
    assert not stored(private_folder)
    assert not BankTransferProof.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"reference": ""},
        {"reference": "  "},
        {"reference": "x" * 101},
        {"reference": None},
        {"reference": "a\x00b"},
        {"reference": "a", "slip": "data:image/png;base64,AAAA"},
    ],
)
def test_bad_input_is_refused(customer: APIClient, payment: Payment, body: dict[str, Any]) -> None:
    assert customer.post(address(payment), body).status_code == 400


def test_owner_and_admin_read_it(
    login: Login, customer: APIClient, kamala: User, anita: User, payment: Payment
) -> None:
    sent_proof(customer, payment, PDF)
    for user in (kamala, anita):
        assert login(user).get(address(payment)).status_code == 200
        assert login(user).get(address(payment, "slip/")).status_code == 200


def test_nobody_else_does(
    api: APIClient,
    login: Login,
    customer: APIClient,
    suresh: User,
    bishnu: User,
    anita: User,
    payment: Payment,
) -> None:
    sent_proof(customer, payment, PDF)
    for path in ("", "slip/"):
        assert api.get(address(payment, path)).status_code == 401
        assert login(suresh).get(address(payment, path)).status_code == 404
        assert login(bishnu).get(address(payment, path)).status_code == 403
    body = {"reference": "mine"}
    assert api.post(address(payment), body).status_code == 401
    assert login(suresh).post(address(payment), body).status_code == 404
    for user in (bishnu, anita):
        assert login(user).post(address(payment), body).status_code == 403


def test_before_there_is_one_it_is_not_found(customer: APIClient, payment: Payment) -> None:
    assert customer.get(address(payment)).status_code == 404
    customer.post(address(payment), {"reference": "FT26335-0042"})
    assert customer.get(address(payment, "slip/")).status_code == 404


def test_the_newest_counts_and_there_is_an_end(customer: APIClient, payment: Payment) -> None:
    for number in range(5):
        assert customer.post(address(payment), {"reference": f"FT-{number}"}).status_code == 201
    assert customer.get(address(payment)).json()["reference"] == "FT-4"
    refused = customer.post(address(payment), {"reference": "FT-5"})
    assert error_of(refused) == (409, "invalid_transition")


@pytest.mark.parametrize("status", ["completed", "failed", "refund_pending", "refunded"])
def test_what_is_decided_takes_no_proof(customer: APIClient, payment: Payment, status: str) -> None:
    Payment.objects.update(status=status)
    answer = customer.post(address(payment), {"reference": "FT26335-0042"})
    assert error_of(answer) == (409, "invalid_transition")


@pytest.mark.parametrize("status", ["expired", "superseded"])
def test_a_transfer_that_is_under_way_too_late_can_be_told(
    customer: APIClient, payment: Payment, status: str
) -> None:
    Payment.objects.update(status=status)
    assert customer.post(address(payment), {"reference": "FT26335-0042"}).status_code == 201


def test_another_way_to_pay_takes_no_proof(
    customer: APIClient, initiate: Callable[..., Any], draft: Booking
) -> None:
    initiate(draft, payment_method="cash")
    answer = customer.post(address(Payment.objects.get()), {"reference": "FT26335-0042"})
    assert error_of(answer) == (409, "invalid_transition")


def test_a_slip_is_sent_as_a_form_only(customer: APIClient, payment: Payment) -> None:
    file = SimpleUploadedFile("slip.pdf", PDF)
    answer = customer.post(address(payment), file.read(), content_type="application/pdf")
    assert answer.status_code == 415
