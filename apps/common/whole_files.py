"""Files that are there whole or not at all: written beside their place, synced, then renamed."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

# No room, a quota, a limit on a file's size, a disk that fails or went read-only.
DISK_TROUBLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
# What a process that was killed leaves behind ends so, and no stored file does.
UNFINISHED = ".unfinished"


def is_disk_trouble(error: BaseException) -> bool:
    """Return whether a file could not be written although nothing is wrong with it."""
    return isinstance(error, OSError) and error.errno in DISK_TROUBLE


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give the place to write to; what stands there afterwards takes the path's. Else nothing of it stays."""
    unfinished = path.with_name(f"{path.name[:100]}.{secrets.token_hex(8)}{UNFINISHED}")
    try:
        yield unfinished
        _sync(unfinished)
        os.replace(unfinished, path)
        _sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


class WholeFileStorage(FileSystemStorage):
    """Django's storage, whose own writing leaves half a file where the disk is full. Names are random."""

    def _save(self, name: str, content: IO[Any]) -> str:
        path = Path(self.path(name))
        with beside(path) as unfinished:
            name_beside = unfinished.relative_to(self.location).as_posix()
            super()._save(name_beside, content)  # type: ignore[misc]  # the stubs leave it out
        return name


def _sync(path: Path) -> None:
    """Wait until the disk has a file, or a folder's names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
