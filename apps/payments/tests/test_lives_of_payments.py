"""Random lives of bookings, gateways and the clock: after every step the books agree."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import overdue_bookings_expire
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, in_days
from apps.common.errors import DomainError
from apps.common.money import to_paisa
from apps.payments.audit import findings
from apps.payments.models import Payment, PaymentMethod, Refund
from apps.payments.reconciliation.run import payments_reconcile
from apps.payments.refunds.by_hand import refund_record_done
from apps.payments.refunds.process import refunds_process
from apps.payments.states import CLOSED_UNPAID, OPEN
from apps.payments.tests.books import PAYABLE, Books, Entry, books_behind
from apps.services.models import Service
from apps.slots.actions import expired_holds_release

MONDAY_AT_EIGHT = datetime(2026, 12, 7, 2, 15, tzinfo=UTC)
THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
PROFILE = hypothesis_settings(
    max_examples=150 if THOROUGH else 12,
    stateful_step_count=50 if THOROUGH else 25,
    # The same lives on every run; a thorough one looks for others.
    derandomize=not THOROUGH,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NUMBERS = st.integers(0, 5)
METHODS = st.sampled_from(["khalti", "khalti", "esewa", "cash", "bank_transfer"])
HOURS = st.sampled_from(["10:00", "12:00"])
KEEPS_ITS_TIME = ["pending", "confirmed", "in_progress"]
# A refusal of ours, an outage of theirs; anything else of 500 and above is a bug.
EXPECTED = {200, 201, 204, 302, 400, 404, 409, 503}


class Lives(RuleBasedStateMachine):
    """Kamala and Suresh book the same two hours of Bishnu's; everybody does anything, fitting or not."""

    cast: ClassVar[dict[str, User]]
    service: ClassVar[Service]
    books: ClassVar[Books]

    def __init__(self) -> None:
        super().__init__()
        self.books.entries.clear()
        self.books.fault = ""
        self.clock = time_machine.travel(MONDAY_AT_EIGHT, tick=False)
        self.traveller = self.clock.start()
        self.undone = transaction.atomic()
        # As a test's own transaction: within it others may be the outermost.
        self.undone._from_testcase = True  # type: ignore[attr-defined]
        self.undone.__enter__()

    def teardown(self) -> None:
        try:
            self.all_ends_well()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)
            self.clock.stop()

    # Whom and what a rule is about

    def client(self, name: str) -> APIClient:
        client = APIClient()
        client.force_authenticate(self.cast[name])
        return client

    def call(self, method: str, path: str, body: Any = None, *, by: str = "") -> Any:
        client = self.client(by) if by else APIClient()
        answer = getattr(client, method)(f"/api/{path}", body)
        assert answer.status_code in EXPECTED, answer.content
        return answer

    def booking(self, number: int) -> Booking | None:
        bookings = list(Booking.objects.order_by("-pk")[:4])
        return bookings[number % len(bookings)] if bookings else None

    def entry(self, number: int) -> Entry | None:
        entries = list(self.books.entries.values())[-4:]
        return entries[number % len(entries)] if entries else None

    def payment(self, number: int) -> Payment | None:
        payments = list(Payment.objects.select_related("booking__customer", "method").order_by("-pk")[:4])
        return payments[number % len(payments)] if payments else None

    @staticmethod
    def owner(booking: Booking) -> str:
        return booking.customer.email.partition("@")[0]

    # Customers

    @rule(who=st.sampled_from(["kamala", "suresh"]), method=METHODS, at=HOURS)
    def books_a_booking(self, who: str, method: str, at: str) -> None:
        with suppress(DomainError):
            booked(self.cast[who], self.service, method=method, at=at)

    @precondition(lambda self: Booking.objects.exists())
    @rule(number=NUMBERS, method=st.one_of(st.none(), METHODS))
    def begins_to_pay(self, number: int, method: str | None) -> None:
        booking = self.booking(number)
        assert booking is not None
        body = {"booking_id": booking.pk} | ({"payment_method": method} if method else {})
        answer = self.call("post", "payments/initiate/", body, by=self.owner(booking))
        action = answer.json().get("action", {}) if answer.status_code == 201 else {}
        if action.get("type") == "form_post":
            fields = action["fields"]
            self.books.open(fields["transaction_uuid"], "esewa", to_paisa(Decimal(fields["total_amount"])))

    @precondition(lambda self: Booking.objects.exists())
    @rule(number=NUMBERS, paisa=st.sampled_from([150_000, 150_000, 100_000]))
    def pays_with_a_token(self, number: int, paisa: int) -> None:
        booking = self.booking(number)
        assert booking is not None
        token = self.books.open(f"token{len(self.books.entries)}", "token", paisa, "Confirmed")
        self.sends_token(booking, token)

    def sends_token(self, booking: Booking, token: Entry) -> None:
        body = {"booking_id": booking.pk, "token": token.name, "amount": 150_000}
        self.call("post", "payments/process-khalti-payment/", body, by=self.owner(booking))

    @precondition(lambda self: self.books.entries)
    @rule(number=NUMBERS, status=st.sampled_from(["Completed", "Completed", "User canceled", "Pending"]))
    def decides_at_the_gateway(self, number: int, status: str) -> None:
        entry = self.entry(number)
        assert entry is not None
        if entry.kind != "token" and entry.status in PAYABLE:
            entry.status = status

    @precondition(lambda self: self.books.entries and Booking.objects.exists())
    @rule(number=NUMBERS, other=NUMBERS, way=st.sampled_from(["return", "process"]))
    def comes_back(self, number: int, other: int, way: str) -> None:
        entry, booking = self.entry(number), self.booking(other)
        assert entry is not None
        assert booking is not None
        if entry.kind == "esewa":
            self.call("get", f"payments/esewa/return/{entry.name}/")
        elif entry.kind == "token":
            self.sends_token(booking, entry)
        elif way == "return":
            self.call("get", "payments/khalti/return/", {"pidx": entry.name})
        else:
            body = {"booking_id": booking.pk, "pidx": entry.name}
            self.call("post", "payments/process-khalti-payment/", body, by=self.owner(booking))

    @precondition(lambda self: Payment.objects.exists())
    @rule(number=NUMBERS)
    def asks_again(self, number: int) -> None:
        payment = self.payment(number)
        assert payment is not None
        self.call("post", f"payments/{payment.pk}/verify/", by="anita")

    @precondition(lambda self: Booking.objects.exists())
    @rule(number=NUMBERS, at=HOURS, method=METHODS)
    def goes_back_in_the_wizard(self, number: int, at: str, method: str) -> None:
        booking = self.booking(number)
        assert booking is not None
        time = {"booking_date": in_days(3).isoformat(), "booking_time": at}
        for name, body in [
            ("datetime_selection", time),
            ("details_input", {"address": "Jhamsikhel", "city": "kathmandu", "phone": "9841234567"}),
            ("payment", {"payment_method": method}),
        ]:
            step = {"booking_step": name, "booking_id": booking.pk, **body}
            self.call("post", "booking-wizard/create-step/", step, by=self.owner(booking))

    @precondition(lambda self: Booking.objects.exists())
    @rule(number=NUMBERS, ending=st.sampled_from(["confirm", "drop", "cancel", "cancel"]))
    def finishes_or_gives_up(self, number: int, ending: str) -> None:
        booking = self.booking(number)
        assert booking is not None
        who = self.owner(booking)
        if ending == "confirm":
            step = {"booking_step": "confirmation", "booking_id": booking.pk}
            self.call("post", "booking-wizard/create-step/", step, by=who)
        elif ending == "drop":
            self.call("delete", f"booking-wizard/{booking.pk}/", by=who)
        else:
            self.call("post", f"bookings/{booking.pk}/cancel/", {"reason": "ill"}, by=who)

    @precondition(lambda self: Booking.objects.exists())
    @rule(
        number=NUMBERS,
        who=st.sampled_from(["customer", "customer", "bishnu", "anita"]),
        at=st.sampled_from(["10:00", "11:00", "12:00", "14:00"]),
        asks_again=st.booleans(),
    )
    def has_another_time(self, number: int, who: str, at: str, asks_again: bool) -> None:
        booking = self.booking(number)
        assert booking is not None
        Service.objects.update(reconfirm_after_reschedule=asks_again)
        to = {"booking_date": in_days(3).isoformat(), "booking_time": at}
        by = self.owner(booking) if who == "customer" else who
        self.call("post", f"bookings/{booking.pk}/reschedule/", to, by=by)

    # The provider and the admin

    @precondition(lambda self: Booking.objects.exists())
    @rule(
        number=NUMBERS,
        status=st.sampled_from(["confirmed", "rejected", "cancelled", "in_progress", "completed", "no_show"]),
    )
    def the_provider_moves_it(self, number: int, status: str) -> None:
        booking = self.booking(number)
        assert booking is not None
        if status in ("in_progress", "no_show") and booking.starts_at and booking.starts_at > timezone.now():
            self.traveller.move_to(booking.starts_at + timedelta(minutes=30))
        body = {"status": status, "rejection_reason": "no time", "cancellation_reason": "no time"}
        self.call("patch", f"bookings/{booking.pk}/update-status/", body, by="bishnu")

    @precondition(lambda self: Payment.objects.exists())
    @rule(number=NUMBERS, amount=st.sampled_from([None, "500.00", "1500.00"]))
    def an_admin_refunds(self, number: int, amount: str | None) -> None:
        payment = self.payment(number)
        assert payment is not None
        body = {"reason": "nobody came"} | ({"amount": amount} if amount else {})
        self.call("post", f"payments/{payment.pk}/refund/", body, by="anita")

    @precondition(lambda self: Refund.objects.exists())
    @rule()
    def an_admin_gives_back_by_hand(self) -> None:
        refund = Refund.objects.order_by("pk").last()
        assert refund is not None
        with suppress(DomainError):
            refund_record_done(refund=refund, actor=self.cast["anita"], note="in the panel")

    # The gateways and the clock

    @precondition(lambda self: self.books.entries)
    @rule(number=NUMBERS, what=st.sampled_from(["late", "expired", "refunded", "partly refunded"]))
    def something_happens_there(self, number: int, what: str) -> None:
        entry = self.entry(number)
        assert entry is not None
        if what == "late" and entry.kind != "token":
            entry.status = "Completed"
        elif what == "expired" and entry.status == "Initiated":
            entry.status = "Expired"
        elif what == "refunded" and entry.status == "Completed":
            entry.refunded = entry.amount
        elif what == "partly refunded" and entry.status == "Completed":
            entry.refunded = max(entry.refunded, entry.amount // 3)

    @rule(fault=st.sampled_from(["500", "lost"]))
    def the_next_call_fails(self, fault: str) -> None:
        self.books.fault = fault

    @rule(minutes=st.sampled_from([1, 16, 40, 26 * 60, 4 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.traveller.shift(timedelta(minutes=minutes))
        overdue_bookings_expire(now=timezone.now())
        expired_holds_release(now=timezone.now())

    @rule(by_hand=st.booleans())
    def the_jobs_run(self, by_hand: bool) -> None:
        payments_reconcile(by_hand=by_hand)
        refunds_process(by_hand=by_hand)

    # What is always true

    @invariant()
    def the_books_agree(self) -> None:
        assert [str(finding) for finding in findings()] == []

    @invariant()
    def every_firm_booking_has_its_time(self) -> None:
        for booking in Booking.objects.filter(status__in=KEEPS_ITS_TIME).select_related("reservation"):
            assert booking.reservation is not None
            assert booking.reservation.slot_starts_at == booking.starts_at

    def all_ends_well(self) -> None:
        """Once every gateway was asked again, no money lies there that we call unpaid."""
        self.books.fault = ""
        self.traveller.shift(timedelta(minutes=2))
        for payment in Payment.objects.all():
            self.call("post", f"payments/{payment.pk}/verify/", by="anita")
        self.the_books_agree()
        unpaid = Payment.objects.filter(status__in=OPEN | CLOSED_UNPAID).select_related("secret")
        names = {name for payment in unpaid for name in (payment.transaction_id, payment.secret.token)}
        lying = [
            entry
            for entry in self.books.entries.values()
            if entry.name in names and entry.word == "Completed"
        ]
        assert lying == []


@pytest.fixture
def _lives(
    settings: Settings,
    kamala: User,
    suresh: User,
    bishnu: User,
    anita: User,
    service: Service,
    methods: dict[str, PaymentMethod],
) -> Iterator[None]:
    settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = 5
    Lives.cast = {"kamala": kamala, "suresh": suresh, "bishnu": bishnu, "anita": anita}
    Lives.service = service
    with books_behind(settings) as books:
        Lives.books = books
        yield


@pytest.mark.usefixtures("_lives")
def test_whatever_people_gateways_and_the_clock_do_the_books_agree() -> None:
    run_state_machine_as_test(Lives, settings=PROFILE)
