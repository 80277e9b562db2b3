"""ConnectIPS's signature: SHA-256 with RSA over `NAME=value,NAME=value`, by the merchant's own key."""

import base64
from collections.abc import Mapping
from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings

from apps.payments.gateways.base import GatewayError


@lru_cache(maxsize=4)
def private_key(text: str) -> RSAPrivateKey | None:
    """Return the key of base64 of its DER, None where there is none in it."""
    try:
        key = load_der_private_key(base64.b64decode(text, validate=True), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, RSAPrivateKey) else None


def signature(values: Mapping[str, str]) -> str:
    """Return the token over values in their order. Raises GatewayError without a key."""
    key = private_key(settings.CONNECTIPS_PRIVATE_KEY)
    if key is None:
        raise GatewayError("there is no key to sign with", permanent=True, never_sent=True)
    message = ",".join(f"{name}={value}" for name, value in values.items())
    return base64.b64encode(key.sign(message.encode(), PKCS1v15(), SHA256())).decode()
