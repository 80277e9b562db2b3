from decimal import Decimal

import pytest

from apps.desk.charts import BOTTOM, HEIGHT, TOP, WIDTH, Column, bar_chart, round_above, short


def columns(*values: int) -> list[Column]:
    return [Column(str(number), "", [("done", value)]) for number, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "above"), [(0, 4), (4, 4), (5, 8), (9, 12), (13, 20), (21, 40), (41, 80), (1_300, 2_000)]
)
def test_the_scale_ends_at_a_round_number(value: float, above: float) -> None:
    assert round_above(value) == above


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (7.5, "7.5"), (1_500, "1.5 thousand"), (250_000, "2.5 lakh"), (12_000_000, "1.2 crore")],
)
def test_large_numbers_are_short(value: float, text: str) -> None:
    assert short(value) == text


def test_bars_stand_on_the_floor_inside_the_picture() -> None:
    chart = bar_chart(columns(0, 3, 8, 1), "bookings")
    parts = [part for bar in chart.bars for part in bar.parts]
    for part in parts:
        assert part.y + part.height == pytest.approx(HEIGHT - BOTTOM, abs=0.02)
        assert 0 <= part.x <= part.x + part.width <= WIDTH
    assert min(part.y for part in parts) == TOP


def test_parts_of_a_bar_are_piled_up() -> None:
    (bar,) = bar_chart([Column("today", "", [("done", 3), ("open", Decimal(1))])], "bookings").bars
    lower, upper = bar.parts
    assert upper.y + upper.height == pytest.approx(lower.y, abs=0.02)
    assert lower.height == pytest.approx(3 * upper.height, abs=0.05)


def test_the_last_day_has_its_label() -> None:
    labels = [bar.label for bar in bar_chart(columns(*range(30)), "bookings").bars]
    assert labels[-1] == "29"
    assert [label for label in labels if label] == ["4", "9", "14", "19", "24", "29"]


def test_no_days_are_no_error() -> None:
    assert bar_chart([], "bookings").bars == []


@pytest.mark.parametrize(
    ("highest", "measure", "labels"),
    [
        (9, "Rs", ["0", "3", "6", "9", "12"]),
        (70_000, "thousand Rs", ["0", "20", "40", "60", "80"]),
        (110_000, "lakh Rs", ["0", "0.3", "0.6", "0.9", "1.2"]),
        (7_500_000, "lakh Rs", ["0", "20", "40", "60", "80"]),
        (11_000_000, "crore Rs", ["0", "0.3", "0.6", "0.9", "1.2"]),
    ],
)
def test_a_scale_has_one_unit_and_names_it(highest: int, measure: str, labels: list[str]) -> None:
    chart = bar_chart(columns(1, highest), "Rs")
    assert (chart.measure, [line.label for line in chart.grid]) == (measure, labels)
