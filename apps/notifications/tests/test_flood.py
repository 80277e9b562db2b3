"""Nobody is buried in messages, and none go to an address or a phone that isn't confirmed."""

from datetime import timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.actions.sending import deliveries_send
from apps.notifications.flood import MOST_OF_A_BOOKING
from apps.notifications.kinds import Kind
from apps.notifications.models import Channel, Delivery, Notification
from apps.notifications.relevance import reason_to_skip
from apps.notifications.selectors import preferences_of
from apps.notifications.tests.factories import told, waiting
from apps.notifications.tests.mailbox import Mailbox
from apps.services.models import Service

Clock = time_machine.Traveller


@pytest.fixture
def booking(booking: Booking) -> Booking:
    Delivery.objects.all().delete()
    Notification.objects.all().delete()
    return booking


def test_of_sixty_moves_that_wait_the_last_is_mailed(
    booking: Booking, kamala: User, mailbox: Mailbox
) -> None:
    moves = [waiting(told(kamala, booking, Kind.BOOKING_RESCHEDULED)) for _ in range(60)]

    assert deliveries_send(by_hand=False) == {"skipped": 59, "sent": 1}

    assert mailbox.names.keys() == {moves[-1].message_id}
    assert Notification.objects.count() == 60


def test_sixty_moves_one_by_one_are_a_handful_of_mails_and_the_last_is_true(
    clock: Clock, booking: Booking, kamala: User, mailbox: Mailbox
) -> None:
    for _ in range(60):
        last = waiting(told(kamala, booking, Kind.BOOKING_RESCHEDULED))
        deliveries_send(by_hand=True)
    assert len(mailbox.mails) == MOST_OF_A_BOOKING

    clock.shift(timedelta(hours=1, seconds=1))
    deliveries_send(by_hand=False)

    assert len(mailbox.mails) == MOST_OF_A_BOOKING + 1
    last.refresh_from_db()
    assert last.state == "sent"


def test_many_bookings_of_one_person_are_bounded_as_well(
    clock: Clock,
    booking: Booking,
    kamala: User,
    service: Service,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("apps.notifications.flood.MOST_TO_A_PERSON", 2)
    others = [booked(kamala, service, at=at) for at in ("12:00", "14:00", "16:00")]
    Delivery.objects.all().delete()
    for other in others:
        for kind in (Kind.BOOKING_REQUESTED, Kind.BOOKING_CANCELLED):
            waiting(told(kamala, other, kind))

    assert deliveries_send(by_hand=False) == {"sent": 2, "skipped": 2, "put off": 2}
    clock.shift(timedelta(hours=1, seconds=1))

    assert deliveries_send(by_hand=False) == {"sent": 2}


def test_what_money_is_about_is_not_held_back(booking: Booking, kamala: User, mailbox: Mailbox) -> None:
    for _ in range(MOST_OF_A_BOOKING + 3):
        waiting(told(kamala, booking, Kind.REFUND_COMPLETED))

    assert deliveries_send(by_hand=False) == {"sent": MOST_OF_A_BOOKING + 3}


@pytest.mark.parametrize("kind", [Kind.BOOKING_REQUESTED, Kind.PAYMENT_RECEIVED])
def test_an_unconfirmed_email_gets_nothing_but_the_list(
    booking: Booking, kamala: User, mailbox: Mailbox, kind: str
) -> None:
    User.objects.filter(pk=kamala.pk).update(email_verified_at=None)
    waiting(told(kamala, booking, kind))

    assert deliveries_send(by_hand=False) == {"skipped": 1}
    assert mailbox.mails == []
    assert Notification.objects.count() == 1


def test_an_unconfirmed_phone_gets_no_sms(clock: Clock, booking: Booking, kamala: User) -> None:
    kamala.phone_verified_at = None
    notification = told(kamala, booking)

    reason = reason_to_skip(notification, Channel.SMS, preferences_of(kamala), now=notification.created_at)

    assert reason == "the phone is not confirmed"
