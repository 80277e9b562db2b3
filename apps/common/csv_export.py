"""CSV for people with spreadsheets."""

import csv
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from apps.common.text import printable

# Without this mark Excel takes UTF-8 for the code page of its country, and Devanagari for rubbish.
BEGINS_UTF_8 = "\ufeff"
WITH_MARK = "utf-8-sig"
# A spreadsheet takes text that begins with one of these for a formula, and runs it.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escaped(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs, nor breaks on. Numbers stay numbers, below zero too."""
    if not isinstance(cell, str):
        return cell
    text = printable(cell)
    return f"'{text}" if cell.startswith(BEGINS_A_FORMULA) or text.startswith(BEGINS_A_FORMULA) else text


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """Return a file to save, in UTF-8."""
    response = HttpResponse(BEGINS_UTF_8, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return response


class _Line:
    """A file that hands back what is written: `csv.writer` returns what its file's `write` returns."""

    def write(self, text: str) -> str:
        return text


def csv_stream(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Return a file to save, in UTF-8, that is written while it is sent."""
    writer = csv.writer(_Line())
    lines = (writer.writerow([escaped(cell) for cell in row]) for row in chain([header], rows))
    response = StreamingHttpResponse(chain([BEGINS_UTF_8], lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
