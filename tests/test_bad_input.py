"""Whatever a client sends, it gets the contract's error shape and no 5xx, and nothing is changed by it."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from drf_spectacular.generators import SchemaGenerator
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from tests.bodies import Call, accepted_calls
from tests.world import World

Operations = dict[str, dict[str, Any]]
Calls = dict[str, Call]
Send = Callable[..., Any]

THIRTY_DIGITS = 10**30 - 1
WITH_NUL = "a\0b"
THREE_MEGABYTES = b'{"a": "' + b"x" * 3 * 1024 * 1024 + b'"}'
# Their proof comes by mail, or from a gateway that isn't there.
NEVER_ACCEPTED = {
    "POST /api/auth/password-reset/confirm/",
    "POST /api/auth/verify-email/",
    "POST /api/auth/verify-phone/",
    "POST /api/payments/initiate/",
    "POST /api/payments/process-khalti-payment/",
    # The world's payment is to be made in cash, and isn't made yet.
    "POST /api/payments/{payment_id}/proof/",
    "POST /api/payments/{payment_id}/refund/",
    # It is reviewed already: there is only one.
    "POST /api/bookings/{booking_id}/review/",
}


@pytest.fixture(scope="module")
def operations() -> Operations:
    """The operations of the OpenAPI document, by method and path."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {
        f"{method.upper()} {path}": operation
        for path, methods in paths.items()
        for method, operation in methods.items()
    }


@pytest.fixture
def calls(world: World, operations: Operations) -> Calls:
    """A call for each operation that takes a body."""
    accepted = accepted_calls(world)
    assert accepted.keys() == {name for name, operation in operations.items() if "requestBody" in operation}
    return accepted


@pytest.fixture
def send(world: World, login: Callable[[User], APIClient], settings: Settings) -> Send:
    """Make a call with a body: bytes, or anything as JSON."""
    settings.KHALTI_BASE_URL = "http://127.0.0.1:1/"
    clients = {user.pk: login(user) for user in (world.customer, world.provider, world.admin)}

    def sent(name: str, person: User, body: Any = b"", content_type: str = "application/json") -> Any:
        method, path = name.split()
        client = clients[person.pk]
        client.raise_request_exception = False
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.generic(method, world.address(path), data, content_type)  # type: ignore[arg-type]  # bytes do

    return sent


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables."""
    tables: list[type[models.Model]] = list(apps.get_models())
    return {table._meta.label: list(table._default_manager.order_by("pk").values()) for table in tables}


@pytest.fixture
def nothing_changes(send: Send, calls: Calls) -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


def is_error(answer: Any, *statuses: int) -> bool:
    """Return whether an answer is a 4xx, or one of the statuses, in the contract's shape."""
    if answer.status_code not in (statuses or range(400, 500)):
        return False
    body = answer.json()
    return body["type"] in ("validation_error", "client_error") and all(
        error.keys() == {"code", "detail", "attr"} and isinstance(error["attr"], str | None)
        for error in body["errors"]
    )


@pytest.mark.django_db
def test_the_bodies_that_are_then_spoilt_are_fine_before(send: Send, calls: Calls) -> None:
    for name, call in calls.items():
        if name not in NEVER_ACCEPTED and not name.endswith(("logout/", "cancel/", "password-change/")):
            answer = send(name, call.person, call.body)
            assert answer.status_code < 300, (name, answer.content)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "body", [b'{"a": 1', b"a=1", b"\xff\xfe", b'{"a": NaN}', b'{"a": "\\ud800"}', b"[" * 5000]
)
def test_broken_json_is_refused(send: Send, calls: Calls, body: bytes) -> None:
    assert [name for name, call in calls.items() if not is_error(send(name, call.person, body), 400)] == []


# Without a code one is sent.
MAY_BE_EMPTY = ("PATCH", "POST /api/auth/verify-phone/")


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("body", ["text", 7, None, True, [], {}, [[]], [None], {"": {}}])
def test_json_of_another_kind_is_refused(send: Send, calls: Calls, body: Any) -> None:
    for name, call in calls.items():
        is_fine = type(body) is type(call.body) and (body == [] or name.startswith(MAY_BE_EMPTY))
        if not is_fine:
            answer = send(name, call.person, body)
            assert is_error(answer, 400), (name, answer.content)


@pytest.mark.usefixtures("nothing_changes")
def test_a_huge_body_is_refused(send: Send, calls: Calls) -> None:
    assert [n for n, call in calls.items() if not is_error(send(n, call.person, THREE_MEGABYTES), 413)] == []


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "/"]
)
def test_another_content_type_is_refused(send: Send, calls: Calls, content_type: str) -> None:
    for name, call in calls.items():
        answer = send(name, call.person, json.dumps(call.body).encode(), content_type)
        assert is_error(answer, 415), (name, answer.content)


def spoilt(body: Any, value: Any, kind: type) -> Iterator[tuple[str, Any]]:
    """Yield the body with one field after the other replaced, of those that are of a kind."""
    fields = body[0] if isinstance(body, list) else body
    for field in fields:
        if isinstance(fields[field], kind):
            changed = {**fields, field: value}
            yield field, [changed] if isinstance(body, list) else changed


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (str, WITH_NUL),
        (str, "\u0915" * 20_000),
        (str, {"a": "b"}),
        (str, ["a"]),
        (int, THIRTY_DIGITS),
        (int, -THIRTY_DIGITS),
        (int, "1e400"),
        (int, "\u0661\u0662x"),
        (int, {"a": 1}),
        (int, [1]),
        (list, [THIRTY_DIGITS]),
        (list, [WITH_NUL]),
        (list, "ab"),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(send: Send, calls: Calls, kind: type, value: Any) -> None:
    for name, call in calls.items():
        for field, body in spoilt(call.body, value, kind):
            answer = send(name, call.person, body)
            assert is_error(answer), (name, field, answer.status_code, answer.content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [None, "", True, 1.5, "NaN", "-1", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31", "24:00:00"],
)
def test_an_odd_value_is_taken_or_refused(send: Send, calls: Calls, value: Any) -> None:
    """Some fields may take it; none may fall over."""
    for name, call in calls.items():
        for field, body in spoilt(call.body, value, object):
            answer = send(name, call.person, body)
            is_fine = answer.status_code < 300 or name in NEVER_ACCEPTED
            assert is_fine or is_error(answer), (name, field, answer.status_code, answer.content)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    "name", [THIRTY_DIGITS, 2**63, 0, "-1", "1.5", "abc", "%00", "%F0%9F%98%80", "%FF", "1%0A", "1/2", "../1"]
)
def test_a_path_that_names_nothing_is_refused(
    operations: Operations, world: World, login: Callable[[User], APIClient], name: Any
) -> None:
    for method, path in map(str.split, operations):
        for user in (world.customer, world.provider, world.admin):
            if re.search(r"\{(\w+_)?id\}", path) and "{transaction_id}" not in path:
                answer = login(user).generic(method, re.sub(r"\{\w+\}", str(name), path))
                assert is_error(answer), (method, path, answer.status_code)


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("value", ["%00", THIRTY_DIGITS, -1, "", "x" * 2000, "2026-02-30", "%FF"])
def test_an_odd_query_falls_over_nowhere(
    operations: Operations, world: World, login: Callable[[User], APIClient], value: Any
) -> None:
    for name, operation in operations.items():
        method, path = name.split()
        queries = [field["name"] for field in operation.get("parameters", []) if field["in"] == "query"]
        for query in queries:
            for user in (world.customer, world.provider):
                answer = login(user).generic(method, f"{world.address(path)}?{query}={value}")
                is_fine = answer.status_code < 400
                assert is_fine or is_error(answer), (name, query, answer.status_code, answer.content)
