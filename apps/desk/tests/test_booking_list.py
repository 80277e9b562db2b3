"""The list of bookings: what narrows it, and that it stays as quick with more of them."""

import html
import re

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.bookings.actions import booking_cancel
from apps.bookings.models import Booking
from apps.bookings.tests.factories import booked, draft_at_payment_step
from apps.payments.tests.factories import paid
from apps.services.models import Service

LIST = "/admin/bookings/booking/"


def shown(client: Client, **query: str) -> set[int]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    return {booking.pk for booking in answer.context["cl"].result_list}


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "Kamala"},
        {"q": " kamala@EXAMPLE.com "},
        {"q": "Bishnu"},
        {"status__exact": "pending"},
        {"payment_method": "cash"},
        {"payment_status": "pending"},
        {"when": "week"},
    ],
)
def test_the_list_is_searched_and_filtered(support: Client, booking: Booking, query: dict[str, str]) -> None:
    assert shown(support, **query) == {booking.pk}


@pytest.mark.parametrize(
    "query",
    [
        {"q": "Suresh"},
        {"q": "%"},
        {"status__exact": "cancelled"},
        {"payment_method": "khalti"},
        {"when": "today"},
        {"booking_date_to": "2020-01-01"},
        {"created_at_from": "2199-01-01"},
    ],
)
def test_what_does_not_fit_is_not_shown(support: Client, booking: Booking, query: dict[str, str]) -> None:
    assert shown(support, **query) == set()


@pytest.mark.parametrize("query", [{"when": "x"}, {"waits": "x"}, {"payment_status": "\x01"}])
def test_a_filter_of_nonsense_is_no_error(support: Client, booking: Booking, query: dict[str, str]) -> None:
    assert support.get(LIST, query).status_code == 200


@pytest.mark.parametrize("day", ["x", "2026-13-40", "9999-12-31"])
@pytest.mark.parametrize("address", [LIST, f"{LIST}export/"])
def test_what_is_no_day_leads_back_to_the_list(support: Client, address: str, day: str) -> None:
    answer = support.get(address, {"booking_date_from": day})
    assert answer.status_code == 302
    assert answer["Location"].endswith("?e=1")


@pytest.mark.parametrize("name", ["status__exact", "payment_method", "q"])
def test_a_character_that_is_in_no_text_is_a_bad_request(support: Client, name: str) -> None:
    assert support.get(LIST, {name: "\0"}).status_code == 400


def test_counts_of_whole_tables_are_not_to_be_had(support: Client, booking: Booking) -> None:
    taken = []
    for query in ({}, {}, {"_facets": "True"}):
        with CaptureQueriesContext(connection) as captured:
            assert support.get(LIST, query).status_code == 200
        taken.append(len(captured))
    assert taken[1] == taken[2]


def test_a_booking_is_found_by_its_reference_in_any_case(support: Client, booking: Booking) -> None:
    assert shown(support, q=booking.reference.lower()) == {booking.pk}


def test_a_booking_is_found_by_the_callers_phone(support: Client, booking: Booking) -> None:
    assert shown(support, q=booking.customer.phone.removeprefix("+977")) == {booking.pk}


def test_days_are_local_ones(support: Client, booking: Booking) -> None:
    day = str(booking.booking_date)
    assert shown(support, booking_date_from=day, booking_date_to=day) == {booking.pk}


def dates_offered(client: Client, **query: str) -> list[str]:
    page = html.unescape(client.get(LIST, query).content.decode())
    (dates,) = re.findall(r'<ul class="toplinks.*?</ul>', page, re.DOTALL)
    return re.findall(r'href="\?([^"]*)"', dates)


def test_the_list_is_narrowed_by_year_month_and_day(
    clock: time_machine.Traveller, support: Client, kamala: User, service: Service
) -> None:
    december, january = booked(kamala, service, days=1), booked(kamala, service, days=30)
    assert dates_offered(support) == ["booking_date__year=2026", "booking_date__year=2027"]
    back, month = dates_offered(support, booking_date__year="2027")
    assert (back, month) == ("", "booking_date__month=1&booking_date__year=2027")
    assert shown(support, booking_date__year="2026") == {december.pk}
    assert shown(support, booking_date__year="2027", booking_date__month="1") == {january.pk}


@pytest.mark.parametrize("year", ["x", "0", "9999", "-1"])
def test_a_year_of_nonsense_leads_back_to_the_list(support: Client, booking: Booking, year: str) -> None:
    assert support.get(LIST, {"booking_date__year": year}).status_code == 302


def test_the_list_takes_the_same_queries_for_any_number_of_bookings(
    support: Client, kamala: User, service: Service
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert support.get(LIST).status_code == 200
        return len(captured)

    booked(kamala, service, at="10:00")
    with_one = queries()
    for hour in range(11, 17):
        booked(kamala, service, at=f"{hour}:00")
    # Three of them have PostgreSQL plan the others for their values.
    assert queries() == with_one <= 13


def test_the_list_names_states_and_methods_in_words(
    support: Client, kamala: User, anita: User, service: Service
) -> None:
    booking = draft_at_payment_step(kamala, service)
    paid(booking)
    booking_cancel(booking_id=booking.pk, actor=anita, reason="flooded road")

    content = support.get(LIST).content.decode()

    for words in (">Cancelled<", ">Refund pending<", ">Khalti<"):
        assert words in content
    assert "refund_pending<" not in content
