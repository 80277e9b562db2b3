"""What one measurement consists of."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from bench.client import Round


def nothing(port: int) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Scenario:
    """`rounds` hands out what a connection does next, None at the end. A round is `requests` requests.

    With a `rate` so many rounds begin each second, on `connections` of its own. `warm_up` rounds come first,
    instead of some seconds of them. `beside`, opened with the server's port, goes on meanwhile.
    """

    name: str
    rounds: Callable[[], Round | None]
    requests: int = 1
    rate: float | None = None
    connections: int | None = None
    warm_up: int | None = None
    beside: Callable[[int], AbstractContextManager[None]] = nothing
