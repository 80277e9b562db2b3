import codecs
from decimal import Decimal
from typing import Any

import pytest

from apps.common.csv_export import csv_response, escaped


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_escaped(text: str) -> None:
    assert escaped(text).startswith("'")


def test_control_characters_stay_out_of_cells() -> None:
    assert escaped("Ram\x0bThapa\x00 \x1f\ufffe!") == "Ram\nThapa !"
    assert escaped("\x00=1") == "'=1"


@pytest.mark.parametrize("cell", ["Kamala", "", "a=b", Decimal("-150.00"), -1, None])
def test_anything_else_stays(cell: Any) -> None:
    assert escaped(cell) == cell


def test_a_file_is_to_be_saved() -> None:
    response = csv_response("owed.csv", ["name", "due"], [["=cmd", Decimal("-1.50")], ["Gita, Rai", 2]])
    assert response.content.startswith(codecs.BOM_UTF8)
    assert response.content.decode("utf-8-sig").splitlines() == ["name,due", "'=cmd,-1.50", '"Gita, Rai",2']
    assert response.headers["Content-Disposition"] == 'attachment; filename="owed.csv"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
