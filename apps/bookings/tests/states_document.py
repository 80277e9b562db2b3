"""The tables of docs/states.md, as tests read them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

DOCUMENT = settings.BASE_DIR / "docs" / "states.md"


@dataclass(frozen=True)
class Row:
    """One move: who makes it, by which calls, and when."""

    start: str
    end: str
    who: frozenset[str]
    how: frozenset[str]
    clock: str

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


def _rows_of(heading: str) -> Iterator[list[str]]:
    """Yield the cells of the first table below a heading, code marks around a whole cell taken off."""
    section = DOCUMENT.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    table = re.search(r"(?:^\|.*\n)+", section, re.MULTILINE)
    assert table, heading
    for line in table[0].splitlines()[2:]:
        yield [re.sub(r"^`(\w+)`$", r"\1", cell.strip()) for cell in line.strip("|").split("|")]


def _names(cell: str) -> frozenset[str]:
    return frozenset(cell.split(", "))


def documented_moves() -> list[Row]:
    return [
        Row(start, end, _names(who), _names(how), clock)
        for start, end, who, how, clock, *_ in _rows_of("Moves")
    ]


def documented_times() -> dict[tuple[str, str], tuple[str, str]]:
    """Return by state and role what another time leads to: as a rule, and where the service asks again."""
    return {
        (state, role): (usual, asking_again)
        for state, who, usual, asking_again in _rows_of("Another time")
        for role in _names(who)
    }


def drawn_moves() -> set[tuple[str, str]]:
    return set(re.findall(r"^    (\w+) --> (\w+)", DOCUMENT.read_text(), re.MULTILINE))
