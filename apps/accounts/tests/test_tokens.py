from collections.abc import Callable

import pytest
import time_machine
from rest_framework.test import APIClient
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from apps.accounts.actions import purge_expired
from apps.accounts.models import AttemptCount, UsedRefreshToken, User
from apps.accounts.tokens import tokens_issue
from apps.common.tests.errors import attributes, error

pytestmark = pytest.mark.django_db

REFUSED = (401, "token_not_valid", None)


def refreshed(api: APIClient, token: str) -> dict[str, str]:
    response = api.post("/api/auth/refresh/", {"refresh": token})
    assert response.status_code == 200, response.content
    body: dict[str, str] = response.json()
    return body


def refusal(api: APIClient, token: str) -> tuple[int, str, str | None]:
    return error(api.post("/api/auth/refresh/", {"refresh": token}))


def test_a_refresh_token_gets_new_tokens(api: APIClient, kamala: User) -> None:
    tokens = refreshed(api, tokens_issue(kamala)["refresh"])

    assert set(tokens) == {"access", "refresh"}
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
    assert api.get("/api/auth/me/").json()["id"] == kamala.pk


def test_a_used_token_answers_with_the_same_next_one_for_twenty_seconds(api: APIClient, kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00.7Z", tick=False) as clock:
        first = tokens_issue(kamala)["refresh"]
        second = refreshed(api, first)["refresh"]
        clock.shift(19.9)

        assert refreshed(api, first)["refresh"] == second != first
        assert refreshed(api, first)["refresh"] == second
        refreshed(api, second)


def test_a_token_used_again_later_ends_the_session_and_no_other(api: APIClient, kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        first, elsewhere = tokens_issue(kamala)["refresh"], tokens_issue(kamala)["refresh"]
        second = refreshed(api, first)["refresh"]
        third = refreshed(api, second)["refresh"]
        clock.shift(20)

        assert refusal(api, first) == REFUSED

        assert refusal(api, second) == refusal(api, third) == REFUSED
        refreshed(api, elsewhere)


def test_logout_ends_what_the_session_got_meanwhile(api: APIClient, kamala: User) -> None:
    first = tokens_issue(kamala)["refresh"]
    second = refreshed(api, first)["refresh"]

    assert api.post("/api/auth/logout/", {"refresh": first}).status_code == 204

    assert refusal(api, first) == refusal(api, second) == REFUSED


def test_a_new_email_ends_all_sessions(api: APIClient, kamala: User) -> None:
    token = tokens_issue(kamala)["refresh"]
    User.objects.filter(pk=kamala.pk).update(email="kamala.new@example.com")

    assert refusal(api, token) == REFUSED


def test_tokens_last_as_long_as_they_should(api: APIClient, kamala: User) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        tokens = tokens_issue(kamala)
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens['access']}")
        clock.shift(15 * 60 + 29)  # clocks differ by up to 30 seconds
        assert api.get("/api/auth/me/").status_code == 200
        clock.shift(1)
        assert api.get("/api/auth/me/").status_code == 401
        clock.move_to("2026-12-15T09:59:59Z")
        again = refreshed(api, tokens["refresh"])["refresh"]
        clock.shift(14 * 24 * 3600 + 30)
        assert refusal(api, again) == REFUSED


def test_logout_ends_the_refresh_token(api: APIClient, kamala: User) -> None:
    token = tokens_issue(kamala)["refresh"]

    response = api.post("/api/auth/logout/", {"refresh": token})

    assert (response.status_code, response.content) == (204, b"")
    assert refusal(api, token) == REFUSED
    assert error(api.post("/api/auth/logout/", {"refresh": token})) == REFUSED


def test_logout_leaves_other_sessions_alone(api: APIClient, kamala: User) -> None:
    phone, laptop = tokens_issue(kamala)["refresh"], tokens_issue(kamala)["refresh"]

    api.post("/api/auth/logout/", {"refresh": phone})

    refreshed(api, laptop)


@pytest.mark.parametrize("path", ["refresh", "logout"])
@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "नमस्ते"])
def test_garbage_is_no_refresh_token(api: APIClient, path: str, token: str) -> None:
    assert error(api.post(f"/api/auth/{path}/", {"refresh": token})) == REFUSED


@pytest.mark.parametrize(
    "body", [{}, {"refresh": ""}, {"refresh": None}, {"refresh": []}, {"refresh": "a\0"}]
)
def test_a_missing_refresh_token_is_bad_input(api: APIClient, body: dict[str, object]) -> None:
    assert attributes(api.post("/api/auth/refresh/", body)) == {"refresh"}


def test_an_access_token_is_no_refresh_token_and_the_other_way_round(api: APIClient, kamala: User) -> None:
    assert refusal(api, str(AccessToken.for_user(kamala))) == REFUSED

    api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens_issue(kamala)['refresh']}")
    assert api.get("/api/auth/me/").status_code == 401


def test_a_token_without_the_password_it_was_issued_under_is_refused(api: APIClient, kamala: User) -> None:
    assert refusal(api, str(RefreshToken.for_user(kamala))) == REFUSED


def test_closed_and_deleted_accounts_get_no_new_tokens(api: APIClient, kamala: User, suresh: User) -> None:
    closed, deleted = tokens_issue(kamala)["refresh"], tokens_issue(suresh)["refresh"]
    User.objects.filter(pk=kamala.pk).update(is_active=False)
    suresh.delete()

    assert refusal(api, closed) == refusal(api, deleted) == REFUSED


def test_no_usable_refresh_token_lies_in_the_database(api: APIClient, kamala: User) -> None:
    first = tokens_issue(kamala)["refresh"]
    second = refreshed(api, first)["refresh"]

    stored = str(list(UsedRefreshToken.objects.values()))
    assert first not in stored
    assert second not in stored
    assert RefreshToken(second)["jti"] not in stored  # type: ignore[arg-type]  # the encoded text


def test_used_tokens_and_old_counts_are_purged_when_they_no_longer_matter(
    api: APIClient, kamala: User, login: Callable[[User], APIClient]
) -> None:
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False) as clock:
        used = tokens_issue(kamala)["refresh"]
        refreshed(api, used)
        AttemptCount.objects.create(subject="a", started_at="2026-12-01T10:00:00Z")
        assert purge_expired() == 0
        clock.move_to("2026-12-15T09:00:00Z")
        assert purge_expired() == 1
        assert refusal(api, used) == REFUSED
        clock.move_to("2026-12-15T10:00:30Z")
        assert purge_expired() == 1
        clock.move_to("2026-12-29T10:00:00Z")
        assert purge_expired() == 1
