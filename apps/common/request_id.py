"""The id of the request that the current code serves."""

import re
import uuid
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="-")
_WELL_FORMED = re.compile(r"[A-Za-z0-9-]{1,64}")


def current_request_id() -> str:
    """Return the id, or "-" outside a request."""
    return _current.get()


def begin_request(offered: str) -> str:
    """Take the client's id where it is well formed, else make one, and return it."""
    chosen = offered if _WELL_FORMED.fullmatch(offered) else uuid.uuid4().hex
    _current.set(chosen)
    return chosen
