"""Headers with `_` in their names, sent to the real servers, are not believed."""

from collections.abc import Iterator

import pytest
import requests

from scripts.check_deploy import production
from scripts.serve import HOST
from tests.servers import Server, documented_command, environment, free_port, serving_by

pytestmark = pytest.mark.django_db

SERVICES = "/api/services/"
PER_HOUR = 5


@pytest.fixture(scope="module", params=["granian", "gunicorn"])
def behind_a_proxy(
    request: pytest.FixtureRequest, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server as in production, believing one proxy."""
    port = free_port()
    own = environment()
    proxied = {"TRUSTED_PROXIES": "1", "THROTTLE_ANON": f"{PER_HOUR}/hour", "ALLOWED_HOSTS": HOST}
    with serving_by(
        documented_command(request.param, port),
        port=port,
        environment={**own, **production(), **proxied, "DATABASE_URL": own["DATABASE_URL"], "REDIS_URL": ""},
        log=tmp_path_factory.mktemp("server") / "log",
    ) as server:
        yield server


# A hyphen is no part of a Python name: two underscores stand for one.
def get(server: Server, **headers: str) -> requests.Response:
    named = {name.replace("__", "-"): value for name, value in headers.items()}
    return requests.get(server.address + SERVICES, headers=named, timeout=10, allow_redirects=False)


def statuses(server: Server, headers: list[dict[str, str]]) -> list[int]:
    return [get(server, X__Forwarded__Proto="https", **each).status_code for each in headers]


def test_an_underscore_is_no_way_around_a_throttle(behind_a_proxy: Server) -> None:
    visitor = {"X__Forwarded__For": "203.0.113.1"}

    answers = statuses(
        behind_a_proxy, [{**visitor, "X_Forwarded_For": f"198.51.100.{count}"} for count in range(8)]
    )

    assert answers == [200] * PER_HOUR + [429] * 3


def test_neither_is_one_of_two(behind_a_proxy: Server) -> None:
    visitor = {"X__Forwarded__For": "203.0.113.2"}

    answers = statuses(
        behind_a_proxy, [{"X_Forwarded__For": f"198.51.100.{count}", **visitor} for count in range(6)]
    )

    assert answers == [200] * PER_HOUR + [429]


def test_a_proxy_is_believed(behind_a_proxy: Server) -> None:
    visitors = [{"X__Forwarded__For": f"192.0.2.{count}"} for count in range(8)]

    assert statuses(behind_a_proxy, visitors) == [200] * 8


def test_a_scheme_is_not_taken_from_an_underscore(behind_a_proxy: Server) -> None:
    visitor = {"X__Forwarded__For": "203.0.113.3"}

    insecure = get(behind_a_proxy, X_Forwarded_Proto="https", **visitor)
    secure = get(behind_a_proxy, X__Forwarded__Proto="https", X_Forwarded_Proto="http", **visitor)

    assert (insecure.status_code, secure.status_code) == (301, 200)


def test_a_script_name_is_not_taken_from_a_header(behind_a_proxy: Server) -> None:
    spoofed = {"SCRIPT_NAME": "/elsewhere", "PATH_INFO": "/healthz/", "X__Forwarded__For": "203.0.113.4"}

    answer = get(behind_a_proxy, X__Forwarded__Proto="https", **spoofed)

    assert set(answer.json()) == {"count", "next", "previous", "results"}
