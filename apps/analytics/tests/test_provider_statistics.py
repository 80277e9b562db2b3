"""`GET /api/bookings/provider-statistics/`, and what of it everybody sees."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.tests.fixtures import BAD_DAYS, ClientOf, Clock, lines_of
from apps.bookings.actions import booking_cancel, booking_confirm, booking_reject, overdue_bookings_expire
from apps.bookings.models import Booking, Review
from apps.bookings.tests.factories import WEEKLY, booked
from apps.payments.tests.factories import paid
from apps.services.models import Service
from apps.slots.models import TimeOff, WorkingHours

pytestmark = pytest.mark.django_db
ADDRESS = "/api/bookings/provider-statistics/"
Ask = Callable[..., Any]


def test_a_provider_sees_his_own_work_in_figures(week: Service, bishnu: User, ask: Ask) -> None:
    for _ in range(2):
        figures = ask(bishnu, ADDRESS)
        assert figures["provider"] == bishnu.pk
        assert (figures["total_bookings"], figures["completed_bookings"]) == (2, 1)
        assert (figures["cancelled_bookings"], figures["completion_rate"]) == (1, 50.0)
        assert figures["total_revenue"] == figures["earnings"]["gross"] == "1500.00"
        assert figures["rates"]["on_time_start"]["percent"] == 100.0
        days_roll_up()


def test_another_providers_work_is_not_his(
    week: Service, gita: User, bishnu: User, client_of: ClientOf
) -> None:
    own = client_of(gita).get(ADDRESS).json()
    assert (own["provider"], own["total_bookings"], own["earnings"]["gross"]) == (gita.pk, 1, "0.00")
    assert client_of(gita).get(ADDRESS, {"provider": bishnu.pk}).status_code == 400


def test_an_admin_sees_one_or_all(week: Service, anita: User, gita: User, ask: Ask) -> None:
    assert ask(anita, ADDRESS)["total_bookings"] == 3
    one = ask(anita, ADDRESS, provider=gita.pk)
    assert (one["provider"], one["total_bookings"]) == (gita.pk, 1)


def test_a_customer_may_not(week: Service, kamala: User, client_of: ClientOf, api: APIClient) -> None:
    assert client_of(kamala).get(ADDRESS).status_code == 403
    assert api.get(ADDRESS).status_code == 401


@pytest.mark.parametrize(
    "address", [ADDRESS, "/api/bookings/booking-analytics/", "/api/payments/payment-analytics/"]
)
def test_an_admin_of_a_group_sees_what_its_rights_let_him(
    week: Service, anita: User, client_of: ClientOf, address: str
) -> None:
    anita.is_superuser = False
    anita.save()
    anita.groups.add(Group.objects.create(name="Translators"))
    assert client_of(anita).get(address).status_code == 403


def test_a_customers_id_is_no_providers(
    week: Service, kamala: User, anita: User, client_of: ClientOf
) -> None:
    assert client_of(anita).get(ADDRESS, {"provider": kamala.pk}).status_code == 400


@pytest.mark.parametrize("query", BAD_DAYS)
def test_bad_questions_are_400(
    week: Service, anita: User, client_of: ClientOf, query: dict[str, str]
) -> None:
    answer = client_of(anita).get(ADDRESS, query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["attr"] in query


def test_response_time_and_acceptance(
    clock: Clock, kamala: User, bishnu: User, service: Service, ask: Ask
) -> None:
    first, second, third = (booked(kamala, service, at=at) for at in ("10:00", "12:00", "14:00"))
    clock.shift(timedelta(minutes=45))
    booking_confirm(booking_id=first.pk, actor=bishnu)
    clock.shift(timedelta(minutes=60))
    booking_reject(booking_id=second.pk, actor=bishnu, reason="ill")
    Booking.objects.filter(pk=third.pk).update(status="expired")

    figures = ask(bishnu, ADDRESS)

    response = figures["response_time"]
    assert (response["count"], response["mean_minutes"], response["bucket_minutes"]) == (2, 75.0, 30.0)
    # Half of the answers lie in the bucket from 30 to 60 minutes.
    assert (response["median_minutes"], response["p90_minutes"]) == (60.0, 114.0)
    assert figures["rates"]["acceptance"] == {
        "percent": 33.33,
        "count": 1,
        "denominator": 3,
        "of": "requests that waited for the provider's answer",
    }


def test_an_admins_answer_is_not_the_providers(
    clock: Clock, kamala: User, bishnu: User, anita: User, service: Service, ask: Ask
) -> None:
    booking_reject(booking_id=booked(kamala, service).pk, actor=anita, reason="closed")
    figures = ask(bishnu, ADDRESS)
    assert (figures["rates"]["acceptance"]["denominator"], figures["response_time"]["count"]) == (0, 0)


def test_cancelling_what_one_was_asked_for_declines_it(
    clock: Clock, kamala: User, bishnu: User, service: Service, ask: Ask
) -> None:
    booking_cancel(booking_id=booked(kamala, service).pk, actor=bishnu, reason="ill")
    acceptance = ask(bishnu, ADDRESS)["rates"]["acceptance"]
    assert (acceptance["count"], acceptance["denominator"]) == (0, 1)


def test_a_booking_whose_money_alone_was_missing_is_no_unanswered_request(
    clock: Clock, kamala: User, bishnu: User, service: Service, ask: Ask
) -> None:
    first = booked(kamala, service, method="khalti", recurrence=WEEKLY)
    paid(first)
    later = Booking.objects.filter(series__isnull=False, status="pending")
    assert later.update(expires_at=timezone.now()) == 3
    assert overdue_bookings_expire(now=timezone.now()) == 3
    figures = ask(bishnu, ADDRESS)
    assert (figures["expired_bookings"], figures["rates"]["acceptance"]["denominator"]) == (3, 0)


def test_a_century_off_is_taken_off_like_a_day(week: Service, bishnu: User, ask: Ask) -> None:
    hundred_years = {"from": "2000-01-01", "to": "2100-12-31", "group_by": "month"}
    moment = timezone.now()
    TimeOff.objects.bulk_create(
        TimeOff(provider=bishnu, starts_at=moment, ends_at=moment + timedelta(days=36_500)) for _ in range(60)
    )
    offered = ask(bishnu, ADDRESS, **hundred_years)["utilisation"]["offered_hours"]
    # Seven hours on each day until today, when it begins before they do.
    assert offered == 7 * (timezone.localdate() - date(2000, 1, 1)).days


def test_ratings_with_their_distribution(week: Service, kamala: User, bishnu: User, ask: Ask) -> None:
    for booking, stars in zip(Booking.objects.filter(customer=kamala), (5, 4), strict=True):
        Review.objects.create(booking=booking, service=week, customer=kamala, rating=stars, is_counted=True)
    assert ask(bishnu, ADDRESS)["ratings"] == {
        "average": "4.50",
        "count": 2,
        "distribution": {"1": 0, "2": 0, "3": 0, "4": 1, "5": 1},
    }


def test_utilisation_is_time_taken_of_time_offered(week: Service, bishnu: User, ask: Ask) -> None:
    hours = WorkingHours.objects.filter(staff__provider=bishnu, weekday=1).get()
    assert (hours.start_time.hour, hours.end_time.hour) == (10, 17)
    tuesday = {"from": "2026-12-08", "to": "2026-12-08"}
    one_of_seven = ask(bishnu, ADDRESS, **tuesday)["utilisation"]
    assert one_of_seven == {"offered_hours": 7.0, "booked_hours": 1.0, "percent": 14.29}

    booking = Booking.objects.filter(provider=bishnu, status="completed").get()
    assert booking.starts_at
    TimeOff.objects.create(
        provider=bishnu,
        starts_at=booking.starts_at + timedelta(hours=2),
        ends_at=booking.starts_at + timedelta(hours=30),
    )
    assert ask(bishnu, ADDRESS, **tuesday)["utilisation"]["offered_hours"] == 2.0


def test_a_file_has_a_line_a_period(week: Service, bishnu: User, client_of: ClientOf) -> None:
    lines = lines_of(client_of(bishnu).get(ADDRESS, {"export": "csv", "group_by": "month"}))
    assert lines[0].endswith("paid,refunded,net")
    assert lines[1].startswith("2026-12-08,2026-12-09,2,")


@pytest.mark.parametrize("accept", ["text/csv", "text/html", "application/json"])
def test_the_file_is_sent_whatever_the_caller_says_he_accepts(
    week: Service, bishnu: User, client_of: ClientOf, accept: str
) -> None:
    answer = client_of(bishnu).get(ADDRESS, {"export": "csv"}, HTTP_ACCEPT=accept)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_six_queries_at_most(
    week: Service,
    login: Callable[[User], APIClient],
    bishnu: User,
    anita: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for user, query in ((bishnu, {}), (anita, {}), (anita, {"provider": bishnu.pk})):
        client = login(user)
        with django_assert_max_num_queries(6):
            assert client.get(ADDRESS, query).status_code == 200


def test_everybody_sees_a_part_of_it(week: Service, bishnu: User, api: APIClient) -> None:
    page = api.get(f"/api/providers/{bishnu.pk}/").json()
    assert page["completed_bookings"] == 1
    assert (page["completion_percent"], page["on_time_percent"]) == (50.0, 100.0)
    assert (page["acceptance_percent"], page["response_minutes_median"]) == (100.0, 45)
    assert "earnings" not in page
