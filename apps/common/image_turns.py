"""One after the other: a picture of 25 megapixels takes up to 400 MB while it is decoded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings
from django.db import connection

from apps.common.database import release_connection
from apps.common.errors import DomainError

WAITS_SECONDS = 4
COME_AGAIN_SECONDS = 5


@cache
def _turns(at_once: int) -> BoundedSemaphore:
    return BoundedSemaphore(at_once)


@contextmanager
def image_turn() -> Iterator[None]:
    """Let `PICTURES_AT_ONCE` pictures of this process be worked on. Raises `unavailable` after a wait."""
    if not connection.in_atomic_block:
        release_connection()
    turns = _turns(settings.PICTURES_AT_ONCE)
    if not turns.acquire(timeout=WAITS_SECONDS):
        detail = "Other pictures are being worked on. Please try again in a few seconds."
        raise DomainError("unavailable", detail, retry_after=COME_AGAIN_SECONDS)
    try:
        yield
    finally:
        turns.release()
