"""Several requests at one moment, in real threads, about one payment."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, transaction
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked
from apps.notifications.models import Delivery, Notification
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, Refund
from apps.payments.reconciliation.run import payments_reconcile
from apps.payments.tests.fixtures import PAISA, Sandbox, pidx_of
from apps.payments.tests.misbehaving_server import Handler, Server, answering, answering_to
from apps.sandbox.models import KhaltiPayment
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

pytestmark = pytest.mark.race

PAID_BY_ONE_TRANSACTION = {"total_amount": PAISA, "status": "Completed", "transaction_id": "the-same"}
PROCESS = "/api/payments/process-khalti-payment/"
# SQLite lets one write at a time: there is less to race for.
ROUNDS = 50 if connection.vendor == "postgresql" else 10
Login = Callable[[User], APIClient]


def at_once(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Call all, each in a thread of its own and none before the others are ready; return their answers."""
    start = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_of_a_burst_of_returns_one_asks_the_gateway(
    login: Login, kamala: User, sandbox: Sandbox, methods: dict[str, PaymentMethod]
) -> None:
    booking = booked(kamala, BookableServiceFactory(), method="khalti")
    pidx = pidx_of(login(kamala).post("/api/payments/initiate/", {"booking_id": booking.pk}))
    sandbox.decides(pidx)

    answers = at_once([lambda: APIClient().get(f"/api/payments/khalti/return/?pidx={pidx}")] * 8)

    assert {answer.status_code for answer in answers} == {302}
    assert PaymentEvent.objects.filter(kind="request", operation="lookup").count() == 1
    assert booking.payments.get().status == "completed"


def test_return_process_verify_initiate_and_reconciliation_settle_once(
    login: Login, kamala: User, api: APIClient, sandbox: Sandbox, methods: dict[str, PaymentMethod]
) -> None:
    service = BookableServiceFactory(max_bookings=ROUNDS)
    client = login(kamala)
    for done in range(1, ROUNDS + 1):
        booking = booked(kamala, service, method="khalti")
        body = {"booking_id": booking.pk}
        opened = client.post("/api/payments/initiate/", body)
        pidx, payment_id = pidx_of(opened), opened.json()["payment"]["id"]
        sandbox.decides(pidx)

        def comes_back(pidx: str = pidx) -> Any:
            return APIClient().get(f"/api/payments/khalti/return/?pidx={pidx}")

        def calls(path: str, body: Any = None) -> Callable[[], Any]:
            return lambda: login(kamala).post(path, body)

        process = calls(PROCESS, {**body, "pidx": pidx})
        verify = calls(f"/api/payments/{payment_id}/verify/")
        *answers, tally = at_once(
            [comes_back, process, process, verify, calls("/api/payments/initiate/", body), reconcile]
        )

        assert [answer.status_code for answer in answers] == [302, 200, 200, 200, 409]
        assert tally.keys() <= {"completed", "unchanged"}
        assert booking.payments.get().status == "completed"
        assert BookingEvent.objects.filter(to_status="confirmed").count() == done
        assert PaymentEvent.objects.filter(kind="move", to_status="completed").count() == done
        told = Notification.objects.filter(booking=booking).values_list("kind", "recipient")
        assert sorted(told) == sorted(
            ("payment_received", person) for person in (kamala.pk, service.provider_id)
        )
    assert Delivery.objects.count() == 2 * ROUNDS
    assert not Refund.objects.exists()
    assert list(findings()) == []


def reconcile() -> Counter[str]:
    return payments_reconcile(by_hand=False)


def test_one_token_for_two_bookings_at_once_pays_one(
    login: Login, kamala: User, draft: Booking, service: Service, sandbox: Sandbox
) -> None:
    other = booked(kamala, service, at="12:00", method="khalti")
    token = sandbox.token()

    def pay(booking: Booking) -> Callable[[], Any]:
        body = {"booking_id": booking.pk, "token": token, "amount": PAISA}
        return lambda: login(kamala).post(PROCESS, body)

    answers = at_once([pay(draft), pay(other)])

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    codes = [answer.json()["errors"][0]["code"] for answer in answers if answer.status_code == 409]
    assert codes == ["token_already_used"]
    assert Counter(Booking.objects.values_list("status", flat=True)) == {"confirmed": 1, "draft": 1}
    assert Payment.objects.count() == 1


def test_one_token_sent_four_times_at_once_is_settled_once(
    login: Login, kamala: User, draft: Booking, sandbox: Sandbox
) -> None:
    token = sandbox.token()
    body = {"booking_id": draft.pk, "token": token, "amount": PAISA}

    answers = at_once([lambda: login(kamala).post(PROCESS, body)] * 4)

    assert [answer.status_code for answer in answers] == [200] * 4
    payment = Payment.objects.get()
    assert payment.status == "completed"
    assert payment.gateway_transaction_id == KhaltiPayment.objects.get().transaction_id
    assert BookingEvent.objects.filter(to_status="confirmed").count() == 1


def test_two_initiates_at_once_open_one_payment(
    login: Login, kamala: User, draft: Booking, sandbox: Sandbox
) -> None:
    body = {"booking_id": draft.pk}

    answers = at_once([lambda: login(kamala).post("/api/payments/initiate/", body)] * 4)

    opened = [answer.json()["action"]["url"] for answer in answers if answer.status_code == 201]
    waiting = [answer for answer in answers if answer.status_code != 201]
    assert len(set(opened)) == 1
    assert {answer.json()["errors"][0]["code"] for answer in waiting} <= {"request_in_progress"}
    assert Payment.objects.count() == 1


def test_two_paid_payments_settled_at_once_keep_one(
    login: Login, kamala: User, draft: Booking, sandbox: Sandbox
) -> None:
    pidxs = []
    for _ in range(2):
        pidxs.append(pidx_of(login(kamala).post("/api/payments/initiate/", {"booking_id": draft.pk})))
        Payment.objects.update(link_expires_at=None)
    for pidx in pidxs:
        sandbox.decides(pidx)

    def process(pidx: str) -> Callable[[], Any]:
        return lambda: login(kamala).post(PROCESS, {"booking_id": draft.pk, "pidx": pidx})

    answers = at_once([process(pidx) for pidx in pidxs])

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Counter(Payment.objects.values_list("status", flat=True)) == {
        "completed": 1,
        "refund_pending": 1,
    }
    assert Refund.objects.get().payment.status == "refund_pending"


def test_one_transaction_never_pays_two_bookings_at_the_same_moment(
    login: Login,
    kamala: User,
    draft: Booking,
    service: Service,
    broken_khalti: Server,
    transactional_db: None,
) -> None:
    broken_khalti.behaviours = [
        answering({"pidx": "first", "payment_url": "https://test-pay.khalti.com/?pidx=first"}),
        answering({"pidx": "second", "payment_url": "https://test-pay.khalti.com/?pidx=second"}),
        answering_to(lambda asked: {**PAID_BY_ONE_TRANSACTION, "pidx": asked["pidx"]}),
    ]
    other = booked(kamala, service, at="12:00", method="khalti")
    bodies = [{"booking_id": draft.pk, "pidx": "first"}, {"booking_id": other.pk, "pidx": "second"}]
    for body in bodies:
        opened = login(kamala).post("/api/payments/initiate/", {"booking_id": body["booking_id"]})
        assert opened.status_code == 201

    def process(body: dict[str, Any]) -> Callable[[], Any]:
        return lambda: login(kamala).post(PROCESS, body)

    answers = at_once([process(body) for body in bodies])

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert Counter(Payment.objects.values_list("status", flat=True)) == {
        "completed": 1,
        "needs_attention": 1,
    }
    assert Counter(Booking.objects.values_list("status", flat=True)) == {"confirmed": 1, "draft": 1}


def test_no_connection_and_no_lock_is_held_while_khalti_thinks(
    login: Login, kamala: User, draft: Booking, broken_khalti: Server, transactional_db: None
) -> None:
    ours = connections["default"]
    held: list[bool] = []

    def think(handler: Handler) -> None:
        held.append(ours.connection is not None)
        with transaction.atomic():
            Booking.objects.select_for_update(nowait=connection.features.has_select_for_update_nowait).get()
            Payment.objects.update(failure_reason="touched")
        connection.close()
        handler.send(500, b"")

    broken_khalti.behaviours = [think]
    assert login(kamala).post("/api/payments/initiate/", {"booking_id": draft.pk}).status_code == 503
    assert held == [False]
