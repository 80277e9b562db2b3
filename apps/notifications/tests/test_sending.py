"""The outbox and a real mail server: what arrives, how often, and what happens when it doesn't."""

import logging
from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_confirm
from apps.bookings.models import Booking
from apps.notifications.actions.sending import MOST_TRIES, deliveries_send
from apps.notifications.kinds import Kind
from apps.notifications.models import Delivery, Notification, NotificationPreference
from apps.notifications.tests.conftest import Outbox
from apps.notifications.tests.factories import told, waiting
from apps.notifications.tests.mailbox import Mailbox, mail_server, point_at
from tests.servers import free_port

Clock = time_machine.Traveller


def states() -> Counter[str]:
    return Counter(Delivery.objects.values_list("state", flat=True))


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """Return our own log lines, without those of the mail server, which runs here as well."""
    lines = [record.getMessage() for record in caplog.records if record.name.startswith("apps.")]
    return "\n".join(lines)


def test_what_waits_is_sent_over_one_connection(outbox: Outbox, mailbox: Mailbox, kamala: User) -> None:
    deliveries = outbox(5)

    assert deliveries_send(by_hand=False) == {"sent": 5}

    assert mailbox.names == Counter(delivery.message_id for delivery in deliveries)
    assert set(mailbox.recipients) == {kamala.email}
    assert mailbox.connections == 1
    assert states() == {"sent": 5}
    assert Delivery.objects.filter(payments=1, leased_until=None, sent_at__isnull=False).count() == 5


def test_what_was_sent_is_not_sent_again(outbox: Outbox, mailbox: Mailbox) -> None:
    outbox(2)
    deliveries_send(by_hand=True)

    assert deliveries_send(by_hand=True) == {}
    assert len(mailbox.mails) == 2


def test_a_booking_and_its_confirmation_arrive_with_both_sides(
    booking: Booking, mailbox: Mailbox, bishnu: User, kamala: User
) -> None:
    booking_confirm(booking_id=booking.pk, actor=bishnu)

    call_command("send_notifications")

    (mail,) = mailbox.mails
    assert mailbox.recipients == [kamala.email]
    types = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert types == ["text/plain", "text/html", "text/calendar"]


def test_with_the_server_down_for_an_hour_each_mail_arrives_once(
    clock: Clock, outbox: Outbox, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    point_at(settings, port)
    deliveries = outbox(3)
    for _ in range(60):
        assert deliveries_send(by_hand=False) == {"left waiting": 3}
        clock.shift(timedelta(minutes=1))
    assert Delivery.objects.filter(payments=0, state="pending").count() == 3

    with mail_server(settings, port) as mailbox:
        assert deliveries_send(by_hand=False) == {"sent": 3}
        assert deliveries_send(by_hand=False) == {}

    assert mailbox.names == Counter(delivery.message_id for delivery in deliveries)
    assert "@" not in ours(caplog)


def test_with_a_server_that_refuses_everything_for_an_hour_each_mail_arrives_once(
    clock: Clock, outbox: Outbox, mailbox: Mailbox
) -> None:
    mailbox.to_sender = lambda sender: "451 not now"
    deliveries = outbox(5)
    for _ in range(60):
        deliveries_send(by_hand=False)
        clock.shift(timedelta(minutes=1))
    assert not mailbox.mails

    mailbox.to_sender = lambda sender: ""
    clock.shift(timedelta(hours=6))
    deliveries_send(by_hand=False)

    assert mailbox.names == Counter(delivery.message_id for delivery in deliveries)


def test_a_refused_recipient_fails_at_once_and_holds_nobody_up(
    outbox: Outbox, mailbox: Mailbox, booking: Booking, suresh: User, caplog: pytest.LogCaptureFixture
) -> None:
    refused = waiting(told(suresh, booking))
    outbox(2)
    mailbox.to_recipient = lambda address: f"550 no {address} here" if address == suresh.email else ""

    with caplog.at_level(logging.DEBUG):
        assert deliveries_send(by_hand=False) == {"failed": 1, "sent": 2}

    refused.refresh_from_db()
    assert (refused.state, refused.last_error) == ("failed", "recipient refused: 550")
    assert "recipient refused" in ours(caplog)
    assert "@" not in ours(caplog)
    assert mailbox.connections == 1


def test_a_recipient_who_is_to_wait_is_tried_again_with_the_same_name(
    clock: Clock, outbox: Outbox, mailbox: Mailbox
) -> None:
    (delivery,) = outbox()
    mailbox.to_recipient = lambda address: "450 greylisted"
    assert deliveries_send(by_hand=False) == {"put off": 1}
    assert deliveries_send(by_hand=False) == {}

    mailbox.to_recipient = lambda address: ""
    clock.shift(timedelta(minutes=1))

    assert deliveries_send(by_hand=False) == {"sent": 1}
    assert mailbox.names == {delivery.message_id: 1}


@pytest.mark.parametrize(("answer", "state"), [("554 spam", "failed"), ("452 full", "pending")])
def test_a_refused_message_fails_or_waits(
    clock: Clock, outbox: Outbox, mailbox: Mailbox, answer: str, state: str
) -> None:
    outbox()
    mailbox.to_mail = lambda message_id: answer

    deliveries_send(by_hand=False)

    assert states() == {state: 1}
    assert Delivery.objects.get().last_error == f"message refused: {answer[:3]}"


def test_by_hand_what_waits_for_its_next_try_is_tried_at_once(
    clock: Clock, outbox: Outbox, mailbox: Mailbox
) -> None:
    outbox()
    mailbox.to_recipient = lambda address: "450 greylisted"
    deliveries_send(by_hand=False)
    mailbox.to_recipient = lambda address: ""
    clock.shift(timedelta(seconds=1))

    assert deliveries_send(by_hand=False) == {}
    assert deliveries_send(by_hand=True) == {"sent": 1}


def test_with_a_server_that_refuses_for_an_hour_sending_by_hand_every_minute_loses_nothing(
    clock: Clock, outbox: Outbox, mailbox: Mailbox
) -> None:
    mailbox.to_sender = lambda sender: "451 not now"
    deliveries = outbox(3)
    for _ in range(60):
        assert deliveries_send(by_hand=True) == {"put off": 3}
        clock.shift(timedelta(minutes=1))

    mailbox.to_sender = lambda sender: ""

    assert deliveries_send(by_hand=True) == {"sent": 3}
    assert mailbox.names == Counter(delivery.message_id for delivery in deliveries)


def test_trying_early_does_not_put_off_the_next_try(clock: Clock, outbox: Outbox, mailbox: Mailbox) -> None:
    outbox()
    mailbox.to_recipient = lambda address: "450 greylisted"
    deliveries_send(by_hand=False)
    clock.shift(timedelta(seconds=30))
    for _ in range(25):
        clock.shift(timedelta(seconds=1))
        assert deliveries_send(by_hand=True) == {"put off": 1}
    mailbox.to_recipient = lambda address: ""

    clock.shift(timedelta(seconds=5))

    assert deliveries_send(by_hand=False) == {"sent": 1}


@pytest.mark.parametrize("by_hand", [False, True])
def test_it_is_given_up_only_after_days(
    clock: Clock, outbox: Outbox, mailbox: Mailbox, by_hand: bool
) -> None:
    outbox()
    mailbox.to_recipient = lambda address: "450 later"
    started = Delivery.objects.get().created_at
    while states() == {"pending": 1}:
        deliveries_send(by_hand=by_hand)
        clock.move_to(Delivery.objects.get().next_try_at)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.payments) == ("failed", MOST_TRIES)
    assert delivery.next_try_at - started > timedelta(days=2)


def test_one_that_another_process_is_sending_is_left_alone(
    clock: Clock, outbox: Outbox, mailbox: Mailbox
) -> None:
    outbox()
    Delivery.objects.update(leased_until=Delivery.objects.get().created_at + timedelta(minutes=5))

    assert deliveries_send(by_hand=True) == {}
    clock.shift(timedelta(minutes=5))
    assert deliveries_send(by_hand=True) == {"sent": 1}


def test_one_that_can_not_be_rendered_holds_nobody_up(
    clock: Clock, outbox: Outbox, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    broken, _ = outbox(2)
    Notification.objects.filter(pk=broken.notification.pk).update(context={"amount": "much"})

    assert deliveries_send(by_hand=False) == {"put off": 1, "sent": 1}
    assert f"delivery {broken.pk} broke" in caplog.text


def test_a_closed_account_gets_nothing(outbox: Outbox, mailbox: Mailbox, kamala: User) -> None:
    outbox()
    User.objects.filter(pk=kamala.pk).update(is_active=False)

    assert deliveries_send(by_hand=False) == {"skipped": 1}
    assert not mailbox.mails


def test_what_was_switched_off_is_not_mailed_unless_it_is_essential(
    kamala: User, booking: Booking, mailbox: Mailbox
) -> None:
    off = {f"email_{group}": False for group in ("bookings", "payments", "reminders", "reviews")}
    NotificationPreference.objects.create(user=kamala, **off)
    for kind in (Kind.BOOKING_CONFIRMED, Kind.PAYMENT_FAILED, Kind.REVIEW_REQUEST):
        waiting(told(kamala, booking, kind))
    for kind in (Kind.BOOKING_CANCELLED, Kind.PAYMENT_RECEIVED, Kind.REFUND_COMPLETED):
        waiting(told(kamala, booking, kind))

    assert deliveries_send(by_hand=False) == {"skipped": 3, "sent": 3}
    assert set(Delivery.objects.filter(state="skipped").values_list("last_error", flat=True)) == {
        "switched off"
    }


def test_a_reminder_that_waited_until_it_was_wrong_is_not_sent(
    clock: Clock, booking: Booking, mailbox: Mailbox, bishnu: User, kamala: User
) -> None:
    booking = booking_confirm(booking_id=booking.pk, actor=bishnu)
    Notification.objects.all().delete()
    times = {"starts_at": booking.starts_at.isoformat(), "ends_at": booking.ends_at.isoformat()}  # type: ignore[union-attr]
    waiting(told(kamala, booking, Kind.REMINDER_24H, context=times))
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="Rain.")
    Delivery.objects.exclude(notification__kind=Kind.REMINDER_24H).delete()

    assert deliveries_send(by_hand=False) == {"skipped": 1}


@pytest.mark.parametrize("language", ["en", "ne"])
def test_the_language_is_the_one_of_who_reads_it(
    outbox: Outbox, mailbox: Mailbox, kamala: User, language: str
) -> None:
    outbox()
    User.objects.filter(pk=kamala.pk).update(language=language)

    deliveries_send(by_hand=False)

    text, *_ = (part for part in mailbox.mails[0].walk() if part.get_content_type() == "text/plain")
    greeting = {"en": "Namaste Kamala", "ne": "नमस्ते Kamala"}[language]
    assert text.get_payload(decode=True).startswith(greeting.encode())  # type: ignore[union-attr]


def test_the_command_sums_up(outbox: Outbox, mailbox: Mailbox, capsys: pytest.CaptureFixture[str]) -> None:
    outbox(2)

    call_command("send_notifications")

    assert capsys.readouterr().out == "send_notifications: 0 reminders made, 2 messages: 2 sent\n"
