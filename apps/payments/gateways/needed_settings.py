"""The settings that a gateway needs, and what is wrong with them in production."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True, slots=True)
class NeededSettings:
    """`switch` is its secret: empty, it is not offered. `others` have to be there beside it.

    `reads` makes of the secret's text what the gateway works with, nothing where it can't be right. `public`
    are values from the vendor's documentation, with which anybody could sign. `is_optional`: unset it is not
    offered either, where the others would mean the sandbox.
    """

    switch: str
    others: tuple[str, ...]
    public: Mapping[str, str] = field(default_factory=dict)
    reads: Callable[[str], object] = str
    is_optional: bool = False

    def are_there(self) -> bool:
        is_on = bool(self.reads(getattr(settings, self.switch)))
        return is_on and all(getattr(settings, name) for name in self.others)

    def problems(self, values: Mapping[str, str], *, sandbox_url: str) -> list[str]:
        """Return what a production process must not start on, of an environment's values."""
        problems = [
            f"{name} is the vendor's public test value"
            for name, public in self.public.items()
            if values.get(name) == public
        ]
        if not values.get(self.switch):
            return problems
        if not self.reads(values[self.switch]):
            problems.append(f"{self.switch} can't be read")
        for name in self.others:
            value = values.get(name, "")
            if not value:
                problems.append(f"{name} is not set, but {self.switch} is")
            elif value.startswith(sandbox_url) or urlsplit(value).path.startswith("/sandbox/"):
                problems.append(f"{name} points at the sandbox")
        return problems
