"""What proves one booking's payment never pays another, also when both are asked for at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.payments.audit import findings
from apps.payments.models import Payment
from apps.payments.tests.fixtures import PAISA, Sandbox, pidx_of
from apps.payments.tests.test_races import at_once
from apps.services.models import Service

pytestmark = pytest.mark.race

PROCESS = "/api/payments/process-khalti-payment/"
Login = Callable[[User], APIClient]
Initiate = Callable[..., Any]


@pytest.fixture
def other(kamala: User, draft: Booking, service: Service) -> Booking:
    """Another draft of Kamala's at the same price."""
    return booked(kamala, service, at="12:00", method="khalti")


def stands(booking: Booking) -> tuple[str, str]:
    booking.refresh_from_db()
    return booking.status, booking.payment_status


def test_a_pidx_pays_its_own_booking_alone(
    login: Login, kamala: User, initiate: Initiate, draft: Booking, other: Booking, sandbox: Sandbox
) -> None:
    pidx = pidx_of(initiate(draft))
    initiate(other)
    sandbox.decides(pidx)

    def process(booking: Booking) -> Callable[[], Any]:
        return lambda: login(kamala).post(PROCESS, {"booking_id": booking.pk, "pidx": pidx})

    answers = at_once([process(other), process(draft), process(other)])

    assert [answer.status_code for answer in answers] == [400, 200, 400]
    assert stands(draft) == ("confirmed", "completed")
    assert stands(other) == ("draft", "processing")
    assert list(findings()) == []


def test_a_token_pays_one_booking_alone(
    login: Login, kamala: User, draft: Booking, other: Booking, sandbox: Sandbox
) -> None:
    token = sandbox.token()

    def process(booking: Booking) -> Callable[[], Any]:
        body = {"booking_id": booking.pk, "token": token, "amount": PAISA}
        return lambda: login(kamala).post(PROCESS, body)

    answers = at_once([process(draft), process(other)])

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert sorted([stands(draft)[0], stands(other)[0]]) == ["confirmed", "draft"]
    assert list(findings()) == []


def test_esewa_data_pays_its_own_booking_alone(
    initiate: Initiate, draft: Booking, other: Booking, sandbox: Sandbox
) -> None:
    fields = initiate(draft, payment_method="esewa").json()["action"]["fields"]
    initiate(other, payment_method="esewa")
    form = Client().post("/sandbox/esewa/api/epay/main/v2/form", fields)
    paid = Client().post(form.headers["Location"], {"decision": "pay"})
    address, _, data = str(paid.headers["Location"]).partition("?data=")
    foreign = f"/api/payments/esewa/return/{Payment.objects.get(booking=other).transaction_id}/"

    def returns(where: str) -> Callable[[], Any]:
        return lambda: APIClient().get(where, {"data": data})

    answers = at_once([returns(foreign), returns(address), returns(foreign)])

    assert [answer.status_code for answer in answers] == [302] * 3
    assert stands(draft) == ("confirmed", "completed")
    assert stands(other) == ("draft", "processing")
    assert Payment.objects.get(booking=other).claimed_paid_at is None
    assert list(findings()) == []
