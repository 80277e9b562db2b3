from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.test import Client

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, PaymentSecret, Refund
from apps.payments.tests.fixtures import Sandbox, pidx_of

Initiate = Callable[..., Any]


@pytest.fixture
def staff(client: Client, anita: User) -> Client:
    """Anita's browser in the admin."""
    client.force_login(anita)
    return client


@pytest.fixture
def payment(initiate: Initiate, draft: Booking, sandbox: Sandbox) -> Payment:
    """A payment that is paid at Khalti, which we don't know yet."""
    sandbox.decides(pidx_of(initiate(draft)))
    return Payment.objects.get()


def ask_again(staff: Client, payment: Payment) -> str:
    """Run the admin's action on a payment; return the page that follows."""
    form = {"action": "ask_the_gateway_again", "_selected_action": [payment.pk]}
    return staff.post("/admin/payments/payment/", form, follow=True).content.decode()


@pytest.mark.parametrize("page", ["payment", "refund", "paymentmethod"])
def test_lists_can_be_read_and_nothing_added(
    staff: Client, methods: dict[str, PaymentMethod], page: str
) -> None:
    assert staff.get(f"/admin/payments/{page}/").status_code == 200
    assert staff.get(f"/admin/payments/{page}/add/").status_code == 403


def test_a_payment_shows_its_trail_and_no_secret(staff: Client, payment: Payment) -> None:
    page = staff.get(f"/admin/payments/payment/{payment.pk}/change/")
    assert page.status_code == 200
    content = page.content.decode()
    assert "initiate" in content
    assert payment.secret.token not in content
    assert str(payment.gateway_token_hash) not in content


def test_money_and_states_are_not_edited(staff: Client, payment: Payment) -> None:
    address = f"/admin/payments/payment/{payment.pk}"
    assert staff.post(f"{address}/change/", {"status": "completed"}).status_code == 403
    assert staff.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    payment.refresh_from_db()
    assert payment.status == "processing"


def test_secrets_and_the_trail_have_no_pages() -> None:
    assert not site.is_registered(PaymentSecret)
    assert not site.is_registered(PaymentEvent)
    assert site.is_registered(Refund)


def test_asking_the_gateway_again_settles(staff: Client, payment: Payment, anita: User) -> None:
    assert "completed" in ask_again(staff, payment)
    assert Booking.objects.get().status == "confirmed"
    assert payment.events.last().actor == anita  # type: ignore[union-attr]


def test_a_payments_page_asks_before_it_asks_the_gateway(staff: Client, payment: Payment) -> None:
    address = f"/admin/payments/payment/{payment.pk}/verify/"
    assert address in staff.get(f"/admin/payments/payment/{payment.pk}/change/").content.decode()
    assert "Rs 1,500.00 by Khalti (processing)" in staff.get(address).content.decode()
    payment.refresh_from_db()
    assert (payment.status, payment.times_asked) == ("processing", 0)
    assert f"payment {payment.pk}: completed" in staff.post(address, follow=True).content.decode()
    assert "It is already completed." in staff.post(address).content.decode()


@pytest.mark.parametrize("method", ["cash", "bank_transfer"])
def test_nobody_is_asked_about_what_no_gateway_knows(
    staff: Client, initiate: Initiate, draft: Booking, method: str
) -> None:
    initiate(draft, payment_method=method)
    payment = Payment.objects.get()
    address = f"/admin/payments/payment/{payment.pk}/"
    assert f"{address}verify/" not in staff.get(f"{address}change/").content.decode()
    assert "No gateway knows this payment." in staff.post(f"{address}verify/").content.decode()
    assert "No gateway knows this payment." in ask_again(staff, payment)


def test_amounts_have_their_currency_and_groups(staff: Client, payment: Payment) -> None:
    for page in ("", f"{payment.pk}/change/"):
        assert "Rs 1,500.00" in staff.get(f"/admin/payments/payment/{page}").content.decode()


def test_there_is_no_button_to_a_history_that_is_empty(staff: Client, payment: Payment) -> None:
    assert "/history/" not in staff.get(f"/admin/payments/payment/{payment.pk}/change/").content.decode()


def test_a_gateway_that_is_down_is_told(staff: Client, payment: Payment, sandbox: Sandbox) -> None:
    sandbox.fault("lookup", "error_500")
    assert "be reached or refuses" in ask_again(staff, payment)
    assert Booking.objects.get().status == "draft"


def test_fees_and_limits_of_a_method_can_be_changed(staff: Client, methods: dict[str, PaymentMethod]) -> None:
    khalti = methods["khalti"]
    form = {
        "name": "Khalti",
        "description": "",
        "icon": "",
        "processing_fee_percentage": "1.50",
        "min_amount": "10.00",
        "max_amount": "5000.00",
        "configuration": "{}",
        "position": "1",
        "is_active": "on",
        "code": "cash",
    }
    staff.post(f"/admin/payments/paymentmethod/{khalti.pk}/change/", form)
    khalti.refresh_from_db()
    assert (str(khalti.processing_fee_percentage), khalti.code) == ("1.50", "khalti")
