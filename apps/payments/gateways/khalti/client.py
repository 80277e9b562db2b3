"""What Khalti's two interfaces have in common: address, key, how a refusal looks. Khalti counts in paisa."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urljoin

from django.conf import settings

from apps.common.logs import masked
from apps.common.money import from_paisa
from apps.payments.gateways import checked, http
from apps.payments.gateways.amounts import number
from apps.payments.gateways.base import GatewayError

REFUSAL_LENGTH = 150
LONGEST_NAME = 40
MOST_NAMES = 10
# As Khalti makes a pidx, a token or a transaction's id; no word is that long.
_IDENTIFIER = re.compile(r"[A-Za-z0-9]{20,}")


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


def refusal(answer: http.HttpAnswer, body: Mapping[str, Any], *, secret: str = "") -> GatewayError:
    """Return the error for a body that answers something else than what was asked.

    Its text goes into the log and the trail: without `secret`, the pidx, token or id that was asked about. Of
    a body that is no known kind of error only its fields' names are told.
    """
    is_ours = is_refusal(body) and max(answer.status, _status_in(body)) < 500
    said = _words(body, secret) if is_ours else f"not an answer, {_names(body, secret)}"
    return GatewayError(
        f"HTTP {answer.status}: {said}", permanent=is_ours, raw=answer.text, status=answer.status
    )


def _words(body: Mapping[str, Any], secret: str) -> str:
    words = str({name: value for name, value in body.items() if name not in ("error_key", "status_code")})
    if secret:
        words = words.replace(secret, "<id>").replace(quote(secret, safe=""), "<id>")
    return _IDENTIFIER.sub("<id>", masked(words))[:REFUSAL_LENGTH]


def _names(body: Mapping[str, Any], secret: str) -> str:
    names = [name for name in body if name.isidentifier() and len(name) <= LONGEST_NAME and name != secret]
    key = checked.word(body.get("error_key"))[:LONGEST_NAME]
    said = f"{', '.join(names[:MOST_NAMES])} {key}"
    return _IDENTIFIER.sub("<id>", masked(said)).strip()


def is_refusal(body: Mapping[str, Any]) -> bool:
    """Return whether a body is one of Khalti's two kinds of error, whatever HTTP status it came with."""
    return bool(body.get("error_key")) or _status_in(body) >= 400


def _status_in(body: Mapping[str, Any]) -> int:
    stated = str(body.get("status_code", ""))
    return int(stated) if len(stated) == 3 and stated.isdecimal() else 0


def rupees(paisa: object) -> Decimal | None:
    """Return rupees, or None where it is no whole number of paisa. Their samples also write it as text."""
    found = number(paisa)
    return from_paisa(int(found)) if found is not None and found == found.to_integral_value() else None
