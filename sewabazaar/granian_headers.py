"""Serve WSGI under granian from requests whose headers still have the names that were sent.

granian's WSGI workers write `X-Forwarded-For` and `X_Forwarded_For` to one key of the environ: the last one
wins, and nothing tells which it was. Its RSGI workers hand names over as they came. So a WSGI worker that
loads this application becomes an RSGI one, with as many threads as `--blocking-threads` says. That replaces
names inside granian, whose version is pinned: one that lacks them must not serve.
"""

import sys
from collections.abc import Callable
from threading import Thread
from typing import Any

from sewabazaar.wsgi_over_rsgi import Requests

REPLACED = ("WSGIWorker", "_wsgi_call_wrap")
NEEDED = ("RSGIWorker", "_rsgi_call_wrap", "_future_watcher_wrapper")
POSITION_OF_BLOCKING_THREADS = 5


def keep_header_names() -> None:
    """Turn this process's WSGI worker, where granian runs it, into one that tells `_` from `-` in names.

    Raises RuntimeError where granian is not built as expected.
    """
    granian: Any = sys.modules.get("granian.server.mp")
    if granian is None:
        return
    if not all(hasattr(granian, name) for name in REPLACED + NEEDED):
        raise RuntimeError("this granian can't be made to drop headers with '_' in their names; use 2.8")
    requests: list[Requests] = []

    def callback(application: Any, scope: dict[str, Any], access_log: str | None = None) -> Any:
        requests.append(Requests(application, prefix=scope.get("url_path_prefix") or ""))
        return granian._future_watcher_wrapper(granian._rsgi_call_wrap(requests[0], access_log))

    def worker(*arguments: Any) -> "Worker":
        requests[0].start(threads=arguments[POSITION_OF_BLOCKING_THREADS])
        return Worker(granian.RSGIWorker, arguments)

    granian._wsgi_call_wrap = callback
    granian.WSGIWorker = worker


class Worker:
    """An RSGI worker, served as a WSGI one: the caller waits for the signal, the loop runs beside it."""

    def __init__(self, rsgi_worker: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        settings = list(arguments)
        settings[POSITION_OF_BLOCKING_THREADS] = 1
        # RSGI knows one setting more, WebSockets, before the static files.
        settings.insert(POSITION_OF_BLOCKING_THREADS + 6, False)
        self.inner = rsgi_worker(*settings)

    def __getattr__(self, name: str) -> Callable[[Any, Any, Any], None]:
        """Return granian's method of that name (`serve_mtr` and its like), with the loop started after it."""
        serve = getattr(self.inner, name)

        def serving(scheduler: Any, loop: Any, shutdown: Any) -> None:
            serve(scheduler, loop, shutdown)
            Thread(target=loop.run_forever, daemon=True).start()

        return serving
