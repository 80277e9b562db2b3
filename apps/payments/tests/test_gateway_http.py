import logging
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from apps.payments.gateways import http
from apps.payments.gateways.base import GatewayError
from apps.payments.tests.misbehaving_server import (
    NOT_ANSWERS,
    TOO_SLOW,
    Server,
    answering,
    misbehaving_server,
    sending,
)

BOUND_SECONDS = 0.3


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    settings.GATEWAY_TIMEOUT_SECONDS = BOUND_SECONDS
    with misbehaving_server() as running:
        yield running


def test_an_answer_has_status_and_body(server: Server) -> None:
    server.behaviours = [answering({"status": "Expired"}, 400)]
    answer = http.call("POST", server.url, json={"pidx": "abc"})
    assert (answer.status, answer.json_object()) == (400, {"status": "Expired"})
    assert server.bodies == [{"pidx": "abc"}]


def test_a_call_is_a_line_for_who_asks_without_its_query(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    server.behaviours = [answering({}, 401)]
    with caplog.at_level(logging.DEBUG, logger="apps.payments"):
        http.call("GET", server.url + "?total_amount=100", query={"transaction_uuid": "SB-1"})
        with pytest.raises(GatewayError):
            http.call("POST", "http://127.0.0.1:9/lookup/")

    answered, failed = [record.getMessage() for record in caplog.records if record.name == http.__name__]
    assert answered.startswith(f"GET {server.url.removeprefix('http://')} 401 ")
    assert failed.startswith("POST 127.0.0.1:9/lookup/ no answer ")


@pytest.mark.parametrize(
    "name", sorted(NOT_ANSWERS.keys() - {"a JSON object with nothing in it", "a redirect"})
)
def test_nonsense_is_an_error_of_the_call(server: Server, name: str) -> None:
    server.behaviours = [NOT_ANSWERS[name]]
    with pytest.raises(GatewayError) as raised:
        http.call("POST", server.url, json={}).json_object()
    assert not raised.value.permanent


@pytest.mark.parametrize("name", TOO_SLOW)
def test_the_bound_holds_for_the_whole_call(server: Server, name: str) -> None:
    server.behaviours = [TOO_SLOW[name]]
    started = time.monotonic()
    with pytest.raises(GatewayError, match="no answer in time"):
        http.call("POST", server.url, json={})
    assert BOUND_SECONDS <= time.monotonic() - started < BOUND_SECONDS + 1


def test_a_name_server_that_hangs_does_not_extend_the_call(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_over = threading.Event()

    def hang(*args: Any, **kwargs: Any) -> Any:
        is_over.wait(30)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    with pytest.raises(GatewayError, match="no answer in time"):
        http.call("GET", "http://localhost:1/")
    assert time.monotonic() - started < BOUND_SECONDS + 1
    is_over.set()


def test_nobody_listening_is_an_error_of_the_call(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(GatewayError):
            http.call("GET", f"http://127.0.0.1:{taken.getsockname()[1]}/")


@pytest.mark.parametrize("address", ["", "not an address", "ftp://127.0.0.1/", "http://127.0.0.1:99999/"])
def test_a_bad_address_is_an_error_of_the_call(address: str) -> None:
    with pytest.raises(GatewayError):
        http.call("GET", address)


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.behaviours = [sending(b"", 302)]
    assert http.call("GET", server.url).status == 302
    assert len(server.paths) == 1
