"""SMS through Sparrow's interface, played by a small server."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_confirm
from apps.bookings.models import Booking
from apps.notifications.actions.sending import deliveries_send
from apps.notifications.kinds import Kind
from apps.notifications.models import Channel, Delivery, NotificationPreference
from apps.notifications.sms.base import SmsError
from apps.notifications.sms.registry import sms_backend
from apps.notifications.sms.sparrow import SparrowSms
from apps.notifications.tests.factories import told, waiting
from apps.payments.tests.misbehaving_server import (
    NOT_ANSWERS,
    TOO_SLOW,
    Server,
    answering,
    misbehaving_server,
)

TAKEN = {"count": 1, "response_code": 200, "response": "1 mesages has been queued for delivery"}


@pytest.fixture
def sparrow(settings: Settings) -> Iterator[Server]:
    """Sparrow, which takes everything."""
    with misbehaving_server() as server:
        settings.SPARROW_SMS_TOKEN = "v2_a-secret-token"
        settings.SPARROW_SMS_FROM = "SewaBazaar"
        settings.SPARROW_SMS_URL = f"{server.url}v2/sms/"
        settings.GATEWAY_TIMEOUT_SECONDS = 0.5
        server.behaviours = [answering(TAKEN)]
        yield server


@pytest.fixture
def text(kamala: User, booking: Booking) -> Delivery:
    """A text to Kamala that waits in the outbox."""
    User.objects.filter(pk=kamala.pk).update(phone="+9779841234567")
    return waiting(told(kamala, booking, Kind.BOOKING_CONFIRMED), Channel.SMS)


def test_without_a_token_there_is_none(booking: Booking, bishnu: User) -> None:
    assert sms_backend() is None
    booking_confirm(booking_id=booking.pk, actor=bishnu)

    assert set(Delivery.objects.values_list("channel", flat=True)) == {"email"}


def test_the_important_events_are_texted_but_not_to_who_acted(
    sparrow: Server, booking: Booking, bishnu: User, kamala: User
) -> None:
    booking_confirm(booking_id=booking.pk, actor=bishnu)
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="Rain.")

    texts = Delivery.objects.filter(channel=Channel.SMS).select_related("notification")
    assert [(row.notification.kind, row.notification.audience) for row in texts.order_by("id")] == [
        (Kind.BOOKING_CONFIRMED, "customer"),
        (Kind.BOOKING_CANCELLED, "provider"),
    ]


def test_sparrow_gets_token_identity_ten_digits_and_the_text(
    sparrow: Server, text: Delivery, booking: Booking, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG", logger="apps"):
        assert deliveries_send(by_hand=False)["sent"] == 1

    assert parse_qs(sparrow.bodies[0]) == {
        "token": ["v2_a-secret-token"],
        "from": ["SewaBazaar"],
        "to": ["9841234567"],
        "text": [
            f"SewaBazaar: {booking.service.title} on 9 December 2026, 10:00 is confirmed. {booking.reference}"
        ],
    }
    assert sparrow.paths == ["/v2/sms/"]
    text.refresh_from_db()
    assert text.state == "sent"
    assert "9841234567" not in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (1007, "failed"),
        (1010, "failed"),
        (1011, "failed"),
        (1001, "pending"),
        (1002, "pending"),
        (1008, "pending"),
        (1012, "pending"),
    ],
)
def test_what_is_wrong_with_the_receiver_is_final_and_what_is_wrong_with_us_is_not(
    sparrow: Server, text: Delivery, code: int, state: str
) -> None:
    sparrow.behaviours = [answering({"response_code": code, "response": "for 9841234567"}, 403)]

    deliveries_send(by_hand=False)

    text.refresh_from_db()
    assert text.state == state
    assert text.last_error.startswith(f"refused: {code}")
    assert "9841234567" not in text.last_error


def test_what_no_database_keeps_is_not_stored_of_a_refusal(sparrow: Server, text: Delivery) -> None:
    sparrow.behaviours = [answering({"response_code": 1007, "response": "a\x00b\r\nc"}, 403)]
    deliveries_send(by_hand=True)
    text.refresh_from_db()
    assert text.last_error.isprintable()


@pytest.mark.parametrize("name", [*NOT_ANSWERS, *TOO_SLOW])
def test_nonsense_and_silence_put_it_off(sparrow: Server, text: Delivery, name: str) -> None:
    sparrow.behaviours = [{**NOT_ANSWERS, **TOO_SLOW}[name]]

    assert deliveries_send(by_hand=False)["put off"] == 1

    text.refresh_from_db()
    assert (text.state, text.payments) == ("pending", 1)


@pytest.mark.parametrize("phone", ["+97714123456", "+14155550100", ""])
def test_only_mobiles_of_nepal_are_texted(sparrow: Server, phone: str) -> None:
    with pytest.raises(SmsError) as raised:
        SparrowSms().send(phone=phone, text="Namaste")

    assert raised.value.permanent
    assert sparrow.paths == []


def test_who_wants_no_sms_or_has_no_phone_gets_none(
    sparrow: Server, text: Delivery, kamala: User, suresh: User, booking: Booking
) -> None:
    NotificationPreference.objects.create(user=kamala, sms=False)
    User.objects.filter(pk=suresh.pk).update(phone="")
    waiting(told(suresh, booking, Kind.BOOKING_CONFIRMED), Channel.SMS)

    assert deliveries_send(by_hand=False) == {"skipped": 2}
    assert sparrow.paths == []


def test_texts_wait_while_the_token_is_taken_away(
    sparrow: Server, text: Delivery, settings: Settings
) -> None:
    settings.SPARROW_SMS_TOKEN = ""

    assert deliveries_send(by_hand=False) == {"left waiting": 1}


def test_an_sms_in_nepali_is_in_nepali(sparrow: Server, text: Delivery, kamala: User) -> None:
    User.objects.filter(pk=kamala.pk).update(language="ne")
    deliveries_send(by_hand=False)

    assert parse_qs(sparrow.bodies[0])["text"][0].startswith("सेवाबजार: ")
