"""The Fernet keys of encrypted fields, as settings need them."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured


def encryption_keys(keys: list[str], *, secret_key: str, debug: bool) -> list[str]:
    """Return the configured keys; in development one that is derived from the secret key.

    Raises ImproperlyConfigured for a malformed key, which would otherwise show with the first payment.
    """
    for key in keys:
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(
                "FIELD_ENCRYPTION_KEYS holds a malformed key: " + str(error)
            ) from error
    if keys or not debug:
        return keys
    digest = hashlib.sha256(b"field-encryption:" + secret_key.encode()).digest()
    return [base64.urlsafe_b64encode(digest).decode()]
