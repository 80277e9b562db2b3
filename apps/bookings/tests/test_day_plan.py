"""The provider's plan of a day: bookings, gaps, and what to collect in cash."""

import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel, booking_confirm
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step, in_days
from apps.payments.tests.factories import paid
from apps.services.models import Service

URL = "/api/bookings/day-plan/"


@pytest.fixture(autouse=True)
def _monday(clock: time_machine.Traveller) -> None:
    pass


def plan(client: APIClient, days: int = 3, **query: Any) -> Any:
    return client.get(URL, {"date": in_days(days).isoformat(), **query}, headers={"Accept": "text/html"})


def text_of(answer: Any) -> str:
    """Return what a reader sees."""
    assert answer.status_code == 200
    body = answer.content.decode().partition("<body")[2].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_it_tells_when_who_where_and_what_to_collect(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service, at="10:00")
    booking_confirm(booking_id=booking.pk, actor=bishnu)
    booked(kamala, service, at="13:00")

    text = text_of(plan(client_of(bishnu)))

    for part in (
        "Bishnu Tamang",
        "Thursday, 2026-12-10 A.D. (24 Mangsir 2083 B.S.)",
        "2 bookings; to collect in cash: Rs 3,000.00",
        "10:00–11:00",
        "Kamala Shrestha +9779841234567",
        "Jhamsikhel, blue gate",
        booking.reference,
        "11:00–13:00 free for 2 h",
    ):
        assert part in text


def test_what_is_paid_is_not_collected_again(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service
) -> None:
    paid(draft_at_payment_step(kamala, service))
    assert "to collect in cash: Rs 0.00" in text_of(plan(client_of(bishnu)))


def test_what_will_not_take_place_is_not_on_it(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service)
    draft_at_payment_step(kamala, service, at="12:00")
    booking_cancel(booking_id=booking.pk, actor=kamala, reason="ill")

    assert "Nothing is planned for this day." in text_of(plan(client_of(bishnu)))


def test_without_a_date_it_is_todays(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service, clock: time_machine.Traveller
) -> None:
    booking = booked(kamala, service, at="14:00")
    booking_confirm(booking_id=booking.pk, actor=bishnu)
    # Midnight in Kathmandu has passed, in UTC it has not.
    clock.move_to("2026-12-09T18:30:00+00:00")

    assert booking.reference in text_of(client_of(bishnu).get(URL))


def test_what_customers_wrote_is_escaped(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service
) -> None:
    booked(kamala, service)
    Booking.objects.update(special_instructions="<script>x</script>", address="<img src=x>")

    page = plan(client_of(bishnu)).content.decode()

    assert "<script" not in page
    assert "<img" not in page


def test_it_loads_nothing_and_is_kept_by_nobody(client_of: ClientOf, bishnu: User) -> None:
    answer = plan(client_of(bishnu))

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert "@media print" in answer.content.decode()


def test_an_admin_says_whose(
    client_of: ClientOf, anita: User, bishnu: User, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service)

    assert booking.reference in text_of(plan(client_of(anita), provider=bishnu.pk))
    assert plan(client_of(anita)).status_code == 400
    assert plan(client_of(anita), provider=kamala.pk).status_code == 404


def test_a_provider_sees_his_own_alone(
    client_of: ClientOf, bishnu: User, gita: User, kamala: User, service: Service
) -> None:
    booking = booked(kamala, service)

    assert booking.reference not in text_of(plan(client_of(gita)))
    assert plan(client_of(gita), provider=bishnu.pk).status_code == 404
    assert plan(client_of(bishnu), provider=bishnu.pk).status_code == 200


def test_customers_and_strangers_see_none(client_of: ClientOf, api: APIClient, kamala: User) -> None:
    assert plan(client_of(kamala)).status_code == 403
    assert plan(api).status_code == 401


@pytest.mark.parametrize(
    "query", [{"date": "2026-13-01"}, {"date": "x"}, {"provider": "x"}, {"provider": "0"}]
)
def test_bad_input_is_told(client_of: ClientOf, bishnu: User, query: dict[str, Any]) -> None:
    answer = plan(client_of(bishnu), **query)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] == next(iter(query))


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_a_day_beyond_the_calendars_is_empty(client_of: ClientOf, bishnu: User, date: str) -> None:
    assert f"{date} A.D." in text_of(plan(client_of(bishnu), date=date))


def test_it_takes_one_query_for_any_number_of_bookings(
    client_of: ClientOf, bishnu: User, kamala: User, service: Service
) -> None:
    for hour in range(10, 16):
        booked(kamala, service, at=f"{hour}:00")
    client = client_of(bishnu)

    with CaptureQueriesContext(connection) as captured:
        assert "6 bookings" in text_of(plan(client))
    assert len(captured) == 1
