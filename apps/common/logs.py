"""Log lines as text or JSON, with the request's id and without anything personal."""

import json
import logging
import re
from datetime import UTC, datetime

from apps.common.request_id import current_request_id

# PostgreSQL's explanations quote values, up to whole rows; they end where the traceback goes on.
_QUOTED_ROW = re.compile(
    r"(?:\b(?:DETAIL|CONTEXT):|Failing row contains).*?(?=\n(?:HINT:|Traceback |\nThe above |\nDuring )|\Z)",
    re.DOTALL,
)
# 9841234567, 984-1234567, 984 123 4567, 98-41234567, 9841-234567; not any ten digits with gaps, as in dates.
_MOBILE = r"9[678](?:\d{8}|[ -]\d{8}|\d[ -]\d{7}|\d[ -]\d{3}[ -]\d{4}|\d\d[ -]\d{6}|\d\d[ -]\d{3}[ -]\d{3})"
# Whoever knows the address of a private calendar can read it.
_CALENDAR_SECRET = re.compile(r"(?i)(/calendar/+)[^\s\"'<>]+")
# Every pattern is bounded where it may begin at each character: a long text must not cost its square.
LONGEST_LINE = 2_000
LONGEST_TEXT = 20_000
# Last line of defence: code doesn't log these, but an exception's text may carry them.
_PERSONAL = (
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,253}"), "<e-mail>"),
    (re.compile(r"\+977(?:[ -]*\d){7,12}"), "<phone>"),
    (re.compile(rf"(?<![\w-])(?<!\d\.)(?:977[ -]?)?{_MOBILE}(?!\w)"), "<phone>"),
    (_CALENDAR_SECRET, r"\1<secret>"),
    (re.compile(r"(?i)\b(bearer|key)\s{1,8}[\w.-]{16,}"), r"\1 <secret>"),
    (
        re.compile(
            r"(?i)((?:pidx|token|signature|password|secret)\w{0,40}['\"]?\s{0,8}[=:]\s{0,8}\[?['\"]?)[\w.+/=-]{6,}"
        ),
        r"\1<secret>",
    ),
)


def masked_path(path: str) -> str:
    """Return a request's path, cut to a line's length, without the secret that may stand in it."""
    return _CALENDAR_SECRET.sub(r"\1<secret>", path[:LONGEST_LINE])


def printable(text: str) -> str:
    """Return one line that every database keeps and every log shows, with U+FFFD for anything else."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def masked(text: str) -> str:
    """Return the text without e-mails, phone numbers of Nepal, keys, tokens and quoted rows.

    Long lines, and long texts, are cut. The work grows with the length, not with its square.
    """
    # Before lines are cut: the rest of a row whose beginning is gone would not be known for one.
    text = _QUOTED_ROW.sub("<cut>", text)
    text = "\n".join(line[:LONGEST_LINE] for line in text[:LONGEST_TEXT].split("\n"))
    for pattern, replacement in _PERSONAL:
        text = pattern.sub(replacement, text)
    return text


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request_id()
        return True


class TextFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": masked(record.getMessage()),
        }
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
