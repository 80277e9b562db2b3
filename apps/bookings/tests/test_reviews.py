"""Who reviews which booking, how long it can be changed, and who answers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings import actions
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking, BookingStatus, Review
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import error_of
from apps.services.models import Service
from apps.services.tests.factories import ServiceFactory

GOOD = {"rating": 5, "comment": "Spotless."}


def url(booking: Booking) -> str:
    return f"/api/bookings/{booking.pk}/review/"


def answer_url(booking: Booking) -> str:
    return f"{url(booking)}answer/"


def completed(booking: Booking, clock: time_machine.Traveller) -> Booking:
    """Let a booking take place."""
    assert booking.starts_at is not None
    assert booking.ends_at is not None
    actions.booking_confirm(booking_id=booking.pk, actor=booking.provider)
    clock.move_to(booking.starts_at)
    actions.booking_start(booking_id=booking.pk, actor=booking.provider)
    clock.move_to(booking.ends_at)
    return actions.booking_complete(booking_id=booking.pk, actor=booking.provider)


@pytest.fixture
def booking(kamala: User, service: Service, clock: time_machine.Traveller) -> Booking:
    """A booking at Kamala's that has just ended."""
    return completed(booked(kamala, service), clock)


@pytest.fixture
def reviewed(booking: Booking, client_of: ClientOf, kamala: User) -> Booking:
    """The same, with five stars from her."""
    assert client_of(kamala).post(url(booking), GOOD).status_code == 201
    return booking


def test_a_customer_reviews_a_booking(client_of: ClientOf, kamala: User, booking: Booking) -> None:
    answer = client_of(kamala).post(url(booking), GOOD)

    review = answer.json()
    assert answer.status_code == 201
    assert (review["booking"], review["service"]) == (booking.pk, booking.service_id)
    assert (review["rating"], review["comment"], review["customer_name"]) == (5, "Spotless.", "Kamala")
    assert (review["answer"], review["answered_at"], review["edited_at"]) == ("", None, None)
    assert review["created_at"] == "2026-12-10T11:00:00+05:45"
    assert review["editable_until"] == "2026-12-17T11:00:00+05:45"


def test_the_people_of_the_booking_read_it(
    client_of: ClientOf, kamala: User, bishnu: User, anita: User, reviewed: Booking
) -> None:
    for user in (kamala, bishnu, anita):
        assert client_of(user).get(url(reviewed)).json()["rating"] == 5


def test_before_there_is_one_it_is_not_found(
    client_of: ClientOf, kamala: User, bishnu: User, booking: Booking
) -> None:
    assert error_of(client_of(kamala).get(url(booking)))[:2] == (404, "not_found")
    assert error_of(client_of(kamala).patch(url(booking), GOOD))[:2] == (404, "not_found")
    assert error_of(client_of(bishnu).post(answer_url(booking), {"text": "Thanks"}))[:2] == (404, "not_found")


def test_without_a_login(api: APIClient, reviewed: Booking) -> None:
    for answer in (api.get(url(reviewed)), api.post(url(reviewed), GOOD), api.patch(url(reviewed), GOOD)):
        assert answer.status_code == 401
    assert api.post(answer_url(reviewed), {"text": "Thanks"}).status_code == 401


def test_somebody_elses_is_not_found(
    client_of: ClientOf, suresh: User, gita: User, reviewed: Booking
) -> None:
    stranger, provider = client_of(suresh), client_of(gita)
    for answer in (
        stranger.get(url(reviewed)),
        stranger.post(url(reviewed), GOOD),
        stranger.patch(url(reviewed), GOOD),
        provider.get(url(reviewed)),
        provider.post(answer_url(reviewed), {"text": "Thanks"}),
    ):
        assert error_of(answer)[:2] == (404, "not_found")


def test_only_customers_review_and_only_providers_answer(
    client_of: ClientOf, kamala: User, bishnu: User, anita: User, booking: Booking
) -> None:
    for user in (bishnu, anita):
        assert client_of(user).post(url(booking), GOOD).status_code == 403
        assert client_of(user).patch(url(booking), GOOD).status_code == 403
    for user in (kamala, anita):
        assert client_of(user).post(answer_url(booking), {"text": "Thanks"}).status_code == 403


@pytest.mark.parametrize(
    "status", [status for status in BookingStatus if status not in ("completed", "no_show")]
)
def test_only_what_is_over_is_reviewed(
    client_of: ClientOf, kamala: User, booking: Booking, status: str
) -> None:
    Booking.objects.filter(pk=booking.pk).update(status=status)

    assert error_of(client_of(kamala).post(url(booking), GOOD))[:2] == (409, "invalid_transition")
    assert not Review.objects.exists()


def test_a_booking_is_reviewed_once(client_of: ClientOf, kamala: User, reviewed: Booking) -> None:
    for body in (GOOD, {"rating": 1}):
        assert error_of(client_of(kamala).post(url(reviewed), body))[:2] == (409, "invalid_transition")
    assert Review.objects.get().rating == 5


@pytest.mark.parametrize("rating", [0, 6, -1, 4.5, "good", True, None, 10**30])
def test_ratings_go_from_one_to_five(
    client_of: ClientOf, kamala: User, booking: Booking, rating: object
) -> None:
    assert error_of(client_of(kamala).post(url(booking), {"rating": rating}))[::2] == (400, "rating")


@pytest.mark.parametrize("comment", ["x" * 2001, "\x00", None, ["a"]])
def test_comments_are_texts(client_of: ClientOf, kamala: User, booking: Booking, comment: object) -> None:
    body = {"rating": 5, "comment": comment}

    assert error_of(client_of(kamala).post(url(booking), body))[::2] == (400, "comment")


def test_a_comment_can_be_left_out(client_of: ClientOf, kamala: User, booking: Booking) -> None:
    assert client_of(kamala).post(url(booking), {"rating": 4}).json()["comment"] == ""


def test_a_review_is_changed_within_a_week_and_says_so(
    client_of: ClientOf, kamala: User, reviewed: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=7, seconds=-1))

    review = client_of(kamala).patch(url(reviewed), {"rating": 2}).json()

    assert (review["rating"], review["comment"]) == (2, "Spotless.")
    assert review["edited_at"] == "2026-12-17T10:59:59+05:45"
    public = client_of(kamala).get(f"/api/services/{reviewed.service_id}/reviews/").json()["results"]
    assert [shown["edited_at"] for shown in public] == [review["edited_at"]]


def test_after_a_week_it_stays(
    client_of: ClientOf, kamala: User, reviewed: Booking, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=7))

    refused = client_of(kamala).patch(url(reviewed), {"rating": 2})

    assert error_of(refused)[:2] == (409, "invalid_transition")
    assert (Review.objects.get().rating, Review.objects.get().edited_at) == (5, None)


def test_a_change_that_changes_nothing_is_no_edit(
    client_of: ClientOf, kamala: User, reviewed: Booking
) -> None:
    for body in ({}, GOOD):
        assert client_of(kamala).patch(url(reviewed), body).json()["edited_at"] is None


@pytest.mark.parametrize("body", [{"rating": 6}, {"comment": "x" * 2001}])
def test_nonsense_changes_nothing(
    client_of: ClientOf, kamala: User, reviewed: Booking, body: dict[str, Any]
) -> None:
    assert error_of(client_of(kamala).patch(url(reviewed), body))[::2] == (400, next(iter(body)))
    assert Review.objects.get().rating == 5


def test_the_provider_answers_once(client_of: ClientOf, bishnu: User, reviewed: Booking) -> None:
    first = client_of(bishnu).post(answer_url(reviewed), {"text": "Thank you!"})
    second = client_of(bishnu).post(answer_url(reviewed), {"text": "Again"})

    assert (first.status_code, first.json()["answer"]) == (201, "Thank you!")
    assert first.json()["answered_at"] == "2026-12-10T11:00:00+05:45"
    assert error_of(second)[:2] == (409, "invalid_transition")
    assert Review.objects.get().answer == "Thank you!"


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "   "}, {"text": None}, {"text": "x" * 2001}])
def test_an_answer_says_something(
    client_of: ClientOf, bishnu: User, reviewed: Booking, body: dict[str, Any]
) -> None:
    assert error_of(client_of(bishnu).post(answer_url(reviewed), body))[::2] == (400, "text")


def test_an_answer_outlives_a_change(
    client_of: ClientOf, kamala: User, bishnu: User, reviewed: Booking
) -> None:
    client_of(bishnu).post(answer_url(reviewed), {"text": "Thank you!"})

    assert client_of(kamala).patch(url(reviewed), {"rating": 4}).json()["answer"] == "Thank you!"


def test_service_and_provider_are_rated_by_their_reviews(
    client_of: ClientOf,
    api: APIClient,
    kamala: User,
    suresh: User,
    bishnu: User,
    service: Service,
    clock: time_machine.Traveller,
) -> None:
    ServiceFactory(provider=bishnu, rating=Decimal("4.33"), review_count=3, stars=13)
    for number, rating in enumerate((5, 4, 4)):
        booking = completed(booked(kamala, service, days=1, at=f"{10 + number}:00"), clock)
        client_of(kamala).post(url(booking), {"rating": rating})
    client_of(kamala).patch(url(booking), {"rating": 2})

    def shown(path: str) -> tuple[str, int]:
        body = api.get(path).json()
        return body["rating"], body["review_count"]

    assert shown(f"/api/services/{service.pk}/") == ("3.67", 3)
    assert shown(f"/api/providers/{bishnu.pk}/") == ("4.00", 6)  # 24 stars, not a mean of means


def test_reading_takes_three_queries(
    login: Any, kamala: User, reviewed: Booking, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # who asks, the booking, its review
        login(kamala).get(url(reviewed))


def test_an_answer_names_the_time_it_was_written(bishnu: User, reviewed: Booking) -> None:
    review = actions.review_answer(booking=reviewed, text="Thanks", now=timezone.now())

    assert Review.objects.get().answered_at == review.answered_at
