"""The geometry of the start page's charts: bars over days, drawn by the server as SVG. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 540, 200
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 30, 26
GRID_LINES = 4
DAYS_A_LABEL = 5
# In groups that people here read.
UNITS = ((10_000_000, "crore"), (100_000, "lakh"), (1_000, "thousand"))


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar, in the picture's units from the top left."""

    tone: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A day: what to say of it, its pieces, and where its label stands, if it has one."""

    title: str
    parts: list[Part]
    label: str
    middle: float


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`measure` is what the scale counts, with its unit: `lakh Rs`."""

    bars: list[Bar]
    grid: list[GridLine]
    measure: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    label_y: int = HEIGHT - 8


@dataclass(frozen=True, slots=True)
class Column:
    """What a bar stands for: values by tone, piled up in their order, from nought."""

    label: str
    title: str
    values: Sequence[tuple[str, int | Decimal]]


def bar_chart(columns: Sequence[Column], measure: str) -> Chart:
    """Return a chart of one bar a column, on a scale that ends at a round number above the highest.

    The scale has one unit from top to bottom.
    """
    highest = max((sum(float(value) for _, value in column.values) for column in columns), default=0)
    top = round_above(highest)
    unit, name = unit_of(top)
    floor = HEIGHT - BOTTOM
    scale = (floor - TOP) / top
    room = (WIDTH - LEFT - RIGHT) / max(len(columns), 1)
    bars = []
    for number, column in enumerate(columns):
        x, y, parts = LEFT + number * room + room * 0.15, float(floor), []
        for tone, value in column.values:
            height = float(value) * scale
            y -= height
            parts.append(Part(tone, round(x, 2), round(y, 2), round(room * 0.7, 2), round(height, 2)))
        # Counted from the last one back, so that today always has its label.
        is_labelled = (len(columns) - 1 - number) % DAYS_A_LABEL == 0
        middle = round(LEFT + (number + 0.5) * room, 2)
        bars.append(Bar(column.title, parts, column.label if is_labelled else "", middle))
    grid = [
        GridLine(round(floor - scale * top * step / GRID_LINES, 2), f"{top * step / GRID_LINES / unit:g}")
        for step in range(GRID_LINES + 1)
    ]
    return Chart(bars, grid, f"{name} {measure}".strip())


def round_above(value: float) -> float:
    """Return the smallest of 4, 8, 12, 20, 40, 80 ... that isn't below a value: quarters of it are round."""
    size = 4.0
    while True:
        for factor in (1, 2, 3, 5):
            if value <= size * factor:
                return size * factor
        size *= 10


def unit_of(value: float) -> tuple[int, str]:
    """Return the largest unit that isn't above a value, and its name."""
    return next(((unit, name) for unit, name in UNITS if value >= unit), (1, ""))


def short(value: float) -> str:
    """Return a number in few characters: `1.5 lakh`."""
    unit, name = unit_of(value)
    return f"{value / unit:.2f}".rstrip("0").rstrip(".") + f" {name}".rstrip()
