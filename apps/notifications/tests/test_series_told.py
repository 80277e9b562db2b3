"""Of a series people hear once: when it is booked, answered, moved and cancelled."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.bookings.actions import NewTime, booking_reschedule, booking_settle
from apps.bookings.conftest import ClientOf
from apps.bookings.locked import LockedBooking
from apps.bookings.models import Booking
from apps.bookings.recurrence import Recurrence
from apps.bookings.tests.factories import WEEKLY, booked, in_days, series_of
from apps.notifications.actions.reminders import reminders_make
from apps.notifications.kinds import REMINDERS, Kind
from apps.notifications.models import Notification
from apps.notifications.rendering import Rendered, rendered
from apps.notifications.tests.test_bookings_told import as_both, heard
from apps.notifications.wording import moment_text
from apps.payments.models import PaymentMethod
from apps.payments.tests.fixtures import Sandbox, pidx_of
from apps.services.models import Service

Clock = time_machine.Traveller


@pytest.fixture
def series(clock: Clock, kamala: User, service: Service, methods: dict[str, PaymentMethod]) -> list[Booking]:
    """Kamala's four weekly bookings, in cash."""
    return series_of(booked(kamala, service, recurrence=WEEKLY))


def listed(kind: str, audience: str = "customer") -> int:
    """Return how many bookings the one message of a kind lists."""
    return len(rendered(Notification.objects.get(kind=kind, audience=audience), "en").lines)


def test_a_series_in_cash_is_one_request_and_one_answer(
    series: list[Booking], client_of: ClientOf, bishnu: User
) -> None:
    assert heard() == as_both(Kind.BOOKING_REQUESTED)
    assert listed(Kind.BOOKING_REQUESTED, "provider") == 4
    Notification.objects.all().delete()

    path = f"/api/bookings/{series[0].pk}/update-status/"
    assert client_of(bishnu).patch(path, {"status": "confirmed"}).status_code == 200

    assert heard() == [(Kind.BOOKING_CONFIRMED, "customer")]
    assert listed(Kind.BOOKING_CONFIRMED) == 4


def test_this_and_all_later_ones_are_cancelled_in_one_message(
    series: list[Booking], client_of: ClientOf, kamala: User
) -> None:
    Notification.objects.all().delete()
    body = {"reason": "moving house", "scope": "following"}
    assert client_of(kamala).post(f"/api/bookings/{series[1].pk}/cancel/", body).status_code == 200

    assert heard() == as_both(Kind.BOOKING_CANCELLED)
    assert listed(Kind.BOOKING_CANCELLED) == 3


@pytest.fixture
def first_paid(
    clock: Clock, kamala: User, service: Service, client_of: ClientOf, sandbox: Sandbox
) -> list[Booking]:
    """Kamala's four weekly bookings, of which the first is paid with Khalti."""
    draft = booked(kamala, service, method="khalti", recurrence=WEEKLY)
    client = client_of(kamala)
    pidx = pidx_of(client.post("/api/payments/initiate/", {"booking_id": draft.pk}))
    sandbox.decides(pidx)
    body = {"booking_id": draft.pk, "pidx": pidx}
    assert client.post("/api/payments/process-khalti-payment/", body).status_code == 200
    return series_of(draft)


def request_in(language: str, audience: str = "customer") -> Rendered:
    """Return the words of the only request that somebody was told of."""
    return rendered(Notification.objects.get(kind=Kind.BOOKING_REQUESTED, audience=audience), language)


def test_of_a_series_paid_online_the_first_is_paid_and_the_others_wait(first_paid: list[Booking]) -> None:
    assert heard() == sorted([*as_both(Kind.BOOKING_REQUESTED), *as_both(Kind.PAYMENT_RECEIVED)])
    assert listed(Kind.BOOKING_REQUESTED) == 3
    assert "Please pay each booking in good time" in request_in("en").text


@pytest.mark.parametrize(
    ("language", "title", "until", "waits_for_the_provider"),
    [
        ("en", "To be paid: 3 bookings", "to be paid until {}", "Your request is with"),
        ("ne", "३ पटकको भुक्तानी बाँकी", "भुक्तानी गर्ने अन्तिम समय: {}", "कहाँ पुगेको छ"),
    ],
)
def test_each_booking_that_waits_for_its_money_says_until_when(
    first_paid: list[Booking], language: str, title: str, until: str, waits_for_the_provider: str
) -> None:
    message = request_in(language)
    deadlines = [
        moment_text(booking.expires_at, language) for booking in first_paid[1:] if booking.expires_at
    ]

    assert message.subject.startswith(title)
    assert deadlines[0] in message.text
    assert [line.endswith(until.format(at)) for line, at in zip(message.lines, deadlines, strict=True)] == [
        True
    ] * 3
    assert waits_for_the_provider not in message.text


@pytest.mark.parametrize("language", ["en", "ne"])
def test_a_booking_that_is_paid_is_not_asked_to_be_paid(first_paid: list[Booking], language: str) -> None:
    paid = first_paid[1]
    Booking.objects.filter(pk=paid.pk).update(status="confirmed", payment_status="completed", expires_at=None)

    lines = request_in(language).lines

    assert lines[0].endswith(paid.reference)  # nothing after it
    assert not any(
        line.endswith(booking.reference) for line, booking in zip(lines[1:], first_paid[2:], strict=True)
    )


def test_of_two_bookings_the_later_one_alone_says_until_when(
    clock: Clock, kamala: User, service: Service, client_of: ClientOf, sandbox: Sandbox
) -> None:
    draft = booked(kamala, service, method="khalti", recurrence=Recurrence("weekly", 2))
    with transaction.atomic():
        booking_settle(booking=LockedBooking(draft), now=timezone.now())
    later = series_of(draft)[1]
    assert later.expires_at is not None

    message = request_in("en")

    assert message.subject.startswith("To be paid: ")
    assert f"by {moment_text(later.expires_at, 'en')}" in message.text
    assert dict(message.facts)["Until"] == moment_text(later.expires_at, "en")


def test_the_provider_reads_that_nothing_waits_for_him(first_paid: list[Booking]) -> None:
    message = request_in("en", "provider")

    assert "confirmed by itself once it is paid" in message.text
    assert "accept" not in message.text
    assert [line.rpartition(" ")[2] for line in message.lines] == [b.reference for b in first_paid[1:]]


def test_after_a_real_move_the_new_time_is_told_and_reminded_of(
    clock: Clock, kamala: User, bishnu: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    booking = booked(kamala, service, days=3, at="10:00")
    Booking.objects.filter(pk=booking.pk).update(status="confirmed", confirmed_at=timezone.now())
    Notification.objects.all().delete()

    moved = booking_reschedule(
        booking_id=booking.pk,
        actor=bishnu,
        to=NewTime(in_days(4), booking.booking_time),  # type: ignore[arg-type]
    )

    assert heard() == [(Kind.BOOKING_RESCHEDULED, "customer")]
    message = rendered(Notification.objects.get(), "en")
    assert "cancel free of charge" in message.text
    assert dict(message.facts)["Before"].startswith("Thursday, 10 December")
    assert moved.starts_at is not None
    for day in (1, 0):
        clock.move_to(moved.starts_at - timedelta(days=1 + day))
        reminders_make(now=timezone.now())
        assert Notification.objects.filter(kind__in=REMINDERS).count() == (0 if day else 2)
