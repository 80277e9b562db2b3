"""Who hears of which move of a booking."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings import actions, events
from apps.bookings.actions import booking_move
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking, BookingSeries
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.bookings.tests.steps import Wizard
from apps.bookings.wizard.actions import wizard_drop
from apps.notifications.kinds import Kind
from apps.notifications.models import Delivery, Notification
from apps.notifications.rendering import rendered
from apps.services.models import Service

Clock = time_machine.Traveller
HOUR = timedelta(hours=1)


def heard() -> list[tuple[str, str]]:
    """Return who was told what, as (kind, audience)."""
    return sorted(Notification.objects.values_list("kind", "audience"))


def as_both(kind: str) -> list[tuple[str, str]]:
    return [(kind, "customer"), (kind, "provider")]


def test_of_a_request_the_provider_hears_and_the_customer_gets_a_receipt(wizard: Wizard) -> None:
    wizard.walk_to("confirmation")

    assert heard() == as_both(Kind.BOOKING_REQUESTED)
    assert Delivery.objects.filter(channel="email", state="pending").count() == 2
    wizard.confirm()
    assert Notification.objects.count() == 2


def test_the_steps_before_are_nobodys_news(wizard: Wizard) -> None:
    wizard.walk_to("payment")

    assert heard() == []


def test_of_his_own_confirmation_the_provider_hears_nothing(booking: Booking, bishnu: User) -> None:
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)

    assert heard() == [(Kind.BOOKING_CONFIRMED, "customer")]


def test_of_an_admins_confirmation_both_hear(booking: Booking, anita: User) -> None:
    actions.booking_confirm(booking_id=booking.pk, actor=anita)

    assert heard() == as_both(Kind.BOOKING_CONFIRMED)


def test_of_a_rejection_the_customer_reads_why(booking: Booking, bishnu: User) -> None:
    actions.booking_reject(booking_id=booking.pk, actor=bishnu, reason="On holiday.")

    assert heard() == [(Kind.BOOKING_REJECTED, "customer")]
    assert ("Reason", "On holiday.") in rendered(Notification.objects.get(), "en").facts


def test_of_his_own_cancellation_the_customer_gets_a_receipt(booking: Booking, kamala: User) -> None:
    actions.booking_cancel(booking_id=booking.pk, actor=kamala, reason="Rain.")

    assert heard() == as_both(Kind.BOOKING_CANCELLED)
    words = {told.audience: rendered(told, "en").text for told in Notification.objects.all()}
    assert words["customer"].startswith("You have cancelled")
    assert words["provider"].startswith("Kamala Shrestha has cancelled")


def test_of_the_providers_cancellation_only_the_customer_hears(booking: Booking, bishnu: User) -> None:
    actions.booking_cancel(booking_id=booking.pk, actor=bishnu, reason="Ill.")

    assert heard() == [(Kind.BOOKING_CANCELLED, "customer")]
    assert "in full" in rendered(Notification.objects.get(), "en").text


def test_of_a_request_that_expired_both_hear(clock: Clock, booking: Booking) -> None:
    clock.shift(timedelta(hours=25))
    actions.overdue_bookings_expire(now=timezone.now())

    assert heard() == as_both(Kind.BOOKING_EXPIRED)


def test_of_a_draft_that_ran_out_or_was_dropped_nobody_hears(
    clock: Clock, kamala: User, service: Service
) -> None:
    draft_at_payment_step(kamala, service, days=10)
    wizard_drop(customer=kamala, booking_id=draft_at_payment_step(kamala, service, days=11).pk)
    clock.shift(timedelta(hours=73))
    assert actions.overdue_bookings_expire(now=timezone.now()) == 1

    assert heard() == []


def test_of_a_booking_nobody_was_at_home_for_the_customer_hears(
    clock: Clock, booking: Booking, bishnu: User
) -> None:
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    Notification.objects.all().delete()
    clock.shift(timedelta(days=4))
    actions.booking_mark_no_show(booking_id=booking.pk, actor=bishnu)

    assert heard() == [(Kind.BOOKING_NO_SHOW, "customer")]


def test_after_the_work_the_customer_is_asked_for_a_review(
    clock: Clock, booking: Booking, bishnu: User
) -> None:
    actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
    clock.shift(timedelta(days=3, hours=1))
    actions.booking_start(booking_id=booking.pk, actor=bishnu)
    clock.shift(timedelta(hours=2))
    Notification.objects.all().delete()
    actions.booking_complete(booking_id=booking.pk, actor=bishnu)

    assert heard() == [(Kind.PAYMENT_RECEIVED, "customer"), (Kind.REVIEW_REQUEST, "customer")]


def rescheduled(booking: Booking, actor: User, **more: object) -> None:
    with transaction.atomic():
        events.booking_rescheduled.send(
            sender=Booking,
            booking=booking,
            actor=actor,
            from_starts_at=booking.starts_at - HOUR,  # type: ignore[operator]
            **{"needs_confirmation": False, "batch": None, **more},
        )


def test_of_a_new_time_both_hear_from_when_to_when(booking: Booking, kamala: User) -> None:
    rescheduled(booking, kamala, needs_confirmation=True)

    assert heard() == as_both(Kind.BOOKING_RESCHEDULED)
    message = rendered(Notification.objects.get(audience="provider"), "en")
    assert "Please confirm the new time." in message.text
    assert {"When", "Before"} <= dict(message.facts).keys()


def test_there_and_back_again_are_two_messages(clock: Clock, booking: Booking, bishnu: User) -> None:
    for _ in range(2):
        rescheduled(booking, bishnu)
        clock.shift(timedelta(minutes=1))

    assert heard() == [(Kind.BOOKING_RESCHEDULED, "customer")] * 2


def test_an_event_that_is_told_again_makes_no_second_row(booking: Booking, anita: User) -> None:
    for _ in range(2):
        events.booking_cancelled.send(sender=Booking, booking=booking, actor=anita, batch=None)

    assert heard() == as_both(Kind.BOOKING_CANCELLED)
    assert Delivery.objects.count() == 2


@pytest.fixture
def several(kamala: User, service: Service) -> list[Booking]:
    requests = [booked(kamala, service, days=days) for days in (3, 10, 17)]
    Notification.objects.all().delete()
    return requests


def test_of_a_batch_each_hears_once_of_all_its_bookings(several: list[Booking], kamala: User) -> None:
    with transaction.atomic():
        for booking in several:
            booking_move(
                booking=LockedBooking(booking),
                to_status="cancelled",
                actor=kamala,
                now=timezone.now(),
                told={"batch": "0" * 32},
            )

    assert heard() == as_both(Kind.BOOKING_CANCELLED)
    for notification in Notification.objects.all():
        assert [row.booking for row in notification.snapshots.all()] == several
        assert notification.booking == several[0]
    assert rendered(Notification.objects.get(audience="customer"), "en").subject.endswith("3 bookings")
    assert Delivery.objects.count() == 2


def test_two_batches_are_two_messages(several: list[Booking], kamala: User) -> None:
    for number, booking in enumerate(several):
        events.booking_cancelled.send(sender=Booking, booking=booking, actor=kamala, batch=f"{number}" * 32)

    assert Notification.objects.filter(audience="customer").count() == 3


def test_of_bookings_that_were_lost_the_customer_hears_which(booking: Booking, kamala: User) -> None:
    series = BookingSeries.objects.create(customer=kamala, frequency="weekly")
    lost = [(date(2026, 12, 16), time(10)), (date(2026, 12, 23), time(10))]
    events.occurrence_skipped.send(sender=BookingSeries, series=series, booking=booking, occurrences=lost)

    assert heard() == [(Kind.OCCURRENCE_SKIPPED, "customer")]
    first, second = rendered(Notification.objects.get(), "en").lines
    assert first.startswith("Wednesday, 16 December 2026")
    assert second.startswith("Wednesday, 23 December 2026")


def test_a_change_that_fails_tells_nobody(booking: Booking, bishnu: User) -> None:
    def fail() -> None:
        with transaction.atomic():
            actions.booking_confirm(booking_id=booking.pk, actor=bishnu)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert heard() == []


def test_an_event_takes_two_queries(
    booking: Booking, kamala: User, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        events.booking_requested.send(sender=Booking, booking=booking, actor=kamala, batch=None)


def test_what_is_stored_names_no_address_no_phone_and_no_name(booking: Booking, anita: User) -> None:
    actions.booking_confirm(booking_id=booking.pk, actor=anita)

    for notification in Notification.objects.all():
        assert notification.context.keys() <= {"starts_at", "ends_at"}
