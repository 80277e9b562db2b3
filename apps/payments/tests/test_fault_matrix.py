"""Each call of a gateway, each way in which it can go wrong, against the sandbox over HTTP."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.tests.faults import DONE_LATER, FAULTS, HEADINGS, ROWS, TOO_SLOW, Ending, Row
from apps.payments.tests.fixtures import PAISA, Sandbox, pidx_of
from apps.sandbox.faults import LATER
from apps.sandbox.models import Fault, KhaltiPayment

Call = Callable[[], Any]
MANY = 9
INITIATE = "/api/payments/initiate/"
PROCESS = "/api/payments/process-khalti-payment/"


@dataclass
class Stage:
    """Kamala, her draft, and the gateways. Each method sets one operation up and returns the call."""

    customer: APIClient
    admin: APIClient
    draft: Booking
    sandbox: Sandbox

    def khalti_initiate(self) -> Call:
        return lambda: self.customer.post(INITIATE, {"booking_id": self.draft.pk})

    def khalti_lookup(self) -> Call:
        pidx = self.paid_pidx()
        return lambda: self.customer.post(PROCESS, {"booking_id": self.draft.pk, "pidx": pidx})

    def khalti_return(self) -> Call:
        pidx = self.paid_pidx()
        return lambda: APIClient().get("/api/payments/khalti/return/", {"pidx": pidx})

    def khalti_verify(self) -> Call:
        body = {"booking_id": self.draft.pk, "token": self.sandbox.token(), "amount": PAISA}
        return lambda: self.customer.post(PROCESS, body)

    def khalti_status(self) -> Call:
        """Verify took the money, and its answer was lost."""
        self.sandbox.fault("verify", "lost_answer")
        assert self.khalti_verify()().status_code == 503
        return self.asking()

    def esewa_status(self) -> Call:
        self.pay_with_esewa()
        return self.asking()

    def esewa_return(self) -> Call:
        address = self.pay_with_esewa()
        return lambda: APIClient().get(address)

    def connectips_validation(self) -> Call:
        self.pay_with_connectips()
        return self.asking()

    def connectips_return(self) -> Call:
        address = self.pay_with_connectips()
        return lambda: APIClient().get(address)

    def khalti_refund(self, **body: Any) -> Call:
        """Anita gives back what Kamala paid."""
        pidx = self.paid_pidx()
        assert self.customer.post(PROCESS, {"booking_id": self.draft.pk, "pidx": pidx}).status_code == 200
        address = f"/api/payments/{Payment.objects.get().pk}/refund/"
        return lambda: self.admin.post(address, {"reason": "nobody came", **body})

    def khalti_part_refund(self) -> Call:
        return self.khalti_refund(amount="500.00")

    def asking(self) -> Call:
        payment = Payment.objects.get()
        return lambda: self.customer.post(f"/api/payments/{payment.pk}/verify/")

    def paid_pidx(self) -> str:
        pidx = pidx_of(self.khalti_initiate()())
        self.sandbox.decides(pidx)
        return pidx

    def pay_with_connectips(self) -> str:
        """Pay, and return where ConnectIPS sends the browser."""
        body = {"booking_id": self.draft.pk, "payment_method": "connectips"}
        action = self.customer.post(INITIATE, body).json()["action"]
        page = self.sandbox.browser.post(urlsplit(action["url"]).path, action["fields"])
        answer = self.sandbox.browser.post(page.headers["Location"], {"decision": "pay"})
        return str(answer.headers["Location"])

    def pay_with_esewa(self) -> str:
        """Pay, and return where eSewa sends the browser."""
        body = {"booking_id": self.draft.pk, "payment_method": "esewa"}
        fields = self.customer.post(INITIATE, body).json()["action"]["fields"]
        page = self.sandbox.browser.post("/sandbox/esewa/api/epay/main/v2/form", fields)
        answer = self.sandbox.browser.post(page.headers["Location"], {"decision": "pay"})
        address = str(answer.headers["Location"])
        assert address.startswith(fields["success_url"])
        return address


# What the table calls it: the gateway and its operation in the sandbox, and how it is set up.
OPERATIONS: dict[str, tuple[str, str, Callable[[Stage], Call]]] = {
    "Khalti initiate": ("khalti", "initiate", Stage.khalti_initiate),
    "Khalti lookup": ("khalti", "lookup", Stage.khalti_lookup),
    "Khalti lookup on return": ("khalti", "lookup", Stage.khalti_return),
    "Khalti token verify": ("khalti", "verify", Stage.khalti_verify),
    "Khalti token status": ("khalti", "status", Stage.khalti_status),
    "eSewa status": ("esewa", "status", Stage.esewa_status),
    "eSewa status on return": ("esewa", "status", Stage.esewa_return),
    "ConnectIPS validation": ("connectips", "validation", Stage.connectips_validation),
    "ConnectIPS validation on return": ("connectips", "validation", Stage.connectips_return),
    "Khalti refund": ("khalti", "refund", Stage.khalti_refund),
    "Khalti refund of a part": ("khalti", "refund", Stage.khalti_part_refund),
}
CELLS = [pytest.param(row, fault, id=f"{row.operation}: {fault}") for row in ROWS for fault in row.faults]


@pytest.fixture
def stage(
    customer: APIClient,
    login: Callable[[User], APIClient],
    anita: User,
    draft: Booking,
    sandbox: Sandbox,
    connectips: PaymentMethod,
) -> Stage:
    return Stage(customer, login(anita), draft, sandbox)


def ending(answer: Any) -> Ending:
    booking = Booking.objects.get()
    payment = booking.payments.order_by("pk").last()
    assert payment is not None
    assert booking.payment_status == payment.status
    return Ending(told(answer), payment.status, booking.status)


def told(answer: Any) -> str:
    match answer.status_code:
        case 302:
            return f"302 `{answer.headers['Location'].rpartition('status=')[2].partition('&')[0]}`"
        case 201:
            assert answer.json()["action"]["url"]
            return "201, a link"
        case 200:
            return "200"
        case status:
            return f"{status} `{answer.json()['errors'][0]['code']}`"


@pytest.mark.parametrize(("row", "fault"), CELLS)
def test_a_fault_ends_as_the_table_says(row: Row, fault: str, stage: Stage, settings: Settings) -> None:
    gateway, operation, set_up = OPERATIONS[row.operation]
    call = set_up(stage)

    # Until it is taken away: a question that changes nothing is asked again where the connection broke.
    stage.sandbox.fault(operation, FAULTS[fault], gateway=gateway, times=MANY)
    with_patience = settings.GATEWAY_TIMEOUT_SECONDS
    settings.GATEWAY_TIMEOUT_SECONDS = 0.3 if fault in TOO_SLOW else with_patience
    assert ending(call()) == row.now
    assert Fault.objects.filter(remaining__lt=MANY, operation=operation).exists()
    assert list(findings()) == []

    stage.sandbox.is_well()
    settings.GATEWAY_TIMEOUT_SECONDS = with_patience
    if fault in DONE_LATER:
        call()
        until_done()
    a_minute_later()
    assert ending(call()) == row.then
    assert list(findings()) == []
    given_back = sum(Refund.objects.values_list("amount", flat=True))
    assert sum(KhaltiPayment.objects.values_list("refunded_amount", flat=True)) == given_back * 100


def until_done() -> None:
    """Return once the gateway has carried out what it gave no answer to."""
    for thread in threading.enumerate():
        if thread.name == LATER:
            thread.join(10)
            assert not thread.is_alive()


def a_minute_later() -> None:
    """The return address asks once in five seconds; a refund may be under way for a minute."""
    Payment.objects.update(return_rests_until=None)
    Refund.objects.filter(sent_at__isnull=False).update(sent_at=timezone.now() - timedelta(seconds=61))


def test_the_table_has_every_operation_with_every_fault() -> None:
    cells = [(row.operation, fault) for row in ROWS for fault in row.faults]
    assert len(cells) == len(set(cells))
    assert set(cells) == {(operation, fault) for operation in OPERATIONS for fault in FAULTS}


def test_the_documentation_shows_the_table() -> None:
    page = (django_settings.BASE_DIR / "docs" / "payments.md").read_text()
    table = page.partition(f"| {' | '.join(HEADINGS)} |\n")[2].partition("\n\n")[0].splitlines()
    assert table[1:] == [str(row) for row in ROWS]
