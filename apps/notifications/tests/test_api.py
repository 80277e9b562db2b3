"""`/api/notifications/`."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.notifications.kinds import Audience, Kind
from apps.notifications.models import Notification, NotificationPreference
from apps.notifications.tests.factories import told

LIST = "/api/notifications/"
PREFERENCES = f"{LIST}preferences/"
ALL_ON = {
    "email_bookings": True,
    "email_payments": True,
    "email_reminders": True,
    "email_reviews": True,
    "sms": True,
}


def test_the_list_shows_ones_own_messages_newest_first(
    clock: time_machine.Traveller, client_of: ClientOf, kamala: User, bishnu: User, booking: Booking
) -> None:
    first = told(kamala, booking, Kind.BOOKING_REQUESTED)
    clock.shift(timedelta(minutes=1))
    told(kamala, booking, Kind.BOOKING_CONFIRMED)
    told(bishnu, booking, Kind.BOOKING_REQUESTED, audience=Audience.PROVIDER)

    answer = client_of(kamala).get(LIST).json()

    assert answer.keys() == {"count", "next", "previous", "results"}
    assert [item["kind"] for item in answer["results"]] == ["booking_confirmed", "booking_requested"]
    assert answer["results"][1] == {
        "id": first.pk,
        "kind": "booking_requested",
        "title": f"We have your request: {booking.service.title}, 9 December 2026, 10:00",
        "text": "Your request is with Bishnu Tamang. We write again as soon as it is accepted. "
        "You pay in cash on the spot.",
        "booking": booking.pk,
        "created_at": "2026-12-07T08:00:00+05:45",
        "read_at": None,
    }


def test_it_speaks_the_users_language(client_of: ClientOf, kamala: User, booking: Booking) -> None:
    told(kamala, booking, Kind.BOOKING_CONFIRMED)
    kamala.language = "ne"

    (item,) = client_of(kamala).get(LIST).json()["results"]
    assert item["title"].startswith("पक्का भयो: ")


@pytest.mark.parametrize("count", [3, 20])
def test_the_list_takes_as_many_queries_for_three_as_for_twenty(
    client_of: ClientOf,
    kamala: User,
    booking: Booking,
    count: int,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    for _ in range(count):
        told(kamala, booking, bookings=2)
    with django_assert_num_queries(4):  # type: ignore[attr-defined]  # how many, which, their bookings, whose
        assert len(client_of(kamala).get(LIST).json()["results"]) == count


def test_the_unread_are_counted_listed_and_read(client_of: ClientOf, kamala: User, booking: Booking) -> None:
    client = client_of(kamala)
    first, second = told(kamala, booking), told(kamala, booking)
    assert client.get(f"{LIST}unread-count/").json() == {"unread_count": 2}

    answer = client.post(f"{LIST}{first.pk}/read/")

    assert answer.status_code == 200
    assert answer.json()["read_at"]
    assert client.post(f"{LIST}{first.pk}/read/").json()["read_at"] == answer.json()["read_at"]
    assert client.get(f"{LIST}unread-count/").json() == {"unread_count": 1}
    assert [item["id"] for item in client.get(LIST, {"unread": "true"}).json()["results"]] == [second.pk]
    assert client.get(LIST, {"unread": "false"}).json()["count"] == 2


def test_all_are_read_at_once_but_nobody_elses(
    client_of: ClientOf, kamala: User, suresh: User, booking: Booking
) -> None:
    for person in (kamala, kamala, suresh):
        told(person, booking)

    assert client_of(kamala).post(f"{LIST}read-all/").json() == {"unread_count": 0}
    assert list(Notification.objects.filter(read_at=None).values_list("recipient", flat=True)) == [suresh.pk]


def test_somebody_elses_message_is_not_found(
    client_of: ClientOf, kamala: User, suresh: User, booking: Booking
) -> None:
    notification = told(kamala, booking)

    assert client_of(suresh).post(f"{LIST}{notification.pk}/read/").status_code == 404
    assert Notification.objects.get().read_at is None


def test_an_odd_filter_is_refused(client_of: ClientOf, kamala: User) -> None:
    answer = client_of(kamala).get(LIST, {"unread": "perhaps"})
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "unread")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", LIST),
        ("get", f"{LIST}unread-count/"),
        ("post", f"{LIST}read-all/"),
        ("post", f"{LIST}1/read/"),
        ("get", PREFERENCES),
        ("patch", PREFERENCES),
    ],
)
def test_it_asks_for_a_login(api: APIClient, db: None, method: str, path: str) -> None:
    assert getattr(api, method)(path).status_code == 401


def test_everything_is_on_until_it_is_switched_off(client_of: ClientOf, kamala: User) -> None:
    client = client_of(kamala)
    assert client.get(PREFERENCES).json() == ALL_ON
    assert not NotificationPreference.objects.exists()

    answer = client.patch(PREFERENCES, {"email_reviews": False})

    assert (answer.status_code, answer.json()) == (200, {**ALL_ON, "email_reviews": False})
    assert client.patch(PREFERENCES, {"sms": False}).json()["email_reviews"] is False
    assert client.patch(PREFERENCES, {}).json() == {**ALL_ON, "email_reviews": False, "sms": False}


def test_a_switch_that_is_none_is_refused(client_of: ClientOf, kamala: User) -> None:
    answer = client_of(kamala).patch(PREFERENCES, {"sms": "perhaps"})
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "sms")


@pytest.mark.parametrize("path", [LIST, f"{LIST}unread-count/"])
def test_asking_again_is_cheap_until_something_is_new(
    client_of: ClientOf, kamala: User, booking: Booking, path: str
) -> None:
    client = client_of(kamala)
    etag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-store"

    told(kamala, booking)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200
