"""One HTTP call to somebody else's service, bounded as a whole."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

MAX_ANSWER_BYTES = 256 * 1024
CHUNK_BYTES = 16 * 1024
# What aiohttp raises before it has written anything.
NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.InvalidURL)


class CallError(Exception):
    """A call that brought no usable answer. `raw` and `status` are what came, empty and 0 where nothing did.

    `never_sent`: no connection was made, so nobody can be carrying out what was asked for.
    """

    def __init__(self, message: str, *, never_sent: bool = False, raw: str = "", status: int = 0) -> None:
        super().__init__(message)
        self.never_sent = never_sent
        self.raw = raw
        self.status = status


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int
    text: str

    def json_object(self) -> dict[str, Any]:
        """Return the body. Raises CallError for anything but a JSON object, whatever the status says."""
        try:
            body = orjson.loads(self.text)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise CallError(f"HTTP {self.status} without a JSON object", raw=self.text, status=self.status)
        return body


def call(
    method: str,
    url: str,
    *,
    seconds: float,
    logger: logging.Logger,
    headers: Mapping[str, str] | None = None,
    json: Mapping[str, Any] | None = None,
    form: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
) -> HttpAnswer:
    """Return status and text of one call that as a whole takes at most so many seconds.

    Follows no redirect. The caller's logger notes the call, without its query. Raises CallError where nothing
    usable came back in time.
    """
    outcome = "no answer"
    started = time.perf_counter()
    # Not asyncio.run: on its way out it waits for a name look-up that hangs in its thread.
    loop = asyncio.new_event_loop()
    options = {"headers": headers, "json": json, "data": form, "params": query}
    try:
        answer = loop.run_until_complete(_bounded(method, url, seconds=seconds, **options))
        outcome = str(answer.status)
        return answer
    except TimeoutError as error:
        raise CallError("no answer in time") from error
    except NEVER_SENT as error:
        raise CallError(f"the call failed: {type(error).__name__}", never_sent=True) from error
    except (aiohttp.ClientError, OSError, UnicodeDecodeError) as error:
        raise CallError(f"the call failed: {type(error).__name__}") from error
    finally:
        loop.close()
        address = urlsplit(url)  # without its query, which may name the payment
        elapsed = (time.perf_counter() - started) * 1000
        logger.debug("%s %s%s %s %.1f ms", method, address.netloc, address.path, outcome, elapsed)


async def _bounded(method: str, url: str, *, seconds: float, **options: Any) -> HttpAnswer:
    async with (
        asyncio.timeout(seconds),
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session,
        session.request(method, url, allow_redirects=False, **options) as response,
    ):
        body = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise CallError(f"HTTP {response.status} with too long a body")
        return HttpAnswer(status=response.status, text=body.decode())
