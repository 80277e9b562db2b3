"""Encrypting stored values anew with the first of `FIELD_ENCRYPTION_KEYS`, so that older keys can go."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db.models import Model, TextField
from django.db.models.functions import Cast

from apps.common.encryption import (
    EncryptedTextField,
    WrongEncryptionKey,
    decrypted,
    decrypted_bytes,
    encrypted_bytes,
)
from apps.common.private_files import PRIVATE_MODE, PrivateStorage
from apps.common.whole_files import beside

BATCH = 500


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that stays as it is: which one and why, in words."""

    reason: str


@dataclass(frozen=True, slots=True)
class EncryptedColumn:
    """A field of a model whose values lie encrypted."""

    model: type[Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    def rows(self, *, after: int = 0) -> Any:
        """Return the rows that have a value, with its ciphertext as `stored`, in the order of their ids."""
        stored = Cast(self.name, TextField())
        rows = self.model._base_manager.annotate(stored=stored).filter(pk__gt=after, stored__isnull=False)
        return rows.order_by("pk")

    def count(self) -> int:
        return int(self.rows().count())


def encrypted_columns() -> list[EncryptedColumn]:
    """Return every encrypted field of every model."""
    return [
        EncryptedColumn(model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def column_rotate(column: EncryptedColumn) -> Iterator[bool | Unreadable]:
    """Go through a column in batches; yield for each value whether it was encrypted anew, or why it can't be.

    What the first key decrypts is left alone, so it may be stopped and started again.
    """
    newest = Fernet(settings.FIELD_ENCRYPTION_KEYS[0])
    last = 0
    while batch := list(column.rows(after=last).values_list("pk", "stored")[:BATCH]):
        for pk, stored in batch:
            yield not _decrypts(newest, stored.encode()) and _rotate(column, pk, stored)
        last = batch[-1][0]


def files_rotate() -> Iterator[bool | Unreadable]:
    """Go through the private files; yield for each whether it was encrypted anew, or why it can't be.

    A file is written once and never changed, so whoever replaces it last has written the same.
    """
    newest = Fernet(settings.FIELD_ENCRYPTION_KEYS[0])
    for path in PrivateStorage().files():
        try:
            stored = path.read_bytes()
            yield not _decrypts(newest, stored) and _rotate_file(path, stored)
        except FileNotFoundError:  # purged meanwhile
            continue
        except OSError as error:
            yield Unreadable(f"{path.name} can't be read or written: {error.strerror}")


def _rotate_file(path: Path, stored: bytes) -> bool | Unreadable:
    if not stored:
        return Unreadable(f"{path.name} is empty")
    try:
        content = decrypted_bytes(stored)
    except WrongEncryptionKey:
        return Unreadable(f"{path.name} can't be decrypted: a key is missing, or it is no whole file")
    with beside(path) as other:
        other.touch(mode=PRIVATE_MODE, exist_ok=False)
        other.write_bytes(encrypted_bytes(content))
    return True


def _decrypts(key: Fernet, stored: bytes) -> bool:
    try:
        key.decrypt(stored)
    except InvalidToken:
        return False
    return True


def _rotate(column: EncryptedColumn, pk: int, stored: str) -> bool | Unreadable:
    try:
        text = decrypted(stored)
    except WrongEncryptionKey:
        return Unreadable(f"{column} of row {pk} can't be decrypted: a key is missing")
    # Compare-and-set: what somebody wrote meanwhile is newer, and encrypted with the first key.
    unchanged = column.rows().filter(pk=pk, stored=stored).order_by()
    return bool(unchanged.update(**{column.name: text}))
