"""Files that are nobody's business but their owner's: outside MEDIA_ROOT, encrypted, shown only by a view."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.http import FileResponse

from apps.common.encryption import decrypted_bytes, encrypted_bytes
from apps.common.whole_files import UNFINISHED, WholeFileStorage

PRIVATE_MODE = 0o600


class PrivateStorage(WholeFileStorage):
    """Files under PRIVATE_MEDIA_ROOT: encrypted, readable by the server's own user, without an address.

    They are small, so one is encrypted and decrypted as a whole. Opening one with a wrong key raises
    WrongEncryptionKey.
    """

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=PRIVATE_MODE, directory_permissions_mode=0o700)

    # Read anew each time; the base keeps them for as long as MEDIA_ROOT stays.
    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        content.seek(0)
        return super().save(name, ContentFile(encrypted_bytes(content.read())), max_length)

    def open(self, name: str, mode: str = "rb") -> File[Any]:
        with super().open(name, "rb") as stored:
            return File(BytesIO(decrypted_bytes(stored.read())), name=name)

    def files(self) -> Iterator[Path]:
        """Yield every stored file, also those that no row points to any more; none that is being written."""
        stored = sorted(Path(self.location).rglob("*"))
        return (path for path in stored if path.suffix != UNFINISHED and path.is_file())

    def url(self, name: str | None) -> NoReturn:
        raise ValueError("private files have no address")


def attachment(content: IO[Any], *, name: str) -> FileResponse:
    """Return a file to be saved, never shown: a browser takes it for nothing but bytes."""
    response = FileResponse(
        content, as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
