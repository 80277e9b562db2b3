"""Bank transfers for tests, as customers begin them over HTTP."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.models import Payment
from apps.services.models import Service

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def transfer_begun(customer: User, service: Service, *, at: str = "10:00", days: int = 5) -> Payment:
    """Return the payment of a booking that waits for its bank transfer."""
    booking = booked(customer, service, at=at, days=days, method="bank_transfer")
    assert instructions_for(customer, booking).status_code == 201
    return booking.payments.get()


def instructions_for(customer: User, booking: Booking) -> Any:
    client = APIClient()
    client.force_authenticate(customer)
    return client.post("/api/payments/initiate/", {"booking_id": booking.pk})


def picture(image_format: str = "PNG", **options: Any) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (8, 4)).save(buffer, format=image_format, **options)
    return buffer.getvalue()


def sent_proof(client: APIClient, payment: Payment, content: bytes, name: str = "slip.png") -> Any:
    """Send a proof with a slip, as a form does."""
    body = {"reference": "FT26335-0042", "slip": SimpleUploadedFile(name, content)}
    return client.post(f"/api/payments/{payment.pk}/proof/", body, format="multipart")
