"""What an SMS service can be asked, and what it answers."""

from typing import ClassVar


class SmsError(Exception):
    """A text that was not taken. The message names no phone.

    `permanent`: the same text would be refused again. `is_down`: no other would be taken now either, as with
    a service that can't be reached, or an account without credit.
    """

    def __init__(self, message: str, *, permanent: bool = False, is_down: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.is_down = is_down


class SmsBackend:
    """One service. It knows neither our models nor our requests."""

    name: ClassVar[str]

    def is_configured(self) -> bool:
        """Return whether its credentials are set."""
        raise NotImplementedError

    def send(self, *, phone: str, text: str) -> None:
        """Hand a text over, to a phone in E.164; returns once the service has taken it. Raises SmsError."""
        raise NotImplementedError
