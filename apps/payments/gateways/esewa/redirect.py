"""What eSewa appends to the return address: base64 of signed JSON. It proves who wrote it, nothing more."""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from apps.payments.gateways.esewa.gateway import signature

LONGEST_DATA = 4096  # a genuine one has about 500 characters
# A signature over fewer, such as that of the form, would say nothing of these.
MUST_BE_SIGNED = frozenset({"status", "total_amount", "transaction_uuid", "product_code"})
# Some senders spell base64 for addresses, and a plus that was not escaped arrives as a space.
TO_BASE64 = str.maketrans("-_ ", "+/+")


@dataclass(frozen=True, slots=True)
class SignedRedirect:
    """Fields that eSewa signed, each as the text that it printed; `total_amount` in rupees."""

    status: str
    total_amount: str
    transaction_uuid: str
    product_code: str

    @property
    def says_paid(self) -> bool:
        return self.status == "COMPLETE"

    def is_of(self, reference: str) -> bool:
        """Return whether this is about our own transaction: a genuine one of another may be replayed."""
        return (self.transaction_uuid, self.product_code) == (reference, settings.ESEWA_PRODUCT_CODE)


def signed_redirect(data: str) -> SignedRedirect | None:
    """Return what eSewa signed in `data`, None for anything that it didn't."""
    fields = _fields(data)
    names = tuple(fields.get("signed_field_names", "").split(","))
    is_whole = MUST_BE_SIGNED.issubset(names) and len(set(names)) == len(names)
    if not is_whole or not fields.keys() >= {*names, "signature"}:
        return None
    if not _is_signed(fields, names):
        return None
    return SignedRedirect(**{name: fields[name] for name in MUST_BE_SIGNED})


def _is_signed(fields: Mapping[str, str], names: tuple[str, ...]) -> bool:
    try:
        return hmac.compare_digest(signature(fields, names).encode(), fields["signature"].encode())
    except UnicodeEncodeError:
        return False


def _fields(data: str) -> dict[str, str]:
    """Return each field's text, numbers as they were printed: the signature covers `1000.0`, not 1000."""
    if len(data) > LONGEST_DATA:
        return {}
    text = data.translate(TO_BASE64).rstrip("=")
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
        content: Any = json.loads(decoded, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    return {name: value for name, value in content.items() if isinstance(value, str)}
