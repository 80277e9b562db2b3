"""What Khalti's two interfaces have in common: address, key, how a refusal looks. Khalti counts in paisa."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from apps.common.logs import masked
from apps.common.money import from_paisa
from apps.payments.gateways import http
from apps.payments.gateways.base import GatewayError

REFUSAL_LENGTH = 150


def base_url() -> str:
    """Return the address with its version and one slash at the end."""
    return f"{settings.KHALTI_BASE_URL.rstrip('/')}/"


def call(
    method: str,
    path: str,
    *,
    json: Mapping[str, Any] | None = None,
    query: Mapping[str, str] | None = None,
) -> http.HttpAnswer:
    headers = {"Authorization": f"Key {settings.KHALTI_SECRET_KEY}", "Accept": "application/json"}
    return http.call(method, urljoin(base_url(), path), headers=headers, json=json, query=query)


def refusal(answer: http.HttpAnswer, body: Mapping[str, Any]) -> GatewayError:
    """Return the error for a body that answers something else than what was asked."""
    is_ours = 400 <= answer.status < 500 and ("error_key" in body or "status_code" in body)
    words = {name: value for name, value in body.items() if name not in ("error_key", "status_code")}
    said = masked(str(words))[:REFUSAL_LENGTH] if is_ours else "not an answer"
    return GatewayError(f"HTTP {answer.status}: {said}", permanent=is_ours, raw=answer.text)


def rupees(paisa: object) -> Decimal | None:
    """Return rupees, or None where it is no whole number of paisa."""
    if isinstance(paisa, int) and not isinstance(paisa, bool):
        return from_paisa(paisa)
    return None


def text(value: object) -> str:
    return value if isinstance(value, str) else ""
