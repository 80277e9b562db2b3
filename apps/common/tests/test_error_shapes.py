"""Every error of the API looks the same."""

import json
from collections.abc import Callable

import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.tests.errors import error

pytestmark = pytest.mark.urls("apps.common.tests.urlconf")

ECHO = "/api/test/echo/"
METHODS = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]


@pytest.fixture
def forgiving() -> APIClient:
    """A client that shows the answer of an exploding view, as a server does."""
    return APIClient(raise_request_exception=False)


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/nowhere/", "/api/services/1/no/", "/api/a%0Ab", "/api/%00/"]
)
def test_an_unknown_path_is_404_whatever_the_method(
    api: APIClient, settings: Settings, path: str, method: str, debug: bool
) -> None:
    settings.DEBUG = debug

    response = api.generic(method.upper(), path)

    assert response.status_code == 404
    if method != "head":
        assert json.loads(response.content) == {
            "type": "client_error",
            "errors": [{"code": "not_found", "detail": "Not found.", "attr": None}],
        }


def test_a_wrong_method_is_405(api: APIClient) -> None:
    assert error(api.get(ECHO)) == (405, "method_not_allowed", None)


def test_another_media_type_is_415(api: APIClient) -> None:
    assert error(api.post(ECHO, "a=1", content_type="text/plain")) == (415, "unsupported_media_type", None)


def test_an_answer_that_we_do_not_speak_is_406(api: APIClient) -> None:
    assert error(api.post(ECHO, {}, HTTP_ACCEPT="text/html")) == (406, "not_acceptable", None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"a": 1,}',
        b"NaN",
        b"1e999",
        b"\xff\xfe",
        b'{"a": "\\ud800"}',
        b"[" * 100_000,
        b"9" * 10_000 + b"x",
    ],
)
def test_a_body_that_is_no_json_is_400(api: APIClient, body: bytes) -> None:
    response = api.post(ECHO, body, content_type="application/json")

    if body:
        assert error(response) == (400, "parse_error", None)
    else:
        assert response.status_code == 200


def test_the_charset_of_a_body_does_not_matter(api: APIClient) -> None:
    response = api.post(ECHO, b'{"a": "\xc3\xa9"}', content_type="application/json; charset=hex")

    assert response.json() == {"body": {"a": "é"}}


def test_a_huge_body_is_413(api: APIClient, settings: Settings) -> None:
    body = json.dumps({"a": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})

    response = api.generic("POST", ECHO, body, content_type="application/json")

    assert error(response) == (413, "payload_too_large", None)


@pytest.mark.parametrize("debug", [True, False])
def test_an_exploding_view_is_500_and_tells_nothing(
    forgiving: APIClient, settings: Settings, debug: bool
) -> None:
    settings.DEBUG = debug

    response = forgiving.get("/api/test/explode/")

    assert error(response) == (500, "error", None)
    assert response.json()["type"] == "server_error"
    assert b"kamala" not in response.content


@pytest.fixture
def broken_session(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the database be away when a session is saved, after the view."""

    def away(*arguments: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(SessionMiddleware, "process_response", away)


@pytest.mark.usefixtures("broken_session")
def test_an_outage_outside_of_views_is_503_in_the_api(forgiving: APIClient) -> None:
    response = forgiving.post(ECHO, {})

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.json()["type"] == "server_error"
    assert [each["code"] for each in response.json()["errors"]] == ["unavailable"]


@pytest.mark.urls("sewabazaar.urls")
@pytest.mark.usefixtures("broken_session")
def test_an_outage_outside_of_views_is_503_in_the_admin(forgiving: APIClient) -> None:
    response = forgiving.get("/admin/login/")

    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert response.headers["Content-Type"] == "text/plain"


def test_what_explodes_beside_the_api_framework_has_the_shape_too(forgiving: APIClient) -> None:
    response = forgiving.get("/api/test/explode-outside/")

    assert response.status_code == 500
    assert response.json()["type"] == "server_error"


def test_elsewhere_an_error_is_a_page(forgiving: APIClient) -> None:
    exploded, missing = forgiving.get("/test/explode/"), forgiving.get("/nowhere/")

    assert (exploded.status_code, missing.status_code) == (500, 404)
    assert exploded["Content-Type"].startswith("text/html")
    assert missing["Content-Type"].startswith("text/html")


def test_an_unknown_host_is_400(api: APIClient) -> None:
    response = api.get("/api/services/", HTTP_HOST="evil.example")

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "parse_error"
    assert api.get("/", HTTP_HOST="evil.example").status_code == 400


def test_a_suspicious_request_is_400(api: APIClient) -> None:
    assert error(api.get("/api/test/refuse/suspicious/")) == (400, "parse_error", None)


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("slot_unavailable", 409, "client_error"),
        ("gateway_unavailable", 503, "server_error"),
        ("idempotency_key_reused", 422, "client_error"),
        ("feature_disabled", 404, "client_error"),
    ],
)
def test_a_domain_error_has_its_status_and_what_stands_beside_it(
    api: APIClient, code: str, status: int, kind: str
) -> None:
    response = api.get(f"/api/test/refuse/{code}/")

    assert response.status_code == status
    assert response["Retry-After"] == "3"
    assert response.json() == {
        "type": kind,
        "errors": [{"code": code, "detail": "No.", "attr": "slot"}],
        "alternatives": [1],
    }


def test_a_code_that_the_contract_does_not_have_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        DomainError("made_up", "No.")


def test_a_feature_that_is_off_says_so_before_it_asks_who(api: APIClient, settings: Settings) -> None:
    assert api.get("/api/test/feature/").status_code == 401
    settings.ENABLE_BOOKING_SLOTS = False

    assert error(api.get("/api/test/feature/")) == (404, "feature_disabled", None)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("customers", {"customer"}), ("providers", {"provider", "admin"}), ("admins", {"admin"})],
)
def test_a_role_that_may_not_use_an_endpoint_gets_403(
    api: APIClient,
    login: Callable[[User], APIClient],
    kamala: User,
    bishnu: User,
    anita: User,
    path: str,
    allowed: set[str],
) -> None:
    url = f"/api/test/{path}/"

    assert error(api.get(url)) == (401, "not_authenticated", None)
    for user in (kamala, bishnu, anita):
        assert login(user).get(url).status_code == (200 if user.role in allowed else 403)
