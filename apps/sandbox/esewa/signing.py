"""eSewa's signature: HMAC-SHA256 over `name=value,name=value` in the order of `signed_field_names`."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

from django.conf import settings


def signature(message: str) -> str:
    """Base64 of the message's HMAC under the sandbox's eSewa secret."""
    digest = hmac.new(settings.ESEWA_SECRET_KEY.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def signed_message(fields: Mapping[str, str]) -> str:
    """The text that is signed: the fields named in `signed_field_names`, values exactly as written."""
    return ",".join(f"{name}={fields.get(name, '')}" for name in fields["signed_field_names"].split(","))


def signature_is_valid(fields: Mapping[str, str]) -> bool:
    expected = signature(signed_message(fields))
    return hmac.compare_digest(expected.encode(), fields["signature"].encode())
