"""A gateway that does whatever a test wants, on a real socket."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


@dataclass
class Server:
    """What it was asked, and how it answers: the next of `behaviours`, then the last one again and again."""

    url: str = ""
    behaviours: list[Behaviour] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    bodies: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    server: "_HttpServer"
    asked: Any = None

    def handle_any(self) -> None:
        told = self.server.told
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told.paths.append(self.path)
        told.headers.append(dict(self.headers))
        self.asked = self.parsed(body)
        told.bodies.append(self.asked)
        behave = told.behaviours.pop(0) if len(told.behaviours) > 1 else told.behaviours[0]
        behave(self)

    def parsed(self, body: bytes) -> Any:
        """Return what was asked: a form as its text, else JSON."""
        if self.headers.get("Content-Type", "").startswith("application/x-www-form-urlencoded"):
            return body.decode()
        return json.loads(body) if body else None

    do_GET = do_POST = handle_any  # noqa: N815  the names that http.server looks for

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  as in http.server
        pass

    def send(self, status: int, body: bytes, content_type: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _HttpServer(ThreadingHTTPServer):
    daemon_threads = True
    told: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is what some tests want."""


@contextmanager
def misbehaving_server() -> Iterator[Server]:
    http_server = _HttpServer(("127.0.0.1", 0), Handler)
    told = http_server.told = Server(url=f"http://127.0.0.1:{http_server.server_port}/")
    thread = threading.Thread(target=http_server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        told.is_over.set()
        http_server.shutdown()
        http_server.server_close()


def answering(body: object, status: int = 200) -> Behaviour:
    return lambda handler: handler.send(status, json.dumps(body).encode())


def answering_to(answer: Callable[[Any], object]) -> Behaviour:
    """Answer with what the function makes of the request's body."""
    return lambda handler: handler.send(200, json.dumps(answer(handler.asked)).encode())


def sending(body: bytes, status: int = 200, content_type: str = "application/json") -> Behaviour:
    return lambda handler: handler.send(status, body, content_type)


def silent(handler: Handler) -> None:
    """Takes the request and says nothing until the test is over."""
    handler.server.told.is_over.wait(30)


def hanging_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


def cutting_off(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"pidx": ')
    handler.wfile.flush()
    handler.close_connection = True


def dripping_headers(handler: Handler) -> None:
    _drip(handler, b"HTTP/1.1 200 OK\r\nX-Drip: " + b"a" * 2000)


def dripping_body(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "2000")
    handler.end_headers()
    _drip(handler, b'{"a": "' + b"a" * 1991 + b'"}')


def _drip(handler: Handler, data: bytes) -> None:
    for byte in data:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        if handler.server.told.is_over.wait(0.05):
            return


NOT_ANSWERS: dict[str, Behaviour] = {
    "500": sending(b"<h1>Server Error (500)</h1>", 500, "text/html"),
    "502": sending(b"<h1>502 Bad Gateway</h1>", 502, "text/html"),
    "HTML with 200": sending(b"<html>Scheduled maintenance</html>", 200, "text/html"),
    "empty": sending(b""),
    "broken JSON": sending(b'{"pidx": "HT6o6PEZ'),
    "a JSON list": sending(b"[]"),
    "a JSON object with nothing in it": sending(b"{}"),
    "bytes that are no text": sending(b"\xff\xfe\x00"),
    "a huge body": sending(b'{"a": "' + b"a" * 300_000 + b'"}'),
    "a redirect": sending(b"{}", 302),
    "a dropped connection": hanging_up,
    "a body cut off": cutting_off,
}
TOO_SLOW: dict[str, Behaviour] = {
    "silence": silent,
    "dripping headers": dripping_headers,
    "a dripping body": dripping_body,
}
