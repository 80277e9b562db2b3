"""The server is killed at every point of a payment: nothing is given unpaid, and no money is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.common.models import IdempotencyKey
from apps.payments.actions.initiate import payment_initiate
from apps.payments.audit import findings
from apps.payments.gateways.khalti.actions import khalti_pidx_process
from apps.payments.models import Payment, PaymentEvent, PaymentSecret, Refund
from apps.payments.tests.books import Books, Entry
from apps.payments.tests.fixtures import PAISA
from apps.payments.tests.misbehaving_server import Server, misbehaving_server
from apps.slots.models import Reservation
from tests.killing import (
    Gate,
    Victim,
    cut_off_who_waits,
    until,
    until_nobody_works,
    until_somebody_waits,
    victim,
)

pytestmark = [pytest.mark.race, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PROCESS = "/api/payments/process-khalti-payment/"
# Leases, back-off and the time in which a refund may be under way are over; the hold is not.
LATER = timedelta(minutes=5)


@dataclass
class Scene:
    """Kamala's draft, the gateways' books, and the server that will die."""

    server: Victim
    gateway: Server
    kamala: User
    anita: User
    draft: Booking
    books: Books = field(default_factory=Books)

    def opened(self, method: str) -> Entry:
        """Begin to pay, as it went before the story; the gateway has its entry."""
        self.gateway.behaviours = [self.books.behave]
        payment, _ = payment_initiate(booking_id=self.draft.pk, customer=self.kamala, method_code=method)
        if method == "esewa":
            return self.books.open(payment.transaction_id, "esewa", PAISA)
        return self.books.entries[PaymentSecret.objects.get(payment=payment).token]

    def paid(self, method: str) -> Entry:
        entry = self.opened(method)
        entry.status = "Completed"
        return entry

    def asks(self, path: str, body: Any = None, *, by: User | None = None) -> None:
        self.server.calls("POST", path, body, by or self.kamala)


# What is asked of the server when it dies. Each sets its part up and returns the call.


def initiate(scene: Scene) -> Callable[[], None]:
    return lambda: scene.asks("/api/payments/initiate/", {"booking_id": scene.draft.pk})


def lookup(scene: Scene) -> Callable[[], None]:
    body = {"booking_id": scene.draft.pk, "pidx": scene.paid("khalti").name}
    return lambda: scene.asks(PROCESS, body)


def verify(scene: Scene) -> Callable[[], None]:
    token = scene.books.open("token", "token", PAISA, "Confirmed").name
    return lambda: scene.asks(PROCESS, {"booking_id": scene.draft.pk, "token": token, "amount": PAISA})


def esewa_status(scene: Scene) -> Callable[[], None]:
    scene.paid("esewa")
    payment = Payment.objects.get()
    return lambda: scene.asks(f"/api/payments/{payment.pk}/verify/")


def refund(scene: Scene) -> Callable[[], None]:
    pidx = scene.paid("khalti").name
    payment = khalti_pidx_process(booking_id=scene.draft.pk, customer=scene.kamala, pidx=pidx)
    path, body = f"/api/payments/{payment.pk}/refund/", {"reason": "nobody came"}
    return lambda: scene.asks(path, body, by=scene.anita)


# When it dies.


def before_the_first_commit(scene: Scene, gate: Gate, call: Callable[[], None]) -> None:
    with transaction.atomic():
        list(Booking.objects.select_for_update())
        list(Payment.objects.select_for_update())
        call()
        until_somebody_waits()
        scene.server.kill()
    gate.opened.set()


def during_the_call(scene: Scene, gate: Gate, call: Callable[[], None]) -> None:
    """The gateway carries out what it was asked; nobody hears of it."""
    call()
    gate.until_asked()
    scene.server.kill()
    gate.opened.set()


def before_the_last_write(scene: Scene, gate: Gate, call: Callable[[], None]) -> None:
    call()
    gate.until_asked()
    _stuck_on(scene, gate, Booking)


def before_the_last_commit(scene: Scene, gate: Gate, call: Callable[[], None]) -> None:
    """The answer is written down, and the booking is about to take its time for good."""
    call()
    gate.until_asked()
    _stuck_on(scene, gate, Reservation)


def after_the_last_commit(scene: Scene, gate: Gate, call: Callable[[], None]) -> None:
    before = PaymentEvent.objects.count()
    gate.opened.set()
    call()
    gate.until_asked()
    until(lambda: PaymentEvent.objects.count() > before and is_done())
    scene.server.kill()


def _stuck_on(scene: Scene, gate: Gate, table: type[Booking] | type[Reservation]) -> None:
    with transaction.atomic():
        list(table.objects.select_for_update())
        gate.opened.set()
        until_somebody_waits()
        scene.server.kill()


def is_done() -> bool:
    """Return whether what was asked for is committed: a link, a payment, a refund."""
    last = PaymentEvent.objects.exclude(kind="request").last()
    if last is None or (last.kind, last.to_status) == ("move", "refund_pending"):
        return False
    return (last.kind, last.operation) == ("answer", "initiate") or last.to_status in (
        "completed",
        "refunded",
    )


# What stands afterwards: the payment, its booking, and what the gateway keeps, in paisa.
NOTHING = (None, "draft", 0)
OPEN = ("processing", "draft", 0)
# Nobody has the link, so nobody pays there.
WITHOUT_A_LINK = ("failed", "draft", 0)
PAID = ("completed", "confirmed", PAISA)
BACK = ("refunded", "confirmed", 0)
POINTS = [
    (initiate, before_the_first_commit, NOTHING),
    (initiate, during_the_call, WITHOUT_A_LINK),
    (initiate, before_the_last_write, WITHOUT_A_LINK),
    (initiate, after_the_last_commit, OPEN),
    (lookup, before_the_first_commit, PAID),
    (lookup, during_the_call, PAID),
    (lookup, before_the_last_write, PAID),
    (lookup, before_the_last_commit, PAID),
    (lookup, after_the_last_commit, PAID),
    (verify, before_the_first_commit, NOTHING),
    (verify, during_the_call, PAID),
    (verify, before_the_last_write, PAID),
    (verify, before_the_last_commit, PAID),
    (esewa_status, during_the_call, PAID),
    (esewa_status, before_the_last_commit, PAID),
    (refund, before_the_first_commit, PAID),
    (refund, during_the_call, BACK),
    (refund, before_the_last_write, BACK),
    (refund, after_the_last_commit, BACK),
]


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Server]:
    with misbehaving_server() as running:
        settings.KHALTI_BASE_URL = f"{running.url}api/v2/"
        settings.ESEWA_STATUS_URL = f"{running.url}status/"
        yield running


@pytest.fixture
def scene(
    gateway: Server, kamala: User, anita: User, draft: Booking, settings: Settings, tmp_path: Path
) -> Iterator[Scene]:
    addresses = {"KHALTI_BASE_URL": settings.KHALTI_BASE_URL, "ESEWA_STATUS_URL": settings.ESEWA_STATUS_URL}
    with victim(tmp_path / "log", GATEWAY_TIMEOUT_SECONDS="20", **addresses) as server:
        yield Scene(server, gateway, kamala, anita, draft)


@pytest.mark.parametrize(
    ("what", "when", "expected"),
    [pytest.param(*point, id=f"{point[0].__name__} {point[1].__name__}") for point in POINTS],
)
def test_killed(
    scene: Scene,
    what: Callable[[Scene], Callable[[], None]],
    when: Callable[[Scene, Gate, Callable[[], None]], None],
    expected: tuple[str | None, str, int],
) -> None:
    call, gate = what(scene), Gate(scene.books)
    scene.gateway.behaviours = [gate.behave]

    when(scene, gate, call)
    until_nobody_works()
    assert [str(finding) for finding in findings()] == []

    scene.gateway.behaviours = [scene.books.behave]
    with time_machine.travel(timezone.now() + LATER):
        for command in ("reconcile_payments", "process_refunds"):
            call_command(command)

    assert [str(finding) for finding in findings()] == []
    payment, booking = Payment.objects.first(), Booking.objects.get()
    there = sum(
        entry.amount - entry.refunded for entry in scene.books.entries.values() if entry.transaction_id
    )
    assert (payment and payment.status, booking.status, there) == expected


def test_killed_between_a_refund_and_its_stored_answer(
    scene: Scene, login: Callable[[User], APIClient]
) -> None:
    """The same request with the same key, after the process died, gives nothing back once more."""
    entry = scene.paid("khalti")
    payment = khalti_pidx_process(booking_id=scene.draft.pk, customer=scene.kamala, pidx=entry.name)
    path, body = f"/api/payments/{payment.pk}/refund/", {"amount": "300.00", "reason": "nobody came"}
    gate = Gate(scene.books)
    scene.gateway.behaviours = [gate.behave]
    scene.server.calls("POST", path, body, scene.anita, **{"Idempotency-Key": "K"})
    gate.until_asked()
    with transaction.atomic():
        list(IdempotencyKey.objects.select_for_update())
        gate.opened.set()
        until_somebody_waits()
        scene.server.kill()
        cut_off_who_waits()
    until_nobody_works()
    assert entry.refunded == 30_000
    assert IdempotencyKey.objects.get().answer is None

    with time_machine.travel(timezone.now() + LATER):
        answer = login(scene.anita).post(path, body, format="json", HTTP_IDEMPOTENCY_KEY="K")
    assert answer.json()["refund"]["status"] == "completed"
    assert Refund.objects.count() == 1
    assert entry.refunded == 30_000
    assert [str(finding) for finding in findings()] == []
