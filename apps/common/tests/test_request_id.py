import re

import pytest
from rest_framework.test import APIClient


@pytest.mark.parametrize("offered", ["a", "A-1", "x" * 64])
def test_a_well_formed_id_is_taken_and_echoed(api: APIClient, offered: str) -> None:
    assert api.get("/healthz/", HTTP_X_REQUEST_ID=offered)["X-Request-ID"] == offered


@pytest.mark.parametrize("offered", ["", "x" * 65, "a b", "a_b", "नमस्ते", "a\n"])
def test_any_other_is_replaced(api: APIClient, offered: str) -> None:
    made = api.get("/healthz/", HTTP_X_REQUEST_ID=offered)["X-Request-ID"]

    assert made != offered
    assert re.fullmatch("[0-9a-f]{32}", made)


def test_each_request_has_its_own(api: APIClient) -> None:
    assert api.get("/healthz/")["X-Request-ID"] != api.get("/healthz/")["X-Request-ID"]


def test_errors_carry_it_too(api: APIClient) -> None:
    assert api.get("/api/nowhere/", HTTP_X_REQUEST_ID="abc")["X-Request-ID"] == "abc"
