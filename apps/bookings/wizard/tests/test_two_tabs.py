"""A step that waited for another one sees what that one did. PostgreSQL only: SQLite has one writer.

A join in the locking query would show the other tables as they were before the wait.
"""

from datetime import time
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from apps.bookings.actions import booking_settle
from apps.bookings.locked import LockedDraft
from apps.bookings.selectors import booking_locked, draft_locked
from apps.bookings.tests.factories import in_days
from apps.bookings.tests.steps import Wizard
from apps.bookings.tests.threads import meanwhile
from apps.bookings.wizard.actions.draft import wizard_change_service
from apps.bookings.wizard.actions.time import choose_time
from apps.services.models import Service
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory

pytestmark = [pytest.mark.postgres, pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_double_click_on_a_slot_holds_it_once(wizard: Wizard, service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(max_bookings=5)
    wizard.walk_to("service_selection")
    booking = wizard.booking

    with meanwhile(partial(wizard.choose_time, "10:00")) as second:
        draft = draft_locked(booking.customer, booking.pk)
        hold_ten_oclock(draft)

    assert second.result().status_code == 200
    assert Reservation.objects.count() == 1


def hold_ten_oclock(draft: LockedDraft) -> None:
    choose_time(
        draft,
        booking_date=in_days(3),
        booking_time=time(10),
        staff_id=None,
        preferred_provider_gender=None,
        now=timezone.now(),
    )


def test_a_step_after_another_service_finds_its_draft(wizard: Wizard) -> None:
    wizard.walk_to("datetime_selection")
    booking, other = wizard.booking, BookableServiceFactory()

    with meanwhile(partial(wizard.choose_time, "10:00")) as second:
        wizard_change_service(customer=booking.customer, booking_id=booking.pk, service_id=other.pk)

    assert second.result().status_code == 200
    assert wizard.booking.service == other


def test_money_that_waited_for_a_step_pays_for_the_new_time(wizard: Wizard) -> None:
    wizard.walk_to("service_selection")
    booking = wizard.booking

    def settle() -> bool:
        with transaction.atomic():
            return booking_settle(booking=booking_locked(booking.pk), now=timezone.now())

    with meanwhile(settle) as settled:
        hold_ten_oclock(draft_locked(booking.customer, booking.pk))

    assert settled.result() is True
    assert Reservation.objects.get().expires_at is None
