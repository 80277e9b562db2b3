"""Receipts: numbered without gaps, for those who have to do with the booking."""

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.threads import at_once
from apps.common.models import AppendOnly
from apps.payments.gateways.cash.actions import cash_collect
from apps.payments.models import Payment, PaymentMethod, Receipt, ReceiptCounter, SellerDetails
from apps.payments.receipts.issue import receipt_issue
from apps.payments.tests.fixtures import error_of
from apps.services.models import Service

Login = Callable[[User], APIClient]
# The last evening of 2082/83 in Kathmandu, and the first minutes of 2083/84.
ASAR_32 = datetime(2026, 7, 16, 18, 0, tzinfo=UTC)
SHRAWAN_1 = datetime(2026, 7, 16, 18, 20, tzinfo=UTC)


def settled(
    customer: User,
    service: Service,
    *,
    at: str = "10:00",
    collected: str | None = None,
    paid_at: datetime | None = None,
) -> Payment:
    """Return a payment in cash that counts."""
    booking = booked(customer, service, at=at)
    with transaction.atomic():
        payment = cash_collect(
            booking=LockedBooking(booking),
            actor=service.provider,
            amount_collected=Decimal(collected) if collected else None,
            reason="They had no more." if collected else "",
            now=paid_at or datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
        )
    assert payment is not None
    return payment


@pytest.fixture
def payment(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Payment:
    return settled(kamala, service)


def receipt(client: APIClient, payment: Payment) -> Any:
    return client.get(f"/api/payments/{payment.pk}/receipt/", headers={"Accept": "text/html"})


def text_of(answer: Any) -> str:
    """Return what a reader sees."""
    assert answer.status_code == 200
    body = answer.content.decode().partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_it_names_number_seller_dates_and_amounts(customer: APIClient, payment: Payment) -> None:
    text = text_of(receipt(customer, payment))
    for part in (
        "No. 2083/84-000001",
        "SewaBazaar Pvt. Ltd.",
        "PAN: 600000000",
        "2026-11-22 A.D. (6 Mangsir 2083 B.S.)",
        "Kamala Shrestha",
        "Bishnu Tamang",
        payment.booking.reference,
        payment.transaction_id,
        "Price Rs 1,500.00",
        "Total Rs 1,500.00",
        "Paid Rs 1,500.00",
    ):
        assert part in text


def test_it_is_in_nepali_for_who_asks_for_it(customer: APIClient, payment: Payment) -> None:
    PaymentMethod.objects.filter(code="cash").update(name_ne="नगद")
    asked = {"Accept": "text/html", "Accept-Language": "ne"}
    by_header = customer.get(f"/api/payments/{payment.pk}/receipt/", headers=asked)
    by_link = customer.get(f"/api/payments/{payment.pk}/receipt/?language=ne")
    assert by_header.content == by_link.content
    assert '<html lang="ne">' in by_link.content.decode()
    text = text_of(by_link)
    for part in (
        "रसिद नं. 2083/84-000001",
        "भुक्तानी मिति २०२६-११-२२ ई.सं. (२०८३ मंसिर ६ गते वि.सं.)",
        "भुक्तानी विधि नगद",
        "जम्मा रु १,५००.००",
    ):
        assert part in text
    assert "Paid" not in text


def test_it_names_whose_reference_a_wallets_is(customer: APIClient, payment: Payment) -> None:
    Payment.objects.update(gateway_transaction_id="GFq9PFS7b2iYvL8Lir9oXe")
    assert "Cash reference GFq9PFS7b2iYvL8Lir9oXe" in text_of(receipt(customer, payment))


def test_a_language_that_we_lack_is_answered_by_the_browsers(customer: APIClient, payment: Payment) -> None:
    page = customer.get(f"/api/payments/{payment.pk}/receipt/?language=fr")
    assert '<html lang="en">' in page.content.decode()


def test_the_number_stays(customer: APIClient, payment: Payment) -> None:
    first, second = (text_of(receipt(customer, payment)) for _ in range(2))
    assert first == second
    assert Receipt.objects.count() == 1


def test_the_page_loads_and_runs_nothing(customer: APIClient, payment: Payment) -> None:
    answer = receipt(customer, payment)
    page = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert not re.search(r"<script|<link|<img|src=|href=|style=|https?://", page)


def test_the_style_is_the_one_that_the_policy_allows(customer: APIClient, payment: Payment) -> None:
    answer = receipt(customer, payment)
    style = answer.content.decode().partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_names_are_escaped(customer: APIClient, payment: Payment, kamala: User) -> None:
    kamala.full_name = "<script>alert(1)</script>"
    kamala.save()
    assert "<script>" not in receipt(customer, payment).content.decode()


def test_customer_provider_and_admin_get_it(
    login: Login, kamala: User, bishnu: User, anita: User, payment: Payment
) -> None:
    for user in (kamala, bishnu, anita):
        assert "000001" in text_of(receipt(login(user), payment))


def test_nobody_else_does(api: APIClient, login: Login, suresh: User, gita: User, payment: Payment) -> None:
    assert receipt(api, payment).status_code == 401
    for user in (suresh, gita):
        assert receipt(login(user), payment).status_code == 404
    assert not Receipt.objects.exists()


def test_what_does_not_count_has_none(
    customer: APIClient, initiate: Callable[..., Any], draft: Booking
) -> None:
    initiate(draft, payment_method="cash")
    answer = receipt(customer, Payment.objects.get())
    assert error_of(answer) == (409, "invalid_transition")
    assert not ReceiptCounter.objects.exists()


def test_late_money_that_goes_back_has_none(customer: APIClient, payment: Payment) -> None:
    Payment.objects.update(status="refund_pending", is_settlement=False)
    assert error_of(receipt(customer, payment)) == (409, "invalid_transition")


def test_a_receipt_shows_what_went_back(customer: APIClient, payment: Payment) -> None:
    Payment.objects.update(status="partially_refunded")
    payment.refunds.create(amount="500.00", reason="late", status="completed")
    payment.refunds.create(amount="100.00", reason="late", status="pending")
    text = text_of(receipt(customer, payment))
    assert "Refunded Rs -500.00 Remains Rs 1,000.00" in text


def test_less_cash_than_agreed_is_what_was_paid(
    customer: APIClient, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    text = text_of(receipt(customer, settled(kamala, service, collected="1400.00")))
    assert "Total Rs 1,500.00 Paid Rs 1,400.00" in text


def test_numbers_go_up_within_a_fiscal_year_and_begin_anew_with_the_next(
    kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    payments = [
        settled(kamala, service, at=at, paid_at=paid_at)
        for at, paid_at in (
            ("10:00", ASAR_32),
            ("11:00", SHRAWAN_1),
            ("12:00", SHRAWAN_1),
            ("13:00", ASAR_32),
        )
    ]
    numbers = [str(receipt_issue(payment=payment)) for payment in payments]
    assert numbers == ["2082/83-000001", "2083/84-000001", "2083/84-000002", "2082/83-000002"]


def test_a_receipt_that_is_undone_leaves_no_gap(
    kamala: User, service: Service, payment: Payment, methods: dict[str, PaymentMethod]
) -> None:
    with transaction.atomic():
        receipt_issue(payment=payment)
        transaction.set_rollback(True)
    other = settled(kamala, service, at="12:00")
    assert receipt_issue(payment=other).number == 1
    assert receipt_issue(payment=payment).number == 2


def test_receipts_are_never_changed(payment: Payment) -> None:
    issued = receipt_issue(payment=payment)
    with pytest.raises(AppendOnly):
        issued.save()


def test_a_provider_with_a_pan_of_his_own_is_the_seller(
    customer: APIClient, bishnu: User, payment: Payment
) -> None:
    SellerDetails.objects.create(provider=bishnu, name="Tamang Repairs", pan="301234567")
    text = text_of(receipt(customer, payment))
    assert "Tamang Repairs PAN: 301234567" in text
    assert "Kathmandu, Nepal" not in text
    SellerDetails.objects.update(pan="309999999")
    assert "PAN: 301234567" in text_of(receipt(customer, payment))


def test_the_admin_lists_receipts_and_takes_tax_numbers(
    client: Client, anita: User, payment: Payment
) -> None:
    receipt_issue(payment=payment)
    client.force_login(anita)
    assert "2083/84-000001" in client.get("/admin/payments/receipt/").content.decode()
    assert client.get("/admin/payments/receipt/add/").status_code == 403
    form = {"provider": payment.booking.provider_id, "name": "Tamang Repairs", "pan": "30123456"}
    page = client.post("/admin/payments/sellerdetails/add/", form)
    assert "A PAN has nine digits." in page.content.decode()
    client.post("/admin/payments/sellerdetails/add/", {**form, "pan": "301234567"})
    assert SellerDetails.objects.get().pan == "301234567"


@pytest.mark.parametrize(("pan", "warns"), [("600000000", False), ("", True), ("12345", True)])
def test_going_live_without_a_pan_is_warned_of(settings: Settings, pan: str, warns: bool) -> None:
    settings.SELLER_PAN = pan
    found = run_checks(include_deployment_checks=True)
    assert any(message.id == "payments.W001" for message in found) is warns


@pytest.mark.race
def test_receipts_at_once_are_numbered_without_gaps(
    transactional_db: None, kamala: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    payments = [settled(kamala, service, at=f"{hour}:00") for hour in range(10, 16)]

    def issue(payment: Payment) -> Callable[[], str]:
        return lambda: str(receipt_issue(payment=payment))

    numbers = at_once([issue(payment) for payment in payments * 2])
    assert set(numbers) == {f"2083/84-{number:06}" for number in range(1, 7)}
    assert numbers[:6] == numbers[6:]


@pytest.mark.race
def test_several_who_ask_at_once_see_one_number(transactional_db: None, payment: Payment) -> None:
    numbers = at_once([lambda: str(receipt_issue(payment=payment))] * 4)
    assert set(numbers) == {"2083/84-000001"}
    assert ReceiptCounter.objects.get().last_number == 1
