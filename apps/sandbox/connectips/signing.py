"""ConnectIPS's signature, checked with the public half of the merchant's key."""

import base64
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.conf import settings


def signature_is_valid(token: str, values: Mapping[str, str]) -> bool:
    """Whether the token signs these values in their order; False where no key is set."""
    try:
        key = load_der_private_key(base64.b64decode(settings.CONNECTIPS_PRIVATE_KEY), password=None)
        signed = base64.b64decode(token, validate=True)
    except (ValueError, TypeError):
        return False
    if not isinstance(key, RSAPrivateKey):
        return False
    message = ",".join(f"{name}={value}" for name, value in values.items())
    try:
        key.public_key().verify(signed, message.encode(), PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
