"""A load over HTTP/1.1 with keep-alive, cheap enough not to be what is measured. Loopback only."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

HOST = "127.0.0.1"
ANSWER_SECONDS = 30


class Unexpected(Exception):
    """An answer with a status that the benchmark doesn't expect."""


@dataclass(slots=True)
class Measured:
    """What a run took: the seconds of each round, and of the whole."""

    latencies: list[float] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0


class Connection(asyncio.Protocol):
    """One connection with one request under way."""

    def __init__(self) -> None:
        self.received = bytearray()
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        if self.answer and not self.answer.done():
            self.answer.set_exception(error or ConnectionResetError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        self.received += data
        head_end = self.received.find(b"\r\n\r\n")
        if head_end < 0 or self.answer is None or self.answer.done():
            return
        head = bytes(self.received[:head_end]).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        body_start = head_end + 4
        if len(self.received) >= body_start + length:
            body = bytes(self.received[body_start : body_start + length])
            self.received.clear()
            self.answer.set_result((int(head[9:12]), body))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body."""
        assert self.transport
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        async with asyncio.timeout(ANSWER_SECONDS):
            return await self.answer

    async def expect(self, request: bytes, status: int) -> bytes:
        """Return the body. Raises Unexpected for another status."""
        got, body = await self.send(request)
        if got != status:
            line = request.partition(b"\r\n")[0].decode()
            raise Unexpected(f"{line}: {got} instead of {status}: {body[:300]!r}")
        return body


Round = Callable[[Connection], Awaitable[int]]


def http_request(method: str, path: str, *, token: str = "", body: bytes | None = None) -> bytes:
    """Return the bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept: application/json"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def measure(port: int, rounds: Callable[[], Round | None], *, seconds: float, concurrency: int) -> Measured:
    """Let `concurrency` connections do rounds for some seconds, or until there are none left.

    A round does its requests and returns how many they were. Raises Unexpected.
    """
    return asyncio.run(_measure(port, rounds, seconds, concurrency))


async def _measure(
    port: int, rounds: Callable[[], Round | None], seconds: float, concurrency: int
) -> Measured:
    measured = Measured()
    loop = asyncio.get_running_loop()
    connections = [(await loop.create_connection(Connection, HOST, port))[1] for _ in range(concurrency)]
    begun = time.perf_counter()
    try:
        async with asyncio.TaskGroup() as group:
            for connection in connections:
                group.create_task(_work(connection, rounds, measured, begun + seconds))
    finally:
        for connection in connections:
            if connection.transport:
                connection.transport.close()
    measured.seconds = time.perf_counter() - begun
    return measured


async def _work(
    connection: Connection, rounds: Callable[[], Round | None], measured: Measured, until: float
) -> None:
    while (now := time.perf_counter()) < until and (next_round := rounds()) is not None:
        done = await next_round(connection)
        measured.requests += done
        measured.latencies.append(time.perf_counter() - now)
