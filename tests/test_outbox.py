"""The outbox when senders die, meet, or take long: nothing is lost, and what comes twice has one name."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked
from apps.notifications.actions.sending import LEASE, deliveries_send
from apps.notifications.kinds import Kind
from apps.notifications.models import Delivery, Notification
from apps.notifications.tests.factories import told, waiting
from apps.notifications.tests.mailbox import Mailbox, mail_server
from apps.notifications.ways.email import LONGEST_MAIL_SECONDS
from apps.payments.tests.test_races import at_once
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory
from tests.killing import PATIENCE_SECONDS, until_nobody_works
from tests.servers import environment

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MAILS = 8


@pytest.fixture
def outbox(kamala: User, bishnu: User) -> list[Delivery]:
    """Eight mails to Kamala, of a kind that is never merged."""
    service: Service = BookableServiceFactory(provider=bishnu)
    booking: Booking = booked(kamala, service)
    Notification.objects.all().delete()
    return [waiting(told(kamala, booking, Kind.PAYMENT_RECEIVED)) for _ in range(MAILS)]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    with mail_server(settings) as running:
        yield running


@contextmanager
def sender(mailbox: Mailbox) -> Iterator["subprocess.Popen[bytes]"]:
    """Run `send_notifications` in a process of its own, until the block ends or somebody kills it."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "send_notifications"],
        cwd=django_settings.BASE_DIR,
        env={**environment(), "EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}"},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


class Hold:
    """Keeps the server's answer to the third mail back, for ever."""

    def __init__(self, mailbox: Mailbox, *, keeps: bool) -> None:
        self.mailbox, self.keeps = mailbox, keeps
        self.reached, self.is_over = Event(), Event()
        self.name = ""

    def answer(self, message_id: str) -> str:
        if self.is_over.is_set() or len(self.mailbox.mails) < 2:
            return ""
        self.name = message_id
        if self.keeps:
            self.mailbox.note(message_id)
        self.reached.set()
        self.is_over.wait(PATIENCE_SECONDS)
        return "451 nobody hears this"


@pytest.mark.postgres
@pytest.mark.parametrize("keeps", [True, False], ids=["after it took the mail", "before it took the mail"])
def test_killed_in_the_middle_of_a_mail_nothing_is_lost_and_a_double_has_the_same_name(
    outbox: list[Delivery], mailbox: Mailbox, keeps: bool
) -> None:
    hold = Hold(mailbox, keeps=keeps)
    mailbox.to_mail = hold.answer
    with sender(mailbox) as process:
        assert hold.reached.wait(PATIENCE_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    hold.is_over.set()
    until_nobody_works()
    assert Counter(Delivery.objects.values_list("state", flat=True)) == {"sent": 2, "pending": MAILS - 2}

    # At once everything but the one that the dead process has leased, and that one when the lease is over.
    assert deliveries_send(by_hand=True) == {"sent": MAILS - 3}
    with time_machine.travel(timezone.now() + LEASE):
        assert deliveries_send(by_hand=True) == {"sent": 1}

    names = Counter(delivery.message_id for delivery in outbox)
    if keeps:
        names[hold.name] += 1
    assert mailbox.names == names


def test_two_senders_at_once_send_each_mail_once(outbox: list[Delivery], mailbox: Mailbox) -> None:
    tallies = at_once([lambda: deliveries_send(by_hand=False)] * 2)

    assert sum(tallies, Counter()) == {"sent": MAILS}
    assert mailbox.names == Counter(delivery.message_id for delivery in outbox)


@pytest.mark.postgres
def test_two_processes_at_once_send_each_mail_once(outbox: list[Delivery], mailbox: Mailbox) -> None:
    with sender(mailbox) as first, sender(mailbox) as second:
        said = b"".join(process.communicate(timeout=PATIENCE_SECONDS)[0] for process in (first, second))

    assert said.count(b"send_notifications: ") == 2
    assert mailbox.names == Counter(delivery.message_id for delivery in outbox)
    assert Delivery.objects.filter(state="sent").count() == MAILS


def test_no_lock_and_no_transaction_is_held_while_the_server_thinks(
    outbox: list[Delivery], mailbox: Mailbox
) -> None:
    def think(message_id: str) -> str:
        try:
            with transaction.atomic():
                nowait = connection.features.has_select_for_update_nowait
                assert Delivery.objects.select_for_update(nowait=nowait).count() == MAILS
                list(Delivery.objects.select_for_update(nowait=nowait))
                Delivery.objects.filter(message_id=message_id).update(last_error="touched")
        finally:
            connection.close()
        return ""

    mailbox.to_mail = think

    assert deliveries_send(by_hand=False) == {"sent": MAILS}


def test_a_lease_outlasts_a_mail() -> None:
    assert timedelta(seconds=LONGEST_MAIL_SECONDS) < LEASE / 2
