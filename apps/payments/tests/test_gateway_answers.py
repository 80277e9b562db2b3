"""Nonsense in a gateway's answers: nothing of it is stored as it came, or handed out."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments.gateways.checked import payment_address
from apps.payments.models import Payment, PaymentEvent, PaymentMethod
from apps.payments.tests.fixtures import Initiate, Process, error_of
from apps.payments.tests.misbehaving_server import Server, answering, misbehaving_server, sending

PIDX = "HT6o6PEZRWFJ5ygavzHWd5"
LINK: dict[str, Any] = {"pidx": PIDX, "payment_url": f"https://test-pay.khalti.com/?pidx={PIDX}"}
COMPLETED: dict[str, Any] = {
    "pidx": PIDX,
    "total_amount": 150_000,
    "status": "Completed",
    "transaction_id": "GFq9PFS7b2iYvL8Lir9oXe",
    "fee": 0,
    "refunded": False,
}
ODD_TEXTS = {
    "NUL": "Comp\x00leted",
    "line feed": "Completed\nERROR forged line",
    "carriage return": "Completed\r\nSet-Cookie: a=b",
    "escape": "\x1b[2J",
    "direction mark": "\N{RIGHT-TO-LEFT OVERRIDE}detelpmoC",
    "zero width": "\N{ZERO WIDTH SPACE}",
    "very long": "x" * 100_000,
}
odd_texts = pytest.mark.parametrize("odd", ODD_TEXTS.values(), ids=ODD_TEXTS)


def trail_is_readable() -> bool:
    return all(event.detail.isprintable() for event in PaymentEvent.objects.all())


@pytest.fixture
def opened(initiate: Initiate, draft: Booking, broken_khalti: Server) -> Payment:
    """A payment whose link was handed out, at a Khalti that does what a test tells it."""
    broken_khalti.behaviours = [answering(LINK)]
    assert initiate(draft).status_code == 201
    return Payment.objects.get()


@odd_texts
@pytest.mark.parametrize("field", ["status", "transaction_id"])
def test_an_odd_text_in_a_look_up_is_no_answer(
    process: Process, opened: Payment, broken_khalti: Server, field: str, odd: str
) -> None:
    broken_khalti.behaviours = [answering({**COMPLETED, field: odd})]
    assert error_of(process(opened.booking, pidx=PIDX)) == (503, "gateway_unavailable")
    opened.refresh_from_db()
    assert (opened.status, opened.gateway_transaction_id) == ("processing", "")
    assert trail_is_readable()


@pytest.mark.parametrize("odd", ["..", "../../refunds", "a b", "अ", {"a": "b"}, ["a"], True, 1.5])
def test_what_can_not_be_an_id_is_no_answer(
    process: Process, opened: Payment, broken_khalti: Server, odd: object
) -> None:
    broken_khalti.behaviours = [answering({**COMPLETED, "transaction_id": odd})]
    assert error_of(process(opened.booking, pidx=PIDX)) == (503, "gateway_unavailable")


def test_a_word_that_nobody_knows_is_for_a_person(
    process: Process, opened: Payment, broken_khalti: Server
) -> None:
    broken_khalti.behaviours = [answering({**COMPLETED, "status": "Halb bezahlt"})]
    process(opened.booking, pidx=PIDX)
    opened.refresh_from_db()
    assert opened.status == "needs_attention"


@odd_texts
@pytest.mark.parametrize("field", ["error_key", "detail", "amount", "odd\x00name"])
def test_an_odd_text_in_a_refusal_stays_out_of_the_trail_and_the_log(
    process: Process,
    opened: Payment,
    broken_khalti: Server,
    field: str,
    odd: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken_khalti.behaviours = [answering({"status_code": 500, field: odd})]
    assert error_of(process(opened.booking, pidx=PIDX)) == (503, "gateway_unavailable")
    assert trail_is_readable()
    assert all(record.getMessage().isprintable() for record in caplog.records)


def test_half_a_character_is_no_answer(process: Process, opened: Payment, broken_khalti: Server) -> None:
    body = f'{{"pidx": "{PIDX}", "status": "\\ud800", "total_amount": 150000}}'
    broken_khalti.behaviours = [sending(body.encode())]
    assert error_of(process(opened.booking, pidx=PIDX)) == (503, "gateway_unavailable")


@odd_texts
def test_an_odd_pidx_opens_nothing(
    initiate: Initiate, draft: Booking, broken_khalti: Server, odd: str
) -> None:
    broken_khalti.behaviours = [answering({**LINK, "pidx": odd})]
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert Payment.objects.get().gateway_token_hash is None


ODD_ADDRESSES = {
    "another scheme": "javascript:alert(1)//test-pay.khalti.com/",
    "data": "data:text/html,<script>alert(1)</script>",
    "no scheme": "//test-pay.khalti.com/",
    "no host": "https:///?pidx=a",
    "header in it": "https://test-pay.khalti.com/\r\nSet-Cookie: a=b",
    "line feed": "https://test-pay.khalti.com/\n",
    "NUL": "https://test-pay.khalti.com/\x00",
    "space": "https://test-pay.khalti.com/ a",
    "backslash": "https://evil.example\\@test-pay.khalti.com/",
    "name and password": "https://test-pay.khalti.com:secret@evil.example/",
    "name": "https://test-pay.khalti.com@evil.example/",
    "no port": "https://test-pay.khalti.com:port/",
    "bad brackets": "https://[test-pay.khalti.com/",
    "letters that look alike": "https://test-pay.kh\N{CYRILLIC SMALL LETTER A}lti.com/",
    "very long": "https://test-pay.khalti.com/" + "a" * 3000,
    "a number": 7,
    "nothing": None,
}


@pytest.mark.parametrize("odd", ODD_ADDRESSES.values(), ids=ODD_ADDRESSES)
def test_an_odd_address_is_not_handed_out(
    initiate: Initiate, draft: Booking, broken_khalti: Server, odd: object
) -> None:
    broken_khalti.behaviours = [answering({**LINK, "payment_url": odd})]
    assert error_of(initiate(draft)) == (503, "gateway_unavailable")
    assert Payment.objects.get().secret.payment_url == ""


HOSTS = ("khalti.com",)


@pytest.mark.parametrize(
    "address",
    [
        "http://test-pay.khalti.com/?pidx=a",
        "https://evil.example/?pidx=a",
        "https://evilkhalti.com/",
        "https://khalti.com.evil.example/",
        "HTTP://pay.khalti.com/",
        *(odd for odd in ODD_ADDRESSES.values()),
    ],
)
def test_a_gateway_behind_https_sends_nobody_elsewhere_or_in_the_clear(address: object) -> None:
    assert payment_address(address, asked_at="https://khalti.com/api/v2/", hosts=HOSTS) == ""


@pytest.mark.parametrize("address", ["https://pay.khalti.com/?pidx=a", "https://khalti.com:443/pay"])
def test_its_own_address_is_handed_out_as_it_came(address: str) -> None:
    assert payment_address(address, asked_at="https://khalti.com/api/v2/", hosts=HOSTS) == address


def test_a_gateway_on_this_machine_may_use_plain_http(
    initiate: Initiate, draft: Booking, broken_khalti: Server
) -> None:
    address = f"{broken_khalti.url}pay?pidx={PIDX}"
    broken_khalti.behaviours = [answering({**LINK, "payment_url": address})]
    assert initiate(draft).json()["action"]["url"] == address


@pytest.mark.parametrize(
    "odd",
    [
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+05:45",
        "2099-01-01T00:00:00+05:45",
        "NaN",
        "2026-13-45T99:99:99Z",
        "2026-12-01T10:00:00",
        "1" * 5000,
        1e300,
        {"a": 1},
        True,
    ],
)
@pytest.mark.parametrize("field", ["expires_at", "expires_in"])
def test_a_link_without_a_date_that_makes_sense_is_good_for_an_hour(
    initiate: Initiate, draft: Booking, broken_khalti: Server, field: str, odd: object
) -> None:
    broken_khalti.behaviours = [answering({**LINK, field: odd})]
    assert initiate(draft).status_code == 201
    ends = Payment.objects.get().link_expires_at
    assert ends is not None
    assert timedelta(minutes=59) < ends - timezone.now() <= timedelta(hours=1)


@pytest.fixture
def esewa(
    initiate: Initiate, draft: Booking, methods: dict[str, PaymentMethod], settings: Settings
) -> Iterator[Server]:
    """An eSewa that does what a test tells it, of a payment whose form was handed out."""
    initiate(draft, payment_method="esewa")
    with misbehaving_server() as server:
        settings.ESEWA_STATUS_URL = f"{server.url}status/"
        yield server


def esewa_says(**changes: Any) -> Callable[[Any], None]:
    payment = Payment.objects.get()
    said = {
        "product_code": "EPAYTEST",
        "transaction_uuid": payment.transaction_id,
        "total_amount": 1500.0,
        "status": "COMPLETE",
        "ref_id": "0007G36",
    }
    return answering({**said, **changes})


@odd_texts
@pytest.mark.parametrize("field", ["status", "ref_id"])
def test_an_odd_text_of_esewa_is_no_answer(
    login: Callable[[User], APIClient], kamala: User, esewa: Server, field: str, odd: str
) -> None:
    esewa.behaviours = [esewa_says(**{field: odd})]
    payment = Payment.objects.get()
    answer = login(kamala).post(f"/api/payments/{payment.pk}/verify/")
    assert error_of(answer) == (503, "gateway_unavailable")
    payment.refresh_from_db()
    assert (payment.status, payment.gateway_transaction_id) == ("processing", "")
    assert trail_is_readable()


@odd_texts
@pytest.mark.parametrize("field", ["idx", "state"])
def test_an_odd_text_about_a_widgets_token_is_no_answer(
    process: Process, draft: Booking, broken_khalti: Server, field: str, odd: str
) -> None:
    said = {"idx": "8xmeJnNXfoVjCvGcZiiGe7", "state": {"name": "Completed"}, "amount": 150_000}
    broken_khalti.behaviours = [answering({**said, field: {"name": odd} if field == "state" else odd})]
    answer = process(draft, token="QUao9cqFzxPgvWJNi9aKac", amount=150_000)
    assert error_of(answer) == (503, "gateway_unavailable")
    assert Payment.objects.get().status == "processing"
    assert trail_is_readable()
