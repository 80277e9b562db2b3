"""How a gateway sends the payer's browser back."""

from dataclasses import dataclass
from enum import StrEnum


class Brings(StrEnum):
    """What the browser brings back in the query."""

    TOKEN = "token"  # noqa: S105  the gateway's own name of the payment
    REFERENCE = "reference"  # ours
    SIGNED_WORD = "signed word"  # a hint; our reference stands in the path


@dataclass(frozen=True, slots=True)
class Return:
    """What is read at `payments/<code>/return/`, and what the API's reader is told of it."""

    brings: Brings
    parameter: str
    parameter_text: str
    description: str

    @property
    def is_named_in_path(self) -> bool:
        return self.brings == Brings.SIGNED_WORD
