"""The sandbox as a test's gateways, and bookings that wait for their payment."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.payments.actions.methods import default_payment_methods_create
from apps.payments.gateways.cash.actions import cash_collect
from apps.payments.models import Payment, PaymentMethod
from apps.payments.tests.misbehaving_server import Server, misbehaving_server
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

PAISA = 150_000


@dataclass
class Sandbox:
    """The payer's side of the stand-ins, and the levers of their console."""

    browser: Client = field(default_factory=Client)

    def decides(self, pidx: str, decision: str = "pay") -> str:
        """Press a button on Khalti's pay page; return where the browser is sent."""
        answer = self.browser.post("/sandbox/khalti/pay/", {"pidx": pidx, "decision": decision})
        return str(answer.headers.get("Location", ""))

    def token(self, paisa: int = PAISA) -> str:
        """Agree to an amount in the older widget; return the token."""
        answer = self._post("khalti/widget/token/", {"amount": paisa, "product_identity": "a booking"})
        return str(answer.json()["token"])

    def says(self, reference: str, status: str, **more: Any) -> None:
        """Put a Khalti payment into a state behind the merchant's back."""
        assert self._post(f"khalti/payments/{reference}/", {"status": status, **more}).status_code == 200

    def fault(self, operation: str, kind: str, *, times: int = 1, gateway: str = "khalti") -> None:
        """Let the next calls of an operation go wrong; `slow` ones take a second."""
        wanted = {
            "gateway": gateway,
            "operation": operation,
            "fault": kind,
            "times": times,
            "delay_seconds": 1,
        }
        assert self._post("faults/", wanted).status_code == 201

    def is_well(self) -> None:
        """Take away the faults that wait."""
        assert self.browser.delete("/sandbox/faults/").status_code in (200, 204)

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        return self.browser.post(f"/sandbox/{path}", body, content_type="application/json")


@pytest.fixture
def sandbox(live_server: LiveServer, settings: Settings) -> Sandbox:
    address = f"{live_server.url}/sandbox"
    settings.KHALTI_BASE_URL = f"{address}/khalti/api/v2/"
    settings.ESEWA_FORM_URL = f"{address}/esewa/api/epay/main/v2/form"
    settings.ESEWA_STATUS_URL = f"{address}/esewa/api/epay/transaction/status/"
    settings.CONNECTIPS_URL = f"{address}/connectips"
    return Sandbox()


@pytest.fixture(scope="session")
def signing_key() -> str:
    """A merchant's private key, as the settings hold it."""
    key = generate_private_key(public_exponent=65537, key_size=2048)
    return b64encode(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode()


@pytest.fixture
def merchant_of_connectips(settings: Settings, signing_key: str) -> None:
    """We are known to ConnectIPS."""
    settings.CONNECTIPS_MERCHANT_ID = 7
    settings.CONNECTIPS_APP_ID = "MER-7-APP-1"
    settings.CONNECTIPS_APP_NAME = "SewaBazaar"
    settings.CONNECTIPS_PASSWORD = "of the application"
    settings.CONNECTIPS_PRIVATE_KEY = signing_key


@pytest.fixture
def connectips(merchant_of_connectips: None, methods: dict[str, PaymentMethod]) -> PaymentMethod:
    """ConnectIPS as one more way to pay."""
    default_payment_methods_create()
    return PaymentMethod.objects.get(code="connectips")


@pytest.fixture
def broken_khalti(settings: Settings) -> Iterator[Server]:
    """A Khalti that does what a test tells it."""
    with misbehaving_server() as server:
        settings.KHALTI_BASE_URL = f"{server.url}api/v2/"
        settings.GATEWAY_TIMEOUT_SECONDS = 0.5
        yield server


@pytest.fixture
def methods(db: None) -> dict[str, PaymentMethod]:
    default_payment_methods_create()
    return {method.code: method for method in PaymentMethod.objects.all()}


@pytest.fixture
def service(bishnu: User) -> Service:
    """One hour for Rs 1500, by one person, 10 to 17 every day."""
    return BookableServiceFactory(provider=bishnu)


@pytest.fixture
def draft(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Booking:
    """Kamala's draft that holds its slot and is to be paid with Khalti."""
    return draft_at_payment_step(kamala, service)


@pytest.fixture
def customer(login: Callable[[User], APIClient], kamala: User) -> APIClient:
    """Kamala's client."""
    return login(kamala)


Initiate = Callable[..., Any]


@pytest.fixture
def initiate(customer: APIClient) -> Initiate:
    """Call `initiate` for a booking and return the answer."""

    def call(booking: Booking, **body: Any) -> Any:
        return customer.post("/api/payments/initiate/", {"booking_id": booking.pk, **body})

    return call


Process = Callable[..., Any]


@pytest.fixture
def process(customer: APIClient) -> Process:
    """Call `process-khalti-payment` for a booking and return the answer."""

    def call(booking: Booking, **body: Any) -> Any:
        return customer.post("/api/payments/process-khalti-payment/", {"booking_id": booking.pk, **body})

    return call


def pidx_of(answer: Any) -> str:
    """Return the pidx in the address of an answer of `initiate`."""
    return str(answer.json()["action"]["url"].partition("pidx=")[2])


def error_of(answer: Any) -> tuple[int, str]:
    """Return status and code of an error answer."""
    return answer.status_code, answer.json()["errors"][0]["code"]


def statuses(booking: Booking) -> list[str]:
    """Return the statuses of a booking's payments, oldest first."""
    return list(booking.payments.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def khalti_paid(initiate: Initiate, process: Process, draft: Booking, sandbox: Sandbox) -> Payment:
    """Kamala's Rs 1500, paid with Khalti; her booking is confirmed."""
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    assert process(draft, pidx=pidx).status_code == 200
    return Payment.objects.get()


@pytest.fixture
def cash_paid(
    initiate: Initiate, kamala: User, bishnu: User, service: Service, methods: dict[str, PaymentMethod]
) -> Payment:
    """Kamala's Rs 1500, paid in cash when the work was done."""
    booking = booked(kamala, service)
    initiate(booking)
    with transaction.atomic():
        cash_collect(booking=LockedBooking(booking), actor=bishnu, amount_collected=None, now=timezone.now())
    return Payment.objects.get()


Refunding = Callable[..., Any]


@pytest.fixture
def refund(login: Callable[[User], APIClient], anita: User) -> Refunding:
    """Let Anita give money back, and return the answer."""

    def call(payment: Payment, *, key: str | None = None, **body: Any) -> Any:
        headers: dict[str, Any] = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
        body = {"reason": "nobody came", **body}
        return login(anita).post(f"/api/payments/{payment.pk}/refund/", body, format="json", **headers)

    return call
