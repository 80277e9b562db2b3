"""One HTTP call to a gateway, bounded as a whole."""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson
from django.conf import settings

from apps.payments.gateways.base import GatewayError

logger = logging.getLogger(__name__)

MAX_ANSWER_BYTES = 256 * 1024
CHUNK_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    status: int
    text: str

    def json_object(self) -> dict[str, Any]:
        """Return the body. Raises GatewayError for anything but a JSON object, whatever the status says."""
        try:
            body = orjson.loads(self.text)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise GatewayError(f"HTTP {self.status} without a JSON object", raw=self.text, status=self.status)
        return body


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json: Mapping[str, Any] | None = None,
    query: Mapping[str, str] | None = None,
) -> HttpAnswer:
    """Return status and text of one call that as a whole takes at most `GATEWAY_TIMEOUT_SECONDS`.

    Follows no redirect. Raises GatewayError where nothing usable came back in time.
    """
    outcome = "no answer"
    started = time.perf_counter()
    # Not asyncio.run: on its way out it waits for a name look-up that hangs in its thread.
    loop = asyncio.new_event_loop()
    try:
        answer = loop.run_until_complete(_bounded(method, url, headers=headers, json=json, params=query))
        outcome = str(answer.status)
        return answer
    except TimeoutError as error:
        raise GatewayError("no answer in time", may_be_under_way=True) from error
    except (aiohttp.ClientError, OSError, UnicodeDecodeError) as error:
        raise GatewayError(f"the call failed: {type(error).__name__}") from error
    finally:
        loop.close()
        address = urlsplit(url)  # without its query, which may name the payment
        elapsed = (time.perf_counter() - started) * 1000
        logger.debug("%s %s%s %s %.1f ms", method, address.netloc, address.path, outcome, elapsed)


async def _bounded(method: str, url: str, **options: Any) -> HttpAnswer:
    async with (
        asyncio.timeout(settings.GATEWAY_TIMEOUT_SECONDS),
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session,
        session.request(method, url, allow_redirects=False, **options) as response,
    ):
        body = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                raise GatewayError(f"HTTP {response.status} with too long a body")
        return HttpAnswer(status=response.status, text=body.decode())
