"""Files that are nobody's business but their owner's: outside MEDIA_ROOT, handed out only by a view."""

import os
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse


class PrivateStorage(FileSystemStorage):
    """Files under PRIVATE_MEDIA_ROOT, readable by the server's own user; they have no address."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    # Read anew each time; the base keeps them for as long as MEDIA_ROOT stays.
    @property
    def base_location(self) -> str:
        return str(settings.PRIVATE_MEDIA_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

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
