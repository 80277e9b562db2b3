"""Lists know their parameters: those that the schema shows, and no others."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.api.list_query import ListQuery, parameters_known
from tests.world import World

pytestmark = pytest.mark.django_db
Asked = Callable[[str, dict[str, Any]], Any]

FIGURES = ("booking-analytics/", "provider-statistics/", "payment-analytics/")
OLDER = ["/api/bookings/customer_bookings/", "/api/bookings/provider_bookings/"]
NEEDED = {
    "/api/booking-slots/available-slots/": ("service_id", "date"),
    "/api/booking-slots/available-dates/": ("service_id", "month"),
    "/api/booking-slots/next-available/": ("service_id",),
}
VALUES = {
    "month": "2026-12",
    "export": "csv",
    "group_by": "month",
    "mine": "true",
    "ordering": "-created_at",
    "preferred_provider_gender": "any",
    "include_unavailable": "true",
    "unread": "true",
    "from": "2026-12-01",
    "to": "2026-12-02",
    "week": "2026-12-01",
    "booking_date": "2026-12-01",
    "page": "1",
}


def is_list(path: str, operation: dict[str, Any]) -> bool:
    schema = (
        operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
    )
    is_page = schema.get("$ref", "").rpartition("/")[2].startswith("Paginated")
    return is_page or schema.get("type") == "array" or path.endswith(FIGURES)


def lists() -> dict[str, list[dict[str, Any]]]:
    """Return the parameters of every list of the schema, by path."""
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    return {
        path: [one for one in methods["get"].get("parameters", []) if one["in"] == "query"]
        for path, methods in paths.items()
        if "get" in methods and is_list(path, methods["get"])
    }


def test_the_schema_says_of_each_list_that_it_refuses_the_others() -> None:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    for path in lists():
        assert "`unknown_parameter`" in paths[path]["get"]["responses"]["400"]["description"], path


@pytest.fixture
def asked(world: World, login: Callable[[User], APIClient]) -> Asked:
    """Read a list as the first of three people who may."""
    clients = [login(user) for user in (world.provider, world.customer, world.admin)]

    def answer(path: str, query: dict[str, Any]) -> Any:
        answers = [client.get(world.address(path), query) for client in clients]
        return next((one for one in answers if one.status_code != 403), answers[0])

    return answer


def value_of(world: World, parameter: dict[str, Any]) -> str:
    name, schema = parameter["name"], parameter["schema"]
    if name in ("service", "service_id"):
        return str(world.service.pk)
    if name in VALUES:
        return VALUES[name]
    if "enum" in schema:
        return str(schema["enum"][0])
    if schema.get("format") == "date":
        return date(2026, 12, 1).isoformat()
    return "1"


def needed(world: World, path: str) -> dict[str, str]:
    return {
        name: value_of(world, {"name": name, "schema": {"format": name}}) for name in NEEDED.get(path, ())
    }


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(error["code"], error["attr"]) for error in answer.json()["errors"]]


def test_every_list_refuses_a_parameter_that_it_does_not_know_and_names_it(
    asked: Asked, world: World
) -> None:
    found = [*lists(), *OLDER]
    assert len(found) > 15
    for path in found:
        answer = asked(path, {**needed(world, path), "colour": "red"})
        assert answer.status_code == 400, path
        assert codes(answer) == [("unknown_parameter", "colour")], path


def test_every_list_takes_each_parameter_that_the_schema_shows(asked: Asked, world: World) -> None:
    for path, parameters in lists().items():
        for parameter in parameters:
            query = {**needed(world, path), parameter["name"]: value_of(world, parameter)}
            answer = asked(path, query)
            told = [] if answer.status_code < 400 else codes(answer)
            assert "unknown_parameter" not in dict(told), (path, parameter["name"])
            assert answer.status_code in (200, 304) or told[0][1] == parameter["name"], (path, query, told)


def list_views(urls: list[Any]) -> Iterator[Any]:
    for one in urls:
        if isinstance(one, URLResolver):
            yield from list_views(one.url_patterns)
        elif isinstance(one, URLPattern):
            view = getattr(one.callback, "cls", None)
            if view and issubclass(view, ListQuery):
                yield view


def test_what_a_list_takes_is_what_the_schema_shows() -> None:
    shown = {frozenset(one["name"] for one in parameters) for parameters in lists().values()}
    assert {parameters_known(view) for view in list_views(get_resolver().url_patterns)} == shown


def test_a_parameter_that_is_given_twice_is_refused(asked: Asked) -> None:
    answer = asked("/api/services/", {"city": ["kathmandu", "pokhara"]})
    assert answer.status_code == 400
    assert codes(answer) == [("repeated_parameter", "city")]


def test_who_may_not_read_a_list_learns_nothing_of_its_parameters(api: APIClient) -> None:
    assert api.get("/api/bookings/", {"colour": "red"}).status_code == 401


def test_one_thing_alone_takes_what_comes(asked: Asked) -> None:
    assert asked("/api/services/{id}/", {"utm_source": "mail"}).status_code == 200
