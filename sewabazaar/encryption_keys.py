"""The Fernet keys of encrypted fields, as settings need them."""

import base64
import hashlib


def encryption_keys(keys: list[str], *, secret_key: str, debug: bool) -> list[str]:
    """Return the configured keys; in development one that is derived from the secret key."""
    if keys or not debug:
        return keys
    digest = hashlib.sha256(b"field-encryption:" + secret_key.encode()).digest()
    return [base64.urlsafe_b64encode(digest).decode()]
