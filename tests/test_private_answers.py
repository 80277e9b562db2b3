"""What is made for one person is kept by no cache; what is for everybody may be."""

from collections.abc import Callable
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.tests.factories import in_days
from tests.world import World

pytestmark = pytest.mark.django_db
PRIVATE = "private, no-store"
PROOFS = [
    "register/",
    "login/",
    "refresh/",
    "logout/",
    "password-reset/",
    "password-reset/confirm/",
    "verify-email/",
]


def reads() -> list[str]:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return [path for path, methods in paths.items() if "get" in methods]


def test_no_cache_keeps_what_anybody_reads_with_a_login(
    world: World, login: Callable[[User], APIClient]
) -> None:
    for path in reads():
        for user in (world.customer, world.provider, world.admin):
            answer = login(user).get(world.address(path))
            assert answer.headers["Cache-Control"] == PRIVATE, (path, user.role)


@pytest.mark.parametrize("path", PROOFS)
def test_no_cache_keeps_what_is_answered_to_a_password_or_a_token(api: APIClient, path: str) -> None:
    assert api.post(f"/api/auth/{path}", {}).headers["Cache-Control"] == PRIVATE


def test_no_cache_keeps_what_stands_at_a_secret_address(world: World, api: APIClient) -> None:
    calendar = api.get(f"/api/calendar/{world.calendar_secret}.ics")
    returned = api.get(f"/api/payments/esewa/return/{world.payment.transaction_id}/")
    assert (calendar.status_code, returned.status_code) == (200, 302)
    assert calendar.headers["Cache-Control"] == returned.headers["Cache-Control"] == PRIVATE


def test_a_public_read_may_be_kept_but_apart_from_the_same_with_a_login(world: World, api: APIClient) -> None:
    answer = api.get(f"/api/services/{world.service.pk}/")
    assert "Cache-Control" not in answer.headers
    assert "Authorization" in answer.headers["Vary"]


def test_a_program_that_keeps_its_answer_is_still_told_that_nothing_has_changed(
    world: World, login: Callable[[User], APIClient]
) -> None:
    query = {"service_id": world.service.pk, "date": in_days(5).isoformat(), "booking_id": world.booking.pk}
    polled: list[tuple[str, dict[str, Any]]] = [
        (f"/api/bookings/{world.booking.pk}/", {}),
        (f"/api/booking-wizard/{world.draft.pk}/", {}),
        ("/api/booking-slots/available-slots/", query),
    ]
    client = login(world.customer)
    for path, asked in polled:
        first = client.get(path, asked)
        again = client.get(path, asked, headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code) == (200, 304)
        assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == PRIVATE


def test_a_page_of_another_origin_reads_name_and_date_of_a_file(api: APIClient) -> None:
    answer = api.get("/api/cities/", headers={"Origin": "http://localhost:3000"})
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"Content-Disposition", "Date", "ETag", "Retry-After", "X-Request-ID"} <= set(exposed)
