"""An admin finds a transfer on the statement, or doesn't."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.bookings.actions import booking_cancel, overdue_bookings_expire
from apps.bookings.models import Booking, BookingEvent
from apps.bookings.tests.factories import booked
from apps.bookings.tests.threads import at_once
from apps.common.errors import DomainError
from apps.payments.attention import payments_in_doubt
from apps.payments.gateways.bank_transfer.actions import bank_transfer_confirm, bank_transfer_reject
from apps.payments.models import Payment, PaymentEvent, PaymentMethod, Refund
from apps.payments.tests.fixtures import error_of
from apps.payments.tests.transfers import PDF, instructions_for, sent_proof, transfer_begun
from apps.services.models import Service

ADMIN = "/admin/payments/banktransfer/"
RECEIVED = {"bank_reference": "FT26335-0042", "amount": "1500.00"}
Login = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _private_folder(settings: Settings, tmp_path: Path) -> None:
    settings.PRIVATE_MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def payment(kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> Payment:
    """Kamala's booking waits for her bank transfer."""
    return transfer_begun(kamala, service)


@pytest.fixture
def staff(client: Client, anita: User) -> Client:
    """Anita's browser in the admin."""
    client.force_login(anita)
    return client


def decide(staff: Client, payment: Payment, decision: str, **form: str) -> Any:
    """Send the admin's page; return the page that follows."""
    return staff.post(f"{ADMIN}{payment.pk}/{decision}/", form, follow=True)


def states(payment: Payment) -> tuple[str, str, str]:
    """Return the statuses of payment and booking, and what the booking says of its payment."""
    payment.refresh_from_db()
    booking = Booking.objects.get(pk=payment.booking_id)
    return payment.status, booking.status, booking.payment_status


def test_the_list_shows_transfers_alone_with_what_customers_say(
    staff: Client, payment: Payment, customer: APIClient, initiate: Callable[..., Any], draft: Booking
) -> None:
    initiate(draft, payment_method="cash")
    sent_proof(customer, payment, PDF)
    page = staff.get(ADMIN).content.decode()
    assert "FT26335-0042" in page
    assert payment.booking.reference in page
    assert draft.reference not in page
    assert "Rs 1,500.00" in page


def test_decisions_are_offered_on_a_transfers_page_alone(staff: Client, payment: Payment) -> None:
    def offered(address: str) -> list[bool]:
        page = staff.get(address).content.decode()
        return [f"{ADMIN}{payment.pk}/{decision}/" in page for decision in ("confirm", "reject")]

    change = f"{ADMIN}{payment.pk}/change/"
    assert (offered(ADMIN), offered(change)) == ([False, False], [True, True])
    decide(staff, payment, "confirm", **RECEIVED)
    assert offered(change) == [False, False]


def test_a_page_asks_first_and_shows_the_proof(staff: Client, payment: Payment, customer: APIClient) -> None:
    sent_proof(customer, payment, PDF)
    for decision in ("confirm", "reject"):
        page = staff.get(f"{ADMIN}{payment.pk}/{decision}/")
        assert page.status_code == 200
        content = page.content.decode()
        assert "FT26335-0042" in content
        # Unfold's button takes a `form` of the page around it for the id of one.
        assert 'form="<' not in content
    assert states(payment)[0] == "pending"


def test_the_slip_is_downloaded_not_shown(staff: Client, payment: Payment, customer: APIClient) -> None:
    sent_proof(customer, payment, PDF)
    address = f"{ADMIN}slips/{payment.proofs.get().pk}/"
    assert address in staff.get(f"{ADMIN}{payment.pk}/change/").content.decode()
    answer = staff.get(address)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert staff.get(f"{ADMIN}slips/999/").status_code == 404


def test_confirming_settles_and_confirms_the_booking(staff: Client, payment: Payment, anita: User) -> None:
    page = decide(staff, payment, "confirm", **RECEIVED)
    assert "completed" in page.content.decode()
    assert states(payment) == ("completed", "confirmed", "completed")
    assert (payment.is_settlement, payment.gateway_transaction_id) == (True, "FT263350042")
    assert payment.events.get(to_status="completed").actor == anita


def test_confirming_again_changes_nothing_and_says_so(staff: Client, payment: Payment) -> None:
    decide(staff, payment, "confirm", **RECEIVED)
    again = decide(staff, payment, "confirm", **RECEIVED)
    assert "It is already completed; nothing was changed." in again.content.decode()
    assert states(payment) == ("completed", "confirmed", "completed")
    assert payment.events.filter(to_status="completed").count() == 1
    other = decide(staff, payment, "confirm", bank_reference="FT-other", amount="1500.00")
    assert "It is paid otherwise" in other.content.decode()


def test_another_amount_is_refused_and_written_down(staff: Client, payment: Payment, anita: User) -> None:
    page = decide(staff, payment, "confirm", bank_reference="FT26335-0042", amount="1400.00")
    assert "Rs 1,500.00 were to come" in page.content.decode()
    assert "Rs 1,500.00 by Bank transfer (needs_attention)" in page.content.decode()
    assert states(payment) == ("needs_attention", "pending", "needs_attention")
    assert (payment.paid_at, payment.gateway_transaction_id) == (None, "")
    said = payment.events.get(operation="statement")
    assert (said.detail, said.actor) == ("on our statement, 1400.00, transaction ...0042", anita)
    assert list(payments_in_doubt(handled=False)) == [payment]


def test_the_right_amount_clears_the_doubt(staff: Client, payment: Payment) -> None:
    decide(staff, payment, "confirm", bank_reference="FT26335-0042", amount="1400.00")
    decide(staff, payment, "confirm", **RECEIVED)
    assert states(payment) == ("completed", "confirmed", "completed")


def test_a_wrong_amount_does_not_stop_the_deadline(staff: Client, payment: Payment) -> None:
    decide(staff, payment, "confirm", bank_reference="FT26335-0042", amount="1400.00")
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert overdue_bookings_expire(now=timezone.now()) == 1
    assert states(payment) == ("needs_attention", "expired", "needs_attention")


@pytest.mark.parametrize(
    "typed", ["ft26335-0042", " FT 26335 0042 ", "FT263350042", "Ft26335\N{EN DASH}0042"]
)
def test_a_reference_is_the_same_however_it_is_typed(
    payment: Payment, anita: User, kamala: User, service: Service, typed: str
) -> None:
    other = transfer_begun(kamala, service, at="12:00")
    bank_transfer_confirm(payment=payment, actor=anita, bank_reference=typed, amount=Decimal(1500))
    with pytest.raises(DomainError, match="token_already_used"):
        bank_transfer_confirm(payment=other, actor=anita, bank_reference="FT26335-0042", amount=Decimal(1500))


def test_dashes_alone_are_no_reference(staff: Client, payment: Payment) -> None:
    page = decide(staff, payment, "confirm", bank_reference=" - ", amount="1500.00")
    assert "A reference has letters or digits" in page.content.decode()
    assert states(payment)[0] == "pending"


def test_one_transfer_never_pays_two_bookings(
    staff: Client, payment: Payment, kamala: User, service: Service
) -> None:
    other = transfer_begun(kamala, service, at="12:00")
    decide(staff, payment, "confirm", **RECEIVED)
    page = decide(staff, other, "confirm", **RECEIVED)
    assert "has paid another booking" in page.content.decode()
    assert states(other) == ("pending", "pending", "pending")


@pytest.mark.parametrize("form", [{}, {"bank_reference": "", "amount": "x"}, {"amount": "1500.00"}])
def test_an_incomplete_page_does_nothing(staff: Client, payment: Payment, form: dict[str, str]) -> None:
    assert decide(staff, payment, "confirm", **form).status_code == 200
    assert decide(staff, payment, "reject", reason="").status_code == 200
    assert states(payment) == ("pending", "pending", "pending")


def test_rejecting_tells_the_customer_why_and_the_booking_waits_on(
    staff: Client, payment: Payment, customer: APIClient
) -> None:
    decide(staff, payment, "reject", reason="The slip is of last year.")
    assert states(payment) == ("failed", "pending", "failed")
    shown = customer.get(f"/api/payments/{payment.pk}/").json()
    assert shown["failure_reason"] == "The slip is of last year."


def test_after_a_rejection_a_new_payment_can_be_paid(
    staff: Client, payment: Payment, customer: APIClient, kamala: User
) -> None:
    decide(staff, payment, "reject", reason="Nothing came.")
    second = instructions_for(kamala, payment.booking).json()["payment"]
    assert (second["id"] != payment.pk, second["status"]) == (True, "pending")
    sent_proof(customer, Payment.objects.get(pk=second["id"]), PDF)
    decide(staff, Payment.objects.get(pk=second["id"]), "confirm", **RECEIVED)
    assert Booking.objects.get().status == "confirmed"


def test_a_rejection_can_turn_out_wrong(staff: Client, payment: Payment) -> None:
    decide(staff, payment, "reject", reason="Nothing came.")
    decide(staff, payment, "confirm", **RECEIVED)
    assert states(payment) == ("completed", "confirmed", "completed")


def test_what_is_paid_is_not_rejected(staff: Client, payment: Payment) -> None:
    decide(staff, payment, "confirm", **RECEIVED)
    page = decide(staff, payment, "reject", reason="Nothing came.")
    assert "completed" in page.content.decode()
    assert states(payment)[0] == "completed"


def test_only_transfers_are_decided_here(
    staff: Client, initiate: Callable[..., Any], draft: Booking, anita: User
) -> None:
    initiate(draft, payment_method="cash")
    payment = Payment.objects.get()
    assert decide(staff, payment, "confirm", **RECEIVED).status_code == 404
    with pytest.raises(DomainError, match="invalid_transition"):
        bank_transfer_confirm(payment=payment, actor=anita, bank_reference="x", amount=Decimal(1500))
    with pytest.raises(DomainError, match="invalid_transition"):
        bank_transfer_reject(payment=payment, actor=anita, reason="x")


def test_staff_who_are_no_admins_decide_nothing(client: Client, payment: Payment) -> None:
    client.force_login(UserFactory(email="desk@example.com", role="customer", is_staff=True))
    for decision in ("confirm", "reject"):
        answer = client.post(f"{ADMIN}{payment.pk}/{decision}/", {**RECEIVED, "reason": "x"})
        assert answer.status_code == 302
    assert client.get(ADMIN).status_code == 302
    assert client.get(f"{ADMIN}slips/1/").status_code == 302
    payment.refresh_from_db()
    assert payment.status == "pending"


# The time for the money is over


def expire(payment: Payment) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert overdue_bookings_expire(now=timezone.now()) == 1
    assert states(payment) == ("expired", "expired", "expired")


def test_the_deadline_ends_booking_and_payment(payment: Payment) -> None:
    overdue_bookings_expire(now=timezone.now() + timedelta(hours=47))
    assert states(payment) == ("pending", "pending", "pending")
    expire(payment)


def test_a_transfer_that_comes_late_takes_a_free_booking(staff: Client, payment: Payment) -> None:
    expire(payment)
    decide(staff, payment, "confirm", **RECEIVED)
    assert states(payment) == ("completed", "confirmed", "completed")


def test_a_transfer_that_comes_late_goes_back_where_the_time_is_taken(
    staff: Client, payment: Payment, suresh: User, service: Service
) -> None:
    expire(payment)
    booked(suresh, service, days=5)
    decide(staff, payment, "confirm", **RECEIVED)
    assert states(payment) == ("refund_pending", "expired", "refund_pending")
    refund = Refund.objects.get()
    assert (refund.payment_id, refund.amount) == (payment.pk, Decimal("1500.00"))


def test_a_transfer_for_a_cancelled_booking_goes_back(staff: Client, payment: Payment, kamala: User) -> None:
    booking_cancel(booking_id=payment.booking_id, actor=kamala, reason="ill")
    assert states(payment)[0] == "superseded"
    decide(staff, payment, "confirm", **RECEIVED)
    assert states(payment) == ("refund_pending", "cancelled", "refund_pending")


def test_after_the_deadline_there_are_no_instructions(payment: Payment, kamala: User) -> None:
    expire(payment)
    assert error_of(instructions_for(kamala, payment.booking)) == (409, "invalid_transition")


# At the same moment


@pytest.mark.race
@pytest.mark.parametrize("_round", range(5))
def test_confirming_while_it_expires_ends_well(
    transactional_db: None, payment: Payment, anita: User, _round: int
) -> None:
    later = timezone.now() + timedelta(hours=49)

    def confirm() -> Any:
        return bank_transfer_confirm(
            payment=payment, actor=anita, bank_reference="FT26335-0042", amount=Decimal("1500.00")
        )

    at_once([confirm, lambda: overdue_bookings_expire(now=later)])
    assert states(payment) == ("completed", "confirmed", "completed")
    assert BookingEvent.objects.filter(to_status="confirmed").count() == 1


@pytest.mark.race
def test_two_admins_at_once_settle_once(
    transactional_db: None, payment: Payment, anita: User, kamala: User, service: Service
) -> None:
    other = transfer_begun(kamala, service, at="12:00")

    def confirm(transfer: Payment) -> Callable[[], str]:
        def call() -> str:
            try:
                return bank_transfer_confirm(
                    payment=transfer, actor=anita, bank_reference="FT26335-0042", amount=Decimal("1500.00")
                ).status
            except DomainError as error:
                return error.code

        return call

    at_once([confirm(payment), confirm(payment), confirm(other), confirm(other)])
    paid = PaymentEvent.objects.filter(kind="move", to_status="completed")
    assert paid.count() == 1
    assert sorted(Booking.objects.values_list("status", flat=True)) == ["confirmed", "pending"]
