"""`GET /api/bookings/booking-analytics/`."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.tests.fixtures import BAD_DAYS, ClientOf, Clock, lines_of
from apps.bookings.actions import booking_complete, booking_start
from apps.bookings.models import Booking
from apps.bookings.tests.factories import WEEKLY, booked
from apps.services.models import Service
from apps.services.tests.factories import CategoryFactory, CityFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/bookings/booking-analytics/"
BAD = [
    *BAD_DAYS,
    {"service": "x"},
    {"service": "999999"},
    {"service": str(10**30)},
    {"city": "atlantis"},
    {"city": "9" * 60},
    {"category": "nothing"},
]
NARROWED = ("from", "to", "group_by", "service", "provider", "city", "category", "export")


@pytest.fixture
def ask(ask: Callable[..., Any]) -> Callable[..., Any]:
    return lambda user, **query: ask(user, ADDRESS, **query)


def test_a_customer_sees_his_own_bookings_in_figures(week: Service, kamala: User, ask: Any) -> None:
    figures = ask(kamala)

    counts = (figures["total_bookings"], figures["completed_bookings"], figures["cancelled_bookings"])
    assert counts == (2, 1, 1)
    assert figures["completion_rate"] == 50.0
    assert figures["rates"]["cancellation"] == {
        "percent": 50.0,
        "count": 1,
        "denominator": 2,
        "of": "total_bookings",
    }
    assert figures["total_revenue"] == figures["revenue"]["paid"] == "1500.00"
    assert figures["average_value"] == "1500.00"
    # From the day on which the first was begun.
    assert (figures["from"], figures["to"], figures["group_by"]) == ("2026-12-07", "2026-12-09", "day")


def test_a_provider_sees_those_of_his_own_services(week: Service, bishnu: User, gita: User, ask: Any) -> None:
    assert ask(bishnu)["total_bookings"] == 2
    others = ask(gita)
    assert (others["total_bookings"], others["confirmed_bookings"], others["total_revenue"]) == (1, 1, "0.00")
    assert (others["revenue"]["outstanding"], others["revenue"]["outstanding_bookings"]) == ("1500.00", 1)


def test_an_admin_sees_all_or_one_providers(week: Service, anita: User, gita: User, ask: Any) -> None:
    assert ask(anita)["total_bookings"] == 3
    assert ask(anita, provider=gita.pk)["total_bookings"] == 1


def test_figures_stay_what_they_are_when_they_are_rolled_up(
    week: Service, kamala: User, bishnu: User, anita: User, ask: Any
) -> None:
    before = [ask(user) for user in (kamala, bishnu, anita)]
    days_roll_up()
    assert [ask(user) for user in (kamala, bishnu, anita)] == before


def test_what_happens_after_the_roll_up_is_seen_at_once(
    week: Service, clock: Clock, gita: User, anita: User, ask: Any
) -> None:
    days_roll_up()
    late = Booking.objects.get(provider=gita)
    booking_start(booking_id=late.pk, actor=gita)
    booking_complete(booking_id=late.pk, actor=gita)
    assert ask(anita, **{"from": "2026-12-08", "to": "2026-12-08"})["completed_bookings"] == 2
    assert ask(anita, **{"from": "2026-12-11", "to": "2026-12-11"})["total_revenue"] == "1500.00"


def test_days_narrow_by_appointment(week: Service, kamala: User, ask: Any) -> None:
    figures = ask(kamala, **{"from": "2026-12-09", "to": "2026-12-09"})
    assert (figures["total_bookings"], figures["cancelled_bookings"], figures["total_revenue"]) == (
        1,
        1,
        "0.00",
    )


def test_service_category_and_city_narrow(week: Service, anita: User, ask: Any) -> None:
    CategoryFactory(slug="plumbing")
    CityFactory(slug="pokhara")
    assert ask(anita, service=week.pk)["total_bookings"] == 2
    assert ask(anita, category="Cleaning", city="kathmandu")["total_bookings"] == 3
    assert ask(anita, category="plumbing")["total_bookings"] == 0
    assert ask(anita, city="POKHARA")["total_bookings"] == 0


def test_funnel_lead_time_and_hours(week: Service, kamala: User, ask: Any) -> None:
    figures = ask(kamala)
    steps = [(step["step"], step["reached"], step["left"], step["open"]) for step in figures["funnel"]]
    assert steps[0] == ("service_selection", 2, 0, 0)
    assert steps[-1] == ("confirmation", 2, 0, 0)
    # From Monday at eight: 26 hours, and 52.
    assert (figures["lead_time"]["count"], figures["lead_time"]["mean_hours"]) == (2, 39.0)
    assert figures["busiest_hours"] == [{"hour": 10, "bookings": 1}, {"hour": 12, "bookings": 1}]
    assert figures["busiest_weekdays"] == [{"weekday": 1, "bookings": 1}, {"weekday": 2, "bookings": 1}]


def test_an_abandoned_draft_shows_where_it_was_left(
    clock: Clock, kamala: User, wizard: Any, ask: Any
) -> None:
    wizard.choose_service()
    reached = {step["step"]: (step["reached"], step["left"], step["open"]) for step in ask(kamala)["funnel"]}
    assert reached["service_selection"] == (1, 0, 1)
    assert reached["datetime_selection"] == (0, 0, 0)


def test_all_time_is_the_span_that_the_answer_says(week: Service, anita: User, ask: Any) -> None:
    figures = ask(anita)
    assert ask(anita, **{"from": figures["from"], "to": figures["to"]}) == figures


def test_nobody_went_through_the_steps_for_later_bookings_of_a_series(
    clock: Clock, kamala: User, service: Service, ask: Any
) -> None:
    booked(kamala, service, recurrence=WEEKLY)
    figures = ask(kamala)
    assert figures["total_bookings"] == figures["lead_time"]["count"] == 4
    assert {step["reached"] for step in figures["funnel"]} == {1}


@pytest.mark.parametrize("day", ["2000-01-01", "2100-12-31"])
def test_the_first_and_the_last_day_may_be_named(week: Service, anita: User, ask: Any, day: str) -> None:
    figures = ask(anita, **{"from": day, "to": day})
    assert (figures["from"], figures["to"], figures["total_bookings"]) == (day, day, 0)


def test_a_second_booking_is_a_repeat(week: Service, kamala: User, ask: Any) -> None:
    assert ask(kamala)["repeat"]["count"] == 1


def test_top_services_come_by_bookings(week: Service, anita: User, ask: Any) -> None:
    for _ in range(2):
        top = ask(anita)["top_services"]
        assert (top[0]["service"], top[0]["bookings"], top[0]["completed"]) == (week.pk, 2, 1)
        assert len(top) == 2
        days_roll_up()


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        ("day", ["2026-12-01", "2026-12-02", "2026-12-03"]),
        ("week", ["2026-12-01", "2026-12-07"]),
        ("month", ["2026-12-01", "2027-01-01"]),
    ],
)
def test_the_series_has_every_period(
    week: Service, anita: User, ask: Any, group_by: str, expected: list[str]
) -> None:
    last = {"day": "2026-12-03", "week": "2026-12-13", "month": "2027-01-31"}[group_by]
    series = ask(anita, group_by=group_by, **{"from": "2026-12-01", "to": last})["series"]
    assert [period["from"] for period in series] == expected
    assert series[-1]["to"] == last
    total = 0 if group_by == "day" else 3
    assert sum(period["total_bookings"] for period in series) == total


def test_nothing_booked_is_noughts_and_nulls(clock: Clock, kamala: User, ask: Any) -> None:
    figures = ask(kamala)
    assert (figures["total_bookings"], figures["completion_rate"], figures["average_value"]) == (
        0,
        None,
        None,
    )
    assert figures["lead_time"]["median_hours"] is None
    assert figures["total_revenue"] == "0.00"


def test_midnight_is_that_of_kathmandu(clock: Clock, kamala: User, service: Service, ask: Any) -> None:
    # 23:59:59 on the 7th, and midnight.
    for moment in (datetime(2026, 12, 7, 18, 14, 59, tzinfo=UTC), datetime(2026, 12, 7, 18, 15, tzinfo=UTC)):
        clock.move_to(moment)
        booked(kamala, service, days=3, at=f"1{moment.minute % 7}:00")
    begun = ask(kamala, **{"from": "2026-12-08", "to": "2026-12-08"})["funnel"][0]["reached"]
    assert begun == 1


def test_without_login_401(api: APIClient) -> None:
    assert api.get(ADDRESS).status_code == 401


@pytest.mark.parametrize("query", BAD)
def test_bad_questions_are_400_in_the_apis_shape(
    week: Service, anita: User, client_of: ClientOf, query: Any
) -> None:
    answer = client_of(anita).get(ADDRESS, query)
    assert answer.status_code == 400
    body = answer.json()
    assert body["type"] == "validation_error"
    assert body["errors"][0]["attr"] in NARROWED


def test_ten_years_by_month_are_answered(week: Service, anita: User, ask: Any) -> None:
    figures = ask(anita, **{"from": "2017-01-01", "to": "2026-12-31"})
    assert (figures["group_by"], len(figures["series"]), figures["total_bookings"]) == ("month", 120, 3)


def test_others_providers_and_services_are_as_unknown(
    week: Service, kamala: User, bishnu: User, gita: User, client_of: ClientOf
) -> None:
    assert client_of(kamala).get(ADDRESS, {"provider": bishnu.pk}).status_code == 400
    assert client_of(gita).get(ADDRESS, {"provider": bishnu.pk}).status_code == 400
    assert client_of(gita).get(ADDRESS, {"service": week.pk}).status_code == 400
    assert client_of(gita).get(ADDRESS, {"provider": gita.pk}).status_code == 200


def test_a_customer_does_not_learn_the_commission(
    week: Service, kamala: User, bishnu: User, ask: Any
) -> None:
    own = ask(kamala)["revenue"]
    assert (own["commission"], own["net"]) == (None, "1500.00")
    assert ask(bishnu)["revenue"]["commission"] is not None


def test_a_file_has_a_line_a_period(week: Service, kamala: User, client_of: ClientOf) -> None:
    answer = client_of(kamala).get(ADDRESS, {"export": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="booking-analytics.csv"'
    lines = lines_of(answer)
    assert lines[0].startswith("from,to,total_bookings,pending_bookings")
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["2026-12-07", "2026-12-07", "0"],
        ["2026-12-08", "2026-12-08", "1"],
        ["2026-12-09", "2026-12-09", "1"],
    ]


def test_six_queries_at_most(
    week: Service,
    login: Callable[[User], APIClient],
    kamala: User,
    bishnu: User,
    anita: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    everything: dict[str, Any] = {"service": week.pk, "category": "cleaning", "city": "kathmandu"}
    for user in (kamala, bishnu, anita):
        for query in ({}, everything, {**everything, "provider": bishnu.pk} if user == anita else {}):
            client = login(user)
            with django_assert_max_num_queries(6):
                assert client.get(ADDRESS, query).status_code == 200


def test_the_number_of_queries_does_not_grow_with_bookings(
    week: Service,
    login: Callable[[User], APIClient],
    suresh: User,
    anita: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = login(anita)
    with django_assert_num_queries(5):
        client.get(ADDRESS)
    for days in (1, 2, 3):
        booked(suresh, week, days=days, at="15:00")
    with django_assert_num_queries(5):
        client.get(ADDRESS)
    days_roll_up()
    with django_assert_num_queries(4):
        client.get(ADDRESS)
