from typing import Any

import pytest
import yaml
from django.core.management import call_command
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from apps.common.openapi import domain_errors


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The schema as `make check` makes it: a warning fails."""
    file = tmp_path_factory.mktemp("schema") / "schema.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(file))
    made: dict[str, Any] = yaml.safe_load(file.read_text())
    return made


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    }


def test_every_operation_names_its_errors_in_one_shape(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema).items():
        errors = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
        assert {"400", "405", "406", "429", "500"} <= set(errors), name
        for status, answer in errors.items():
            assert answer["description"], (name, status)
            component = answer["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            fields = schema["components"]["schemas"][component]["properties"]
            assert {"type", "errors"} <= set(fields), (name, status)


def test_every_operation_says_how_an_outage_is_told(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema).items():
        assert "`unavailable`" in operation["responses"]["503"]["description"], name


def test_what_needs_a_login_says_401_and_403_and_404(schema: dict[str, Any]) -> None:
    me = operations(schema)["PATCH /api/auth/me/"]

    assert {"200", "400", "401", "403", "404", "413", "415"} <= set(me["responses"])
    assert me["security"] == [{"bearer": []}]


def test_every_path_of_auth_has_an_example(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema).items():
        if "/api/auth/" in name and "requestBody" in operation:
            assert operation["requestBody"]["content"]["application/json"].get("examples"), name


def test_an_unknown_code_cannot_be_noted() -> None:
    with pytest.raises(ValueError, match="made_up is no code of the contract"):
        domain_errors("made_up")


def test_the_schema_and_its_page_are_public_and_come_from_here(api: APIClient, db: None) -> None:
    page = api.get("/api/docs/")

    assert api.get("/api/schema/").status_code == 200
    assert page.status_code == 200
    assert b"https://" not in page.content.replace(b"https://www.w3.org", b"")


@pytest.mark.parametrize(
    ("flag", "prefix"),
    [("ENABLE_BOOKING_SLOTS", "/api/booking-slots/"), ("ENABLE_NEW_BOOKING_WIZARD", "/api/booking-wizard/")],
)
def test_what_is_switched_off_is_not_in_the_schema(
    api: APIClient, settings: Settings, schema: dict[str, Any], flag: str, prefix: str
) -> None:
    assert any(path.startswith(prefix) for path in schema["paths"])
    setattr(settings, flag, False)

    paths = yaml.safe_load(api.get("/api/schema/").content)["paths"]

    assert not any(path.startswith(prefix) for path in paths)
    assert "/api/auth/login/" in paths
