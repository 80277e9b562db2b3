"""One HTTP call to a gateway, bounded as a whole; what goes wrong is a GatewayError."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from apps.common import http_call
from apps.common.http_call import CallError
from apps.payments.gateways.base import GatewayError

logger = logging.getLogger(__name__)


class HttpAnswer(http_call.HttpAnswer):
    __slots__ = ()

    def json_object(self) -> dict[str, Any]:
        """Return the body. Raises GatewayError for anything but a JSON object, whatever the status says."""
        with _gateway_errors():
            return http_call.HttpAnswer.json_object(self)


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
    with _gateway_errors():
        answer = http_call.call(
            method,
            url,
            seconds=settings.GATEWAY_TIMEOUT_SECONDS,
            logger=logger,
            headers=headers,
            json=json,
            query=query,
        )
    return HttpAnswer(status=answer.status, text=answer.text)


@contextmanager
def _gateway_errors() -> Iterator[None]:
    try:
        yield
    except CallError as error:
        raise GatewayError(
            str(error), never_sent=error.never_sent, raw=error.raw, status=error.status
        ) from error
