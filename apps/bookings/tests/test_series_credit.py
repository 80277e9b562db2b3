"""A series that is paid online stands as long as something of it is paid."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import overdue_bookings_expire
from apps.bookings.models import Booking
from apps.bookings.selectors import unpaid_requests_of
from apps.bookings.tests.steps import Wizard, error_of
from apps.payments.models import PaymentMethod
from apps.payments.tests.fixtures import Sandbox, pidx_of


@pytest.fixture
def paid(
    wizard: Wizard, sandbox: Sandbox, initiate: Callable[..., Any], methods: dict[str, PaymentMethod]
) -> Booking:
    """The first of twelve weekly bookings, paid with Khalti."""
    wizard.walk_to("datetime_selection").recur(recurring_count=12)
    wizard.choose_payment("khalti")
    draft = Booking.objects.get()
    pidx = pidx_of(initiate(draft))
    sandbox.decides(pidx)
    wizard.client.post("/api/payments/process-khalti-payment/", {"booking_id": draft.pk, "pidx": pidx})
    first = Booking.objects.get(pk=draft.pk)
    assert first.status == "confirmed"
    return first


def cancel(client: APIClient, booking: Booking) -> None:
    answer = client.post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "rain", "scope": "one"})
    assert answer.status_code == 200


def test_its_later_bookings_count_as_unpaid_once_the_first_is_given_back(
    paid: Booking, wizard: Wizard, kamala: User
) -> None:
    assert unpaid_requests_of(kamala) == 0
    cancel(wizard.client, paid)
    assert unpaid_requests_of(kamala) == 11


def test_they_then_wait_a_day_for_their_own_money(paid: Booking, wizard: Wizard) -> None:
    cancel(wizard.client, paid)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        overdue_bookings_expire(now=timezone.now())
    assert not Booking.objects.filter(status="pending").exists()


def test_one_that_was_not_paid_changes_nothing_for_the_others(paid: Booking, wizard: Wizard) -> None:
    later = Booking.objects.filter(status="pending").order_by("starts_at").first()
    assert later is not None
    before = Booking.objects.filter(status="pending").exclude(pk=later.pk).values_list("pk", "expires_at")
    known = sorted(before)
    cancel(wizard.client, later)
    assert sorted(before.all()) == known


def test_recurring_drafts_hold_no_more_than_may_stay_unpaid(wizard: Wizard, settings: Settings) -> None:
    settings.MAX_UNPAID_BOOKINGS_PER_CUSTOMER = 30
    wizard.walk_to("datetime_selection").recur(recurring_count=26)
    second = Wizard(wizard.client, wizard.service_id).walk_to("datetime_selection", at="12:00")

    assert error_of(second.recur(recurring_count=26))[:2] == (409, "too_many_bookings")
    assert second.recur(recurring_count=4).status_code == 200
