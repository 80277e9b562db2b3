"""Encrypted text in the database, and keyed hashes of what must stay searchable."""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class WrongEncryptionKey(Exception):
    """No configured key decrypts a stored value."""


@lru_cache(maxsize=8)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """Return the cipher of `FIELD_ENCRYPTION_KEYS`: the first key encrypts, all decrypt."""
    return _cipher(tuple(settings.FIELD_ENCRYPTION_KEYS))


def encrypted_bytes(content: bytes) -> bytes:
    return cipher().encrypt(content)


def decrypted_bytes(ciphertext: bytes) -> bytes:
    """Return the plain content. Raises WrongEncryptionKey."""
    try:
        return cipher().decrypt(ciphertext)
    except InvalidToken as error:
        raise WrongEncryptionKey("a stored value can't be decrypted with FIELD_ENCRYPTION_KEYS") from error


def encrypted(text: str) -> str:
    return encrypted_bytes(text.encode()).decode()


def decrypted(ciphertext: str) -> str:
    """Return the plain text. Raises WrongEncryptionKey."""
    return decrypted_bytes(ciphertext.encode()).decode()


def keyed_hash(text: str) -> str:
    """Return a hash by which a secret is found again. Keyed by SECRET_KEY, so encryption keys can rotate."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs alone
    """Text that reaches the database encrypted. Reading it with a wrong key raises WrongEncryptionKey."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypted(str(value))

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return None if value is None else decrypted(value)
