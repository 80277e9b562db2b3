"""The contract of every way by which messages leave."""

from typing import Protocol, TypeVar

from apps.notifications.models import Delivery

Prepared = TypeVar("Prepared")


class NotSent(Exception):
    """A message that did not leave. The text names no address and no phone.

    `permanent`: it would be refused again. `is_down`: no other would leave now either.
    """

    def __init__(self, message: str, *, permanent: bool = False, is_down: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.is_down = is_down


class Way(Protocol[Prepared]):
    """Opened before a message is taken from the outbox, so that one that is closed costs no message a try."""

    def open(self) -> None:
        """Get ready, if it isn't. Raises NotSent."""

    def close(self) -> None:
        """Let go of what was opened."""

    def prepare(self, delivery: Delivery) -> Prepared:
        """Return what `send` takes: words, made while the database is at hand."""

    def send(self, prepared: Prepared) -> None:
        """Return once it is taken. Raises NotSent."""
