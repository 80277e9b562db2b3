"""The funnel still counts drafts that were deleted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from itertools import product
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from apps.accounts.models import User
from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.models import DirtyDay, PurgedDrafts
from apps.analytics.scope import Scope, Span
from apps.analytics.selectors import wizard_funnel
from apps.analytics.selectors.bookings import booking_figures
from apps.bookings.actions import old_drafts_purge
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard
from apps.services.models import Service
from apps.services.tests.factories import CategoryFactory

STEPS = ("service_selection", "service_selection", "datetime_selection", "details_input", "payment")
DAY = date(2026, 12, 7)


@pytest.fixture
def drafts(wizard: Wizard, kamala: User, service: Service, clock: time_machine.Traveller) -> list[Scope]:
    """Dropped drafts of all steps, and a booking; return the scopes that see them. A month on."""
    booked(kamala, service, days=60)
    for step in STEPS:
        Wizard(wizard.client, wizard.service_id).walk_to(step, at="12:00").drop()
    clock.shift(timedelta(days=31))
    city = Booking.objects.exclude(city=None).values_list("city", flat=True).first()
    return [
        Scope(),
        Scope(provider_id=service.provider_id),
        Scope(category_id=service.category_id),
        Scope(city_id=city),
        Scope(category_id=service.category_id, city_id=city),
        Scope(service_id=service.pk),
        Scope(customer_id=kamala.pk),
        Scope(provider_id=service.provider_id, city_id=city),
    ]


def figures(scopes: list[Scope]) -> list[Any]:
    """Return all figures of bookings, for all time and the drafts' day; the days of money are not theirs."""
    found = []
    for scope, span in product(scopes, (Span(), Span(DAY, DAY))):
        shown = booking_figures(scope, span, now=timezone.now())
        found.append(replace(shown, days=replace(shown.days, rows={})))
    return found


@pytest.mark.parametrize("rolled_up_before", [True, False])
def test_a_purge_changes_no_figure(drafts: list[Scope], rolled_up_before: bool) -> None:
    if rolled_up_before:
        days_roll_up()
    before = figures(drafts)
    assert [step.reached for step in wizard_funnel()] == [6, 4, 3, 2, 1]

    assert old_drafts_purge(now=timezone.now()) == 5

    assert figures(drafts) == before
    days_roll_up()
    assert figures(drafts) == before
    assert not DirtyDay.objects.exists()
    call_command("roll_up_analytics", everything=True, stdout=StringIO())
    assert figures(drafts) == before


def test_a_later_change_of_the_day_loses_none(drafts: list[Scope]) -> None:
    old_drafts_purge(now=timezone.now())
    days_roll_up()
    reached = [step.reached for step in wizard_funnel()]

    Booking.objects.update(status="rejected")
    days_roll_up()

    assert [step.reached for step in wizard_funnel()] == reached


def test_what_one_customer_did_on_a_day_alike_is_one_row(drafts: list[Scope]) -> None:
    old_drafts_purge(now=timezone.now())

    assert sorted(PurgedDrafts.objects.values_list("done", "drafts")) == [(1, 2), (2, 1), (3, 1), (4, 1)]


def test_they_go_with_their_service_to_another_category(drafts: list[Scope], service: Service) -> None:
    Booking.objects.filter(status="pending").update(created_at="2026-11-30T00:00:00Z")
    old_drafts_purge(now=timezone.now())
    days_roll_up()
    other = CategoryFactory()

    Service.objects.filter(pk=service.pk).update(category=other)

    for roll_up in (lambda: None, days_roll_up):
        roll_up()
        funnel = wizard_funnel(DAY, DAY, Scope(category_id=other.pk))
        assert [step.reached for step in funnel] == [5, 3, 2, 1, 0]


def test_a_service_that_had_drafts_alone_can_be_deleted_and_they_still_count(
    wizard: Wizard,
    service: Service,
    bishnu: User,
    client_of: Callable[[User], Any],
    clock: time_machine.Traveller,
) -> None:
    wizard.walk_to("service_selection").drop()
    clock.shift(timedelta(days=31))
    old_drafts_purge(now=timezone.now())

    assert client_of(bishnu).delete(f"/api/services/{service.pk}/").status_code == 204

    assert wizard_funnel()[0].reached == 1
    days_roll_up()
    assert wizard_funnel()[0].reached == 1
