"""What customers say of a service, in public."""

import json

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.models import Review
from apps.services.models import Service
from apps.services.tests.bookings import booking_of
from apps.services.tests.factories import ServiceFactory, StaffFactory

pytestmark = pytest.mark.django_db


def review_of(service: Service, customer: User, **columns: object) -> Review:
    member = StaffFactory(provider=service.provider)
    booking = booking_of(service, member, customer, timezone.now(), status="completed")
    return Review.objects.create(booking=booking, service=service, customer=customer, rating=5, **columns)


def test_reviews_are_public_newest_first_and_name_only_the_first_name(api: APIClient, kamala: User) -> None:
    service = ServiceFactory()
    review_of(service, kamala, comment="Spotless.")
    newest = review_of(service, kamala, comment="Again!", answer="Thank you.", answered_at=timezone.now())
    review_of(ServiceFactory(), kamala)

    answer = api.get(f"/api/services/{service.pk}/reviews/").json()

    assert answer["count"] == 2
    first = answer["results"][0]
    assert list(first) == [
        "id",
        "rating",
        "comment",
        "customer_name",
        "answer",
        "answered_at",
        "created_at",
        "edited_at",
    ]
    assert (first["id"], first["rating"], first["comment"]) == (newest.pk, 5, "Again!")
    assert (first["customer_name"], first["answer"]) == ("Kamala", "Thank you.")
    assert "Shrestha" not in json.dumps(answer)


def test_reviews_of_what_is_not_shown_are_not_found(api: APIClient, kamala: User) -> None:
    service = ServiceFactory(status="paused")
    review_of(service, kamala)
    assert api.get(f"/api/services/{service.pk}/reviews/").status_code == 404
    assert api.get("/api/services/999/reviews/").status_code == 404
    assert api.get(f"/api/services/{10**30}/reviews/").status_code == 404


def test_reviews_are_read_only(api: APIClient) -> None:
    assert api.post(f"/api/services/{ServiceFactory().pk}/reviews/", {"rating": 5}).status_code == 405


def test_a_list_takes_three_queries_whatever_its_length(
    api: APIClient, kamala: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    service = ServiceFactory()
    for _ in range(6):
        review_of(service, kamala)
    with django_assert_max_num_queries(3):
        assert len(api.get(f"/api/services/{service.pk}/reviews/").json()["results"]) == 6


@pytest.mark.parametrize("gap", ["\u00a0", "\t", "\u3000", ".", ", ", "_", "\u200b", "\n", "·"])
def test_no_last_name_is_public_whatever_parts_it_from_the_first(
    api: APIClient, kamala: User, gap: str
) -> None:
    service = ServiceFactory()
    review_of(service, kamala)
    User.objects.filter(pk=kamala.pk).update(full_name=f"Kamala{gap}Shrestha")
    answer = api.get(f"/api/services/{service.pk}/reviews/").json()
    assert "Shrestha" not in json.dumps(answer)
    assert answer["results"][0]["customer_name"][0] == "K"
