"""`roll_up_analytics`: what it leaves behind, and that it may be run anyhow."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.analytics import triggers
from apps.analytics.actions import roll_up
from apps.analytics.actions.roll_up import days_roll_up
from apps.analytics.models import BegunDay, BookedDay, DirtyDay, Family, MoneyDay, ServiceMonth
from apps.analytics.selectors import bookings_per_day, payment_methods_share, revenue_per_day, wizard_funnel
from apps.bookings.models import Booking
from apps.common.localtime import local
from apps.services.models import Service

pytestmark = pytest.mark.django_db


def rolled_up() -> str:
    output = StringIO()
    call_command("roll_up_analytics", stdout=output)
    return output.getvalue()


def test_it_says_what_it_did_and_then_has_nothing_to_do(week: Service) -> None:
    assert "2 days of booked" in rolled_up()
    assert "nothing to do" in rolled_up()


def test_run_jobs_runs_it(week: Service) -> None:
    output = StringIO()
    call_command("run_jobs", stdout=output)
    assert "roll_up_analytics: 2 days of booked" in output.getvalue()
    assert not DirtyDay.objects.exists()


def test_a_day_has_a_row_for_everybody_and_each_group(week: Service, bishnu: User, gita: User) -> None:
    days_roll_up()
    on_tuesday = BookedDay.objects.filter(day="2026-12-08")
    city = Booking.objects.filter(city__isnull=False).first()
    assert city
    assert set(on_tuesday.values_list("scope", flat=True)) == {
        "all",
        f"provider-{bishnu.pk}",
        f"provider-{gita.pk}",
        f"category-{week.category_id}",
        f"city-{city.city_id}",
        f"category-{week.category_id}-city-{city.city_id}",
    }
    assert MoneyDay.objects.filter(scope="all", method="cash").exists()
    assert BegunDay.objects.filter(scope="all", day="2026-12-07").exists()
    assert ServiceMonth.objects.filter(service_id=week.pk, month="2026-12-01", bookings=2).exists()


def test_what_was_wrong_is_healed_when_its_day_changes(week: Service) -> None:
    days_roll_up()
    BookedDay.objects.update(completed=7)
    Booking.objects.filter(status="cancelled").update(status="rejected")
    days_roll_up()
    healed = BookedDay.objects.filter(scope="all", day="2026-12-09").values("completed", "rejected").get()
    assert healed == {"completed": None, "rejected": 1}


def test_all_counts_everything_anew(week: Service) -> None:
    days_roll_up()
    BookedDay.objects.update(completed=7)
    call_command("roll_up_analytics", everything=True, stdout=StringIO())
    assert set(BookedDay.objects.filter(scope="all").values_list("completed", flat=True)) == {1, None}


def test_all_takes_away_days_that_have_nothing_any_more(week: Service) -> None:
    days_roll_up()
    cancelled = Booking.objects.get(status="cancelled")
    triggers.remove(connection)
    Booking.objects.filter(pk=cancelled.pk).update(booking_date="2027-01-04")
    triggers.install(connection)

    call_command("roll_up_analytics", everything=True, stdout=StringIO())

    days = BookedDay.objects.filter(scope="all", cancelled=1).values_list("day", flat=True)
    assert [str(day) for day in days] == ["2027-01-04"]
    assert sum(ServiceMonth.objects.values_list("bookings", flat=True)) == Booking.objects.count()


def test_all_counts_by_another_zones_days(week: Service, settings: Settings) -> None:
    days_roll_up()
    settings.TIME_ZONE = "America/New_York"
    call_command("roll_up_analytics", everything=True, stdout=StringIO())
    begun = BegunDay.objects.filter(scope="all").values_list("day", "begun")
    assert [(str(day), count) for day, count in begun] == [("2026-12-06", 3)]


def test_a_machine_that_finds_another_at_it_says_so(week: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(family: Family) -> list[date]:
        raise roll_up.AnotherRollsUp

    monkeypatch.setattr(roll_up, "_batch", elsewhere)
    assert "another machine is at it" in rolled_up()


def test_a_change_that_no_figure_depends_on_leaves_no_mark(week: Service) -> None:
    days_roll_up()
    Booking.objects.update(special_instructions="Ring twice.", expires_at=None)
    assert not DirtyDay.objects.exists()


def test_one_that_was_stopped_goes_on_where_it_was(week: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_up, "DAYS_AT_ONCE", 1)
    batches: list[int] = []

    def stop(days: int) -> None:
        batches.append(days)
        if len(batches) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        days_roll_up(progress=stop)
    assert batches == [1, 1]
    assert sum(days_roll_up().values()) > 0
    assert not DirtyDay.objects.exists()


def test_a_booking_that_moves_leaves_its_old_day_dirty_too(week: Service) -> None:
    days_roll_up()
    booking = Booking.objects.get(status="cancelled")
    assert booking.booking_date
    Booking.objects.filter(pk=booking.pk).update(booking_date="2027-01-04")
    marked = DirtyDay.objects.filter(family="booked").values_list("day", flat=True)
    assert {str(day) for day in marked} == {str(booking.booking_date), "2027-01-04"}


def test_triggers_come_back_where_sqlite_made_a_table_anew(week: Service) -> None:
    days_roll_up()
    with connection.cursor() as cursor:
        on_table = " ON bookings_booking" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER analytics_booking_changed{on_table}")
    triggers.install(connection)
    triggers.install(connection)
    Booking.objects.update(status="rejected")
    assert DirtyDay.objects.exists()


def test_charts_take_one_statement_each_or_two(
    week: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    day = local(Booking.objects.get(status="completed").starts_at).date()  # type: ignore[arg-type]
    calls: list[Any] = [
        lambda: bookings_per_day(day, day),
        lambda: revenue_per_day(day, day),
        wizard_funnel,
        payment_methods_share,
    ]
    for expected in (2, 1):
        for call in calls:
            with django_assert_num_queries(expected):
                assert call()
        days_roll_up()
    (bookings,) = bookings_per_day(day, day)
    assert (bookings.bookings, bookings.by_status["completed"]) == (2, 1)
    assert [(share.method, share.paid, share.share) for share in payment_methods_share()] == [
        ("cash", 1, 1.0)
    ]
