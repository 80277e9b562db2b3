"""A load over HTTP/1.1 with keep-alive, cheap enough not to be what is measured. Loopback only."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

HOST = "127.0.0.1"
ANSWER_SECONDS = 30


class Unexpected(Exception):
    """An answer with a status that the benchmark doesn't expect."""


@dataclass(slots=True)
class Measured:
    """What a run took: the seconds of each round, and of the whole; and how often each status came."""

    latencies: list[float] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)

    def share_of(self, status: int) -> float:
        return self.statuses[status] / max(1, self.statuses.total())


class Connection(asyncio.Protocol):
    """One connection with one request under way."""

    def __init__(self) -> None:
        self.received = bytearray()
        self.statuses: Counter[int] = Counter()
        self.etag = b""
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
            # In lower case, as ours are.
            self.etag = head.partition(b"\r\netag: ")[2].partition(b"\r\n")[0]
            status = int(head[9:12])
            self.statuses[status] += 1
            self.answer.set_result((status, body))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """Return status and body."""
        assert self.transport
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        async with asyncio.timeout(ANSWER_SECONDS):
            return await self.answer

    async def expect(self, request: bytes, *statuses: int) -> bytes:
        """Return the body. Raises Unexpected for another status."""
        got, body = await self.send(request)
        if got not in statuses:
            line = request.partition(b"\r\n")[0].decode()
            wanted = " or ".join(map(str, statuses))
            raise Unexpected(f"{line}: {got} instead of {wanted}: {body[:300]!r}")
        return body


Round = Callable[[Connection], Awaitable[int]]


def http_request(
    method: str, path: str, *, token: str = "", etag: bytes = b"", body: bytes | None = None
) -> bytes:
    """Return the bytes of a request; with an `etag`, one that asks whether the answer is another."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept: application/json"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    if etag:
        lines.append(f"If-None-Match: {etag.decode()}")
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


def measure(
    port: int,
    rounds: Callable[[], Round | None],
    *,
    seconds: float,
    concurrency: int,
    rate: float | None = None,
) -> Measured:
    """Let `concurrency` connections do rounds for some seconds, or until there are none left.

    A round does its requests and returns how many they were. With a `rate` so many rounds begin each second,
    whether or not the server keeps up, and one that begins late counts from when it was due; otherwise a
    connection begins the next round when one is done. Raises Unexpected.
    """
    return asyncio.run(_measure(port, rounds, seconds, concurrency, rate))


async def _measure(
    port: int, rounds: Callable[[], Round | None], seconds: float, concurrency: int, rate: float | None
) -> Measured:
    measured = Measured()
    loop = asyncio.get_running_loop()
    connections = [(await loop.create_connection(Connection, HOST, port))[1] for _ in range(concurrency)]
    begun = time.perf_counter()
    due = (begun + turn / rate for turn in count()) if rate else None
    try:
        async with asyncio.TaskGroup() as group:
            for connection in connections:
                group.create_task(_work(connection, rounds, measured, begun + seconds, due))
    finally:
        for connection in connections:
            measured.statuses += connection.statuses
            if connection.transport:
                connection.transport.close()
    measured.seconds = time.perf_counter() - begun
    return measured


async def _work(
    connection: Connection,
    rounds: Callable[[], Round | None],
    measured: Measured,
    until: float,
    due: Iterator[float] | None,
) -> None:
    while (begin := next(due) if due else time.perf_counter()) < until and (
        next_round := rounds()
    ) is not None:
        if due:
            await asyncio.sleep(max(0.0, begin - time.perf_counter()))
        done = await next_round(connection)
        measured.requests += done
        measured.latencies.append(time.perf_counter() - begin)
