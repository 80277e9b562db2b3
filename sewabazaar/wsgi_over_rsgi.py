"""Call a WSGI application with requests of RSGI: a pool of threads, and an environ without doubtful names."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

Application = Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]
BODY_IN_MEMORY_BYTES = 2 * 1024 * 1024
# Answered by a thread of their own: they must not wait behind requests that wait for the database.
HEALTH_PATHS = ("/healthz/", "/readyz/")


class Requests:
    """The RSGI callback that answers with a WSGI application."""

    def __init__(self, application: Application, *, prefix: str) -> None:
        self.application = application
        self.prefix = prefix

    def start(self, *, threads: int) -> None:
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self.health_thread = ThreadPoolExecutor(1, thread_name_prefix="health")

    async def __call__(self, scope: Any, protocol: Any) -> None:
        threads = self.health_thread if scope.path in HEALTH_PATHS else self.threads
        loop = asyncio.get_running_loop()
        with SpooledTemporaryFile(BODY_IN_MEMORY_BYTES) as body:
            async for chunk in protocol:
                body.write(chunk)
            body.seek(0)
            environ = environ_of(scope, body, prefix=self.prefix)
            await loop.run_in_executor(threads, self.answer, environ, protocol, loop)

    def answer(self, environ: dict[str, Any], protocol: Any, loop: asyncio.AbstractEventLoop) -> None:
        start = ResponseStart()
        response: Any = self.application(environ, start)
        with closing(response):
            if not getattr(response, "streaming", True):
                protocol.response_bytes(start.status, start.headers, b"".join(response))
                return
            transport = protocol.response_stream(start.status, start.headers)
            for chunk in response:
                asyncio.run_coroutine_threadsafe(_sent(transport, chunk), loop).result()


async def _sent(transport: Any, chunk: bytes) -> None:
    await transport.send_bytes(chunk)


class ResponseStart:
    """WSGI's `start_response`; Django calls it once."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[str, str]] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self.status = int(status.split(" ", 1)[0])
        # RSGI takes names in lower case alone.
        self.headers = [(name.lower(), value) for name, value in headers]


def environ_of(scope: Any, body: IO[bytes], *, prefix: str) -> dict[str, Any]:
    """Return the environ without the headers that have `_` in their names: it can't tell them apart."""
    server, client = urlsplit(f"//{scope.server}"), urlsplit(f"//{scope.client}")
    path = scope.path.removeprefix(prefix) if prefix else scope.path
    headers: dict[str, list[str]] = {}
    for name, value in scope.headers.items():
        if "_" not in name:
            headers.setdefault(name, []).append(value)
    environ: dict[str, Any] = {_key(name): ",".join(values) for name, values in headers.items()}
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ | {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": prefix,
        "PATH_INFO": (path or "/").encode().decode("latin1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server.hostname or "localhost",
        "SERVER_PORT": str(server.port or ""),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": client.hostname or scope.client,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _key(header: str) -> str:
    key = header.upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
