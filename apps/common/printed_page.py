"""Pages to print: they load nothing, run nothing, and have their style within."""

import base64
import hashlib
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string

from apps.common.bikram_sambat import bikram_sambat_nepali, bikram_sambat_text, devanagari

STYLE = """
body { font: 15px/1.5 system-ui, "Noto Sans Devanagari", "Nirmala UI", "Kohinoor Devanagari", sans-serif; }
body { color: #111; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
body.wide { max-width: 60rem; }
header { display: flex; justify-content: space-between; border-bottom: 2px solid #111; margin-bottom: 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
dl { display: grid; grid-template-columns: 12rem minmax(0, 1fr); margin: 0 0 1rem; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: .3rem .5rem .3rem 0; border-bottom: 1px solid #ccc; text-align: left; font-weight: normal; }
td, th { vertical-align: top; overflow-wrap: break-word; }
td.free { overflow-wrap: anywhere; min-width: 7rem; }
thead th { color: #555; font-size: .85rem; }
table.sums td, .amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.sum > * { font-weight: bold; border-bottom: 2px solid #111; }
table.figures { font-size: .9em; }
table.plan { table-layout: fixed; }
table.plan th:nth-child(1) { width: 7rem; }
table.plan th:nth-child(2) { width: 11rem; }
table.plan th:nth-child(5) { width: 7rem; }
tr.gap td { color: #555; font-style: italic; }
.time, .whole { white-space: nowrap; }
.note { color: #555; }
@media print {
  body, body.wide { margin: 0; max-width: none; }
  body.wide { font-size: 12px; }
  tr { break-inside: avoid; }
}
@media screen and (max-width: 60rem) {
  header { flex-wrap: wrap; gap: .5rem 2rem; }
  dl { grid-template-columns: 9rem minmax(0, 1fr); }
  table.stacks thead { display: none; }
  table.stacks, .stacks tbody, .stacks tr, .stacks td, .stacks th { display: block; }
  .stacks tr { border-bottom: 1px solid #ccc; padding: .4rem 0; }
  .stacks td, .stacks .sum th { border: 0; padding: .1rem 0 .1rem 7.5rem; text-align: left; }
  .stacks td { position: relative; }
  .stacks td::before { content: attr(data-label); color: #555; position: absolute; left: 0; }
  .stacks .sum th, .stacks tr.gap td { padding-left: 0; }
  .stacks tr.gap td { display: inline; }
}
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src 'sha256-{STYLE_HASH}'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)


def printed_page(template: str, content: dict[str, Any]) -> HttpResponse:
    """Return a page of its own: for one reader, kept by nobody in between."""
    response = HttpResponse(render_to_string(template, {"style": STYLE, **content}))
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response


def both_calendars(day: date) -> str:
    """Return a date A.D. and B.S.; where the tables of the latter end, A.D. alone."""
    here = in_nepal(day)
    return f"{day.isoformat()} A.D. ({here})" if here else f"{day.isoformat()} A.D."


def both_calendars_nepali(day: date) -> str:
    """Return a date A.D. and B.S. in Nepali; where the tables of the latter end, A.D. alone."""
    written = f"{devanagari(day.isoformat())} ई.सं."
    try:
        return f"{written} ({bikram_sambat_nepali(day)} वि.सं.)"
    except ValueError:
        return written


def in_nepal(day: date) -> str:
    """Return a date B.S., as `6 Mangsir 2083 B.S.`; nothing where the calendar's tables end."""
    try:
        return f"{bikram_sambat_text(day)} B.S."
    except ValueError:
        return ""
