"""The product's server, which says on each answer how much work it was.

`X-Statements` are those sent to the database, `X-Steps` the lines of `apps/slots` that were run: unlike
seconds, the same on every machine.
"""

import sys
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Any

from sewabazaar.wsgi import application as product

COUNTED = "/apps/slots/"


class Work:
    def __init__(self) -> None:
        self.statements = self.steps = 0

    def statement(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)

    def call(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        return self.step if COUNTED in frame.f_code.co_filename else None

    def step(self, frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        self.steps += event == "line"
        return self.step


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    from django.db import connection

    work = Work()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        counts = [("X-Statements", str(work.statements)), ("X-Steps", str(work.steps))]
        return start_response(status, headers + counts, *rest)

    sys.settrace(work.call)
    try:
        with connection.execute_wrapper(work.statement):
            return product(environ, start)
    finally:
        sys.settrace(None)
