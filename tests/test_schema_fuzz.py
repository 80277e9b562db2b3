"""Schemathesis makes up calls from the OpenAPI schema; no answer may depart from it, and none be a 5xx."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import requests
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, assume
from hypothesis import settings as bounds
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from rest_framework_simplejwt.tokens import AccessToken

from apps.accounts.models import User
from apps.payments.tests.fixtures import Sandbox
from tests.world import World

CONFIG = {
    "seed": 1,
    "cache": {"enabled": False},
    "generation": {"deterministic": True, "database": "none", "max-examples": 15},
    "phases": {"stateful": {"enabled": False}, "coverage": {"unexpected-methods": []}},
    # A gateway that can't be reached is a 503 that the schema tells of.
    "checks": {
        "enabled": False,
        "not_a_server_error": {"enabled": True, "expected-statuses": ["2xx", "3xx", "4xx", "503"]},
        "status_code_conformance": {"enabled": True},
        "content_type_conformance": {"enabled": True},
        "response_headers_conformance": {"enabled": True},
        "response_schema_conformance": {"enabled": True},
    },
}
SHARE_FILLED_IN = 0.7
# Not the product's own module: importing it makes this process wait as briefly as a server.
schema = schemathesis.openapi.from_wsgi(
    "/api/schema/", get_wsgi_application(), config=schemathesis.Config.from_dict(CONFIG)
)


# What stands in the place of an id elsewhere: there it is another operation's address.
SEGMENTS = {segment for path in schema.raw_schema["paths"] for segment in path.split("/")}


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction open from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def chance() -> Random:
    return Random(1)


@pytest.fixture(autouse=True)
def _no_gateway(settings: Settings) -> None:
    settings.KHALTI_BASE_URL = "http://127.0.0.1:1/"


@schema.parametrize()
@bounds(deadline=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_the_schema_says(case: schemathesis.Case[Any], world: World, chance: Random) -> None:
    """One of four people makes the call, as made up or with what the world knows filled in."""
    people = [world.customer, world.provider, world.admin, None]
    (person,) = chance.choices(people, weights=[3, 3, 3, 1])
    if chance.random() < SHARE_FILLED_IN:
        fill_in(case, world)
    assume(not SEGMENTS & {str(value) for value in case.path_parameters.values()})
    case.call_and_validate(headers=login(person))


def fill_in(case: schemathesis.Case[Any], world: World) -> None:
    """Name rows that there are, and a time that can be booked, where something of the kind was made up."""
    for name in case.path_parameters:
        case.path_parameters[name] = world.named_by(case.path)
    known = world.known()
    for values in (case.query, case.body):
        if isinstance(values, dict):
            kin = {name for name in values.keys() & known.keys() if type(values[name]) is type(known[name])}
            values.update({name: known[name] for name in kin})


def login(person: User | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {AccessToken.for_user(person)}"} if person else {}


def test_paying_is_answered_as_the_schema_says(
    sandbox: Sandbox, live_server: LiveServer, world: World
) -> None:
    """What no made-up call comes to: a link to pay with, and money that arrived."""

    def call(path: str, **body: Any) -> Any:
        body["booking_id"] = world.draft.pk
        answer = requests.post(live_server.url + path, json=body, headers=login(world.customer), timeout=10)
        assert answer.ok, answer.text
        schema[path]["POST"].validate_response(answer)
        return answer.json()

    action = call("/api/payments/initiate/")["action"]
    pidx = action["url"].partition("pidx=")[2]
    sandbox.decides(pidx)

    assert call("/api/payments/process-khalti-payment/", pidx=pidx)["booking"]["status"] == "confirmed"
