"""Cancelling or moving one booking of a series, or this and all later ones."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import events
from apps.bookings.actions import overdue_bookings_expire
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import WEEKLY, booked, in_days, series_of
from apps.bookings.tests.steps import error_of, everything
from apps.payments.audit import findings
from apps.payments.models import PaymentMethod, Refund
from apps.payments.tests.factories import paid
from apps.services.models import Service
from apps.slots.models import Reservation

Series = list[Booking]


@pytest.fixture
def series(clock: time_machine.Traveller, kamala: User, service: Service) -> Series:
    """Kamala's four weekly bookings at ten, in cash; it is Monday, eight o'clock."""
    return series_of(booked(kamala, service, recurrence=WEEKLY))


@pytest.fixture
def kamalas(client_of: ClientOf, kamala: User) -> APIClient:
    return client_of(kamala)


@pytest.fixture
def told() -> Any:
    """Collect what is said of cancelled and of moved bookings."""
    said: list[dict[str, Any]] = []

    def hear(**more: Any) -> None:
        said.append(more)

    for signal in (events.booking_cancelled, events.booking_rescheduled):
        signal.connect(hear)
    yield said
    for signal in (events.booking_cancelled, events.booking_rescheduled):
        signal.disconnect(hear)


def cancel(client: APIClient, booking: Booking, **more: Any) -> Any:
    return client.post(f"/api/bookings/{booking.pk}/cancel/", {"reason": "moving house", **more})


def move(client: APIClient, booking: Booking, at: str, *, days: int, **more: Any) -> Any:
    body = {"booking_date": in_days(days).isoformat(), "booking_time": at, "scope": "following", **more}
    return client.post(f"/api/bookings/{booking.pk}/reschedule/", body)


def states_of(series: Series) -> list[str]:
    return [Booking.objects.get(pk=booking.pk).status for booking in series]


def times_of(series: Series) -> list[str]:
    """Return when each begins: days from now, and the time."""
    found = [Booking.objects.get(pk=booking.pk) for booking in series]
    return [
        f"{(one.booking_date - in_days(0)).days} {one.booking_time:%H:%M}"
        for one in found
        if one.booking_date
    ]


@pytest.mark.parametrize("scope", [{}, {"scope": "one"}])
def test_one_is_cancelled_alone(series: Series, kamalas: APIClient, told: list[Any], scope: Any) -> None:
    assert cancel(kamalas, series[1], **scope).status_code == 200

    assert states_of(series) == ["pending", "cancelled", "pending", "pending"]
    assert [said["batch"] for said in told] == [None]


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_this_and_all_later_ones_are_cancelled(
    series: Series, client_of: ClientOf, told: list[Any], name: str, request: pytest.FixtureRequest
) -> None:
    answer = cancel(client_of(request.getfixturevalue(name)), series[1], scope="following")

    assert (answer.status_code, answer.json()["id"]) == (200, series[1].pk)
    assert states_of(series) == ["pending", "cancelled", "cancelled", "cancelled"]
    assert Reservation.objects.count() == 1
    assert len({said["batch"] for said in told} - {None}) == 1
    assert {said["booking"].pk for said in told} == {booking.pk for booking in series[1:]}


def test_later_goes_by_when_they_begin_by_now(series: Series, kamalas: APIClient) -> None:
    assert move(kamalas, series[0], "11:00", days=12, scope="one").status_code == 200

    cancel(kamalas, series[1], scope="following")

    assert states_of(series) == ["cancelled"] * 4


def test_what_can_not_be_cancelled_any_more_stays(series: Series, kamalas: APIClient) -> None:
    Booking.objects.filter(pk=series[2].pk).update(status="in_progress")

    assert cancel(kamalas, series[1], scope="following").status_code == 200

    assert states_of(series) == ["pending", "cancelled", "in_progress", "cancelled"]


def test_once_more_it_cancels_nothing_more(series: Series, kamalas: APIClient) -> None:
    cancel(kamalas, series[1], scope="following")
    before = everything()

    assert cancel(kamalas, series[1], scope="following").status_code == 200
    assert everything() == before


def test_one_that_has_begun_cancels_no_later_ones(
    series: Series, kamalas: APIClient, clock: time_machine.Traveller
) -> None:
    Booking.objects.update(status="confirmed", expires_at=None)
    clock.shift(timedelta(days=3, hours=2))
    before = everything()

    assert error_of(cancel(kamalas, series[0], scope="following"))[:2] == (409, "not_cancellable")
    assert everything() == before


def test_each_is_refunded_by_itself(
    clock: time_machine.Traveller,
    kamala: User,
    service: Service,
    kamalas: APIClient,
    methods: dict[str, PaymentMethod],
) -> None:
    draft = booked(kamala, service, days=1, at="10:00", method="khalti", recurrence=WEEKLY)
    paid(draft)
    first, second, third, last = series_of(draft)
    paid(second)
    clock.shift(timedelta(hours=4))

    assert cancel(kamalas, first, scope="following").status_code == 200

    assert states_of([first, second, third, last]) == ["cancelled"] * 4
    refunds = {refund.payment.booking_id: str(refund.amount) for refund in Refund.objects.all()}
    assert refunds == {first.pk: "750.00", second.pk: "1500.00"}
    assert not list(findings())


@pytest.mark.parametrize(
    "call", [cancel, lambda client, one, **more: move(client, one, "11:00", days=4, **more)]
)
def test_a_single_booking_is_a_series_of_one(
    clock: time_machine.Traveller,
    kamala: User,
    service: Service,
    kamalas: APIClient,
    call: Callable[..., Any],
) -> None:
    single, other = booked(kamala, service, at="12:00"), booked(kamala, service, at="14:00")

    assert call(kamalas, single, scope="following").status_code == 200

    other.refresh_from_db()
    assert (other.status, times_of([other])) == ("pending", ["3 14:00"])


@pytest.mark.parametrize("call", ["cancel", "reschedule"])
def test_another_scope_is_refused(series: Series, kamalas: APIClient, call: str) -> None:
    before = everything()
    body = {"reason": "x", "booking_date": in_days(4).isoformat(), "booking_time": "10:00", "scope": "all"}

    answer = kamalas.post(f"/api/bookings/{series[0].pk}/{call}/", body)

    assert error_of(answer) == (400, "invalid_choice", "scope")
    assert everything() == before


@pytest.mark.parametrize("call", ["cancel", "reschedule"])
@pytest.mark.parametrize("name", ["suresh", "gita"])
def test_a_stranger_finds_none_of_it(
    series: Series, client_of: ClientOf, request: pytest.FixtureRequest, name: str, call: str
) -> None:
    before = everything()
    body = {
        "reason": "x",
        "booking_date": in_days(4).isoformat(),
        "booking_time": "10:00",
        "scope": "following",
    }

    answer = client_of(request.getfixturevalue(name)).post(f"/api/bookings/{series[0].pk}/{call}/", body)

    assert answer.status_code == 404
    assert everything() == before


@pytest.mark.parametrize("name", ["kamala", "bishnu", "anita"])
def test_this_and_all_later_ones_move_by_as_many_days(
    series: Series, client_of: ClientOf, told: list[Any], name: str, request: pytest.FixtureRequest
) -> None:
    answer = move(client_of(request.getfixturevalue(name)), series[1], "14:00", days=12)

    assert (answer.status_code, answer.json()["id"]) == (200, series[1].pk)
    assert times_of(series) == ["3 10:00", "12 14:00", "19 14:00", "26 14:00"]
    assert len({said["batch"] for said in told} - {None}) == 1
    assert len(told) == 3
    assert Reservation.objects.count() == 4


@pytest.mark.parametrize(("days", "times"), [(17, ["17", "24", "31"]), (4, ["4", "11", "18"])])
def test_its_own_bookings_do_not_stand_in_its_way(
    series: Series, kamalas: APIClient, days: int, times: list[str]
) -> None:
    assert move(kamalas, series[1], "10:00", days=days).status_code == 200

    assert times_of(series[1:]) == [f"{ahead} 10:00" for ahead in times]


def test_where_one_has_no_room_none_moves_and_it_is_named(
    series: Series, kamalas: APIClient, suresh: User, service: Service
) -> None:
    booked(suresh, service, days=18, at="10:00")
    before = everything()

    answer = move(kamalas, series[0], "10:00", days=4)

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert answer.json()["occurrences"] == [
        {"date": in_days(18).isoformat(), "time": "10:00:00", "available": False}
    ]
    assert everything() == before


def test_one_that_may_not_move_any_more_keeps_all(series: Series, kamalas: APIClient) -> None:
    Booking.objects.filter(pk=series[3].pk).update(reschedule_count=3)
    before = everything()

    assert error_of(move(kamalas, series[0], "11:00", days=3))[:2] == (409, "not_reschedulable")
    assert everything() == before


def test_those_that_were_cancelled_stay_where_they_were(series: Series, kamalas: APIClient) -> None:
    cancel(kamalas, series[2])

    move(kamalas, series[0], "11:00", days=4)

    assert times_of(series) == ["4 11:00", "11 11:00", "17 10:00", "25 11:00"]


def test_the_same_time_again_changes_nothing(series: Series, kamalas: APIClient) -> None:
    move(kamalas, series[0], "11:00", days=4)
    before = everything()

    assert move(kamalas, series[0], "11:00", days=4).status_code == 200
    assert everything() == before


def test_moved_bookings_are_due_before_their_new_time(
    clock: time_machine.Traveller,
    kamala: User,
    service: Service,
    kamalas: APIClient,
    methods: dict[str, PaymentMethod],
) -> None:
    draft = booked(kamala, service, method="khalti", recurrence=WEEKLY)
    paid(draft)
    later = series_of(draft)[1:]

    assert move(kamalas, later[0], "12:00", days=12).status_code == 200

    for occurrence in series_of(draft)[1:]:
        assert occurrence.starts_at is not None
        assert occurrence.expires_at == occurrence.starts_at - timedelta(days=2)
    assert timezone.now() < min(one.expires_at for one in series_of(draft)[1:] if one.expires_at)


def test_a_bank_transfers_later_booking_may_move_before_its_old_deadline(
    clock: time_machine.Traveller,
    kamala: User,
    service: Service,
    kamalas: APIClient,
    methods: dict[str, PaymentMethod],
) -> None:
    draft = booked(kamala, service, method="bank_transfer", recurrence=WEEKLY)
    last = series_of(draft)[3]

    assert move(kamalas, last, "12:00", days=20).status_code == 200

    last.refresh_from_db()
    assert last.starts_at is not None
    assert last.expires_at == last.starts_at - timedelta(days=2)


def deadlines_of(series: Series) -> set[Any]:
    return {Booking.objects.get(pk=booking.pk).expires_at for booking in series}


@pytest.mark.parametrize("name", ["kamala", "bishnu"])
def test_a_series_in_cash_stays_one_request_when_one_of_it_moves(
    series: Series,
    client_of: ClientOf,
    name: str,
    request: pytest.FixtureRequest,
    clock: time_machine.Traveller,
    bishnu: User,
) -> None:
    deadline = series[0].expires_at
    clock.shift(timedelta(hours=10))

    client = client_of(request.getfixturevalue(name))
    assert move(client, series[1], "12:00", days=11, scope="one").status_code == 200

    assert deadlines_of(series) == {deadline}
    clock.shift(timedelta(hours=14))
    overdue_bookings_expire(now=timezone.now())
    assert states_of(series) == ["expired"] * 4


def test_one_that_moves_to_before_the_answer_hastens_it_for_all(series: Series, kamalas: APIClient) -> None:
    assert move(kamalas, series[2], "12:00", days=0, scope="one").status_code == 200

    assert deadlines_of(series) == {Booking.objects.get(pk=series[2].pk).starts_at}


def test_a_series_in_cash_that_its_customer_moves_as_a_whole_waits_anew(
    series: Series, kamalas: APIClient, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=10))

    assert move(kamalas, series[0], "12:00", days=3).status_code == 200

    assert deadlines_of(series) == {timezone.now() + timedelta(hours=24)}


def test_later_ones_that_move_wait_no_longer_than_the_first(
    series: Series, kamalas: APIClient, clock: time_machine.Traveller
) -> None:
    deadline = series[0].expires_at
    clock.shift(timedelta(hours=10))

    assert move(kamalas, series[1], "12:00", days=11).status_code == 200

    assert deadlines_of(series) == {deadline}


@pytest.mark.parametrize(("days", "at"), [(4, "10:00"), (2, "16:00")])
def test_what_moves_is_told_in_the_order_of_its_days(
    series: Series, kamalas: APIClient, told: list[Any], days: int, at: str
) -> None:
    assert move(kamalas, series[0], at, days=days).status_code == 200

    assert [said["booking"].pk for said in told] == [booking.pk for booking in series]
    starts = [said["booking"].starts_at for said in told]
    assert starts == sorted(starts)
    assert len({said["batch"] for said in told}) == 1


def test_the_preview_sums_what_cancelling_all_later_ones_gives_back(
    clock: time_machine.Traveller, kamala: User, service: Service, kamalas: APIClient
) -> None:
    Service.objects.update(late_cancellation_fee_percent=10)
    draft = booked(kamala, service, days=0, at="12:00", method="khalti", recurrence=WEEKLY)
    paid(draft)
    occurrences = series_of(draft)
    paid(occurrences[2])
    address = f"/api/bookings/{draft.pk}/cancellation-preview/"

    one = kamalas.get(address).json()
    following = kamalas.get(address, {"scope": "following"}).json()

    assert (one["cancellable"], one["refund"], one["fee"]) == (True, "1350.00", "150.00")
    assert (following["cancellable"], following["refund"], following["fee"]) == (True, "2850.00", "150.00")
    assert following["free_until"] == one["free_until"]
    assert kamalas.get(address, {"scope": "all"}).status_code == 400
    cancel(kamalas, draft, scope="following")
    assert str(sum(refund.amount for refund in Refund.objects.all())) == following["refund"]


def test_the_preview_leaves_out_what_can_not_be_cancelled(series: Series, kamalas: APIClient) -> None:
    Booking.objects.filter(pk=series[0].pk).update(status="completed")

    body = kamalas.get(f"/api/bookings/{series[0].pk}/cancellation-preview/", {"scope": "following"}).json()

    assert (body["cancellable"], body["refund"]) == (False, "0.00")
