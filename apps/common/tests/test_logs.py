import json
import logging
import timeit

import pytest
from rest_framework.test import APIClient

from apps.common import logs
from apps.common.logs import (
    LONGEST_LINE,
    LONGEST_TEXT,
    JsonFormatter,
    RequestIdFilter,
    TextFormatter,
    masked,
    masked_path,
)
from apps.common.request_id import begin_request
from sewabazaar.logging import logging_settings


def record(message: str, *arguments: object, failed: Exception | None = None) -> logging.LogRecord:
    information = (type(failed), failed, failed.__traceback__) if failed else None
    made = logging.LogRecord("apps.payments", logging.INFO, __file__, 1, message, arguments, information)
    RequestIdFilter().filter(made)
    return made


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("mail to kamala.shrestha+a@example.com.np failed", "kamala"),
        ("call 9841234567 now", "9841234567"),
        ("call +977-9841234567", "9841234567"),
        ("phone: +9779841234567.", "9841234567"),
        ("call +97714412345 now", "14412345"),
        ("call +977-1-4412345", "4412345"),
        ("call +977 984-1234567", "1234567"),
        ("call 977 984 123 4567", "4567"),
        ("call 98-41234567", "41234567"),
        ("call 9841-234567", "234567"),
        ("call 9614123456", "9614123456"),
        ("phone='9741234567'", "9741234567"),
        ("Authorization: Key live_secret_key_68791341fdd94846a146f0457ff7b455", "68791341"),
        ("Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyIjoxfQ.c2ln", "c2ln"),
        ("{'pidx': 'bZQLD9wRVWo4CdESSfuSsB'}", "bZQLD9wRVWo4CdESSfuSsB"),
        ("<QueryDict: {'pidx': ['bZQLD9wRVWo4CdESSfuSsB']}>", "bZQLD9wRVWo4CdESSfuSsB"),
        ('{"token": "QUao9cqFzxPgvWJNi9aKac"}', "QUao9cqFzxPgvWJNi9aKac"),
        ("signature=4Ov7pCI1zIOdwtV2BRMUNjz1upIlT/COTxfLhWvVurE=", "4Ov7pCI1zIOdwtV2"),
        ("password: mountain-River-27", "mountain-River-27"),
        ("GET /api/calendar/bZQLD9wRVWo4CdESSfuSsB.ics 200", "bZQLD9wRVWo4CdESSfuSsB"),
        ("Internal Server Error: /api/calendar/bZQLD9w%20RV/", "RV"),
        ("webcal://example.com/api/calendar/bZQLD9wRVWo4CdESSfuSsB.ics?x=1", "bZQLD9wRVWo4CdESSfuSsB"),
    ],
)
def test_nothing_personal_and_no_secret_is_logged(text: str, secret: str) -> None:
    assert secret not in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "booking SB-2K4H9Q confirmed",
        "payment 1234567890123 took 12.5 ms",
        "GET /api/services/ 200",
        "POST /api/calendar/ 201",
        "GET /api/bookings/98/ 200 971.2 ms",
        "transaction SB-9841234567abcdef9841234567abcdef",
        "request 9841234567abcdef9841234567abcdef",
        "request 0f5ea7d3-9841-4234-9867-984123456712",
        "payment 97 2026-12-01T10:00:00+05:45",
        "9841 2026-12-01 10:00:00,984 INFO",
        "amount 98412345 of 987654.00 paisa, 0.9841234567 of it",
        "at 1796123456 and 1796123456789",
        "members 96, 97, 98 and 970 971 972",
    ],
)
def test_the_rest_stays(text: str) -> None:
    assert masked(text) == text


LONG = 4_000
TEXTS = ["a", "a.", "a@", "token", "key ", "token=", "+977 ", "984 ", "/calendar/", "/", "DETAIL:", " ", "\n"]


@pytest.mark.parametrize("piece", TEXTS)
def test_the_work_grows_with_the_length_and_not_with_its_square(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "LONGEST_LINE", 100 * LONG)
    monkeypatch.setattr(logs, "LONGEST_TEXT", 100 * LONG)

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        return min(timeit.repeat(lambda: masked(text), number=1, repeat=3))

    # Sixteen times the length: sixteen times the work, and not 256 times.
    assert seconds(16 * LONG) < 80 * (seconds(LONG) + 0.0005)


def test_long_lines_and_texts_are_cut_before_they_are_masked() -> None:
    assert len(masked("a" * 16_000)) == LONGEST_LINE
    assert len(masked("GET /\n" * 16_000)) == LONGEST_TEXT
    assert len(masked_path("/api/" + "a" * 16_000)) == LONGEST_LINE


def test_a_row_that_begins_behind_the_cut_is_cut_as_a_whole() -> None:
    text = "x" * 3_000 + " DETAIL:  Failing row contains (Kamala,\nNaya Baneshwor)."
    assert "Naya" not in masked(text)


@pytest.mark.parametrize(
    "explanation",
    [
        "DETAIL:  Failing row contains (7, Kamala Shrestha, Naya Baneshwor\n\n12, null).",
        "DETAIL:  Key (full_name)=(Kamala Shrestha) already exists.",
        "CONTEXT:  unnamed portal parameter $1 = 'Kamala Shrestha'",
    ],
)
def test_a_row_that_the_database_quotes_is_cut(explanation: str) -> None:
    goes_on = "\n\nThe above exception was the direct cause of another"

    assert (
        masked(f"null value in a column\n{explanation}{goes_on}") == f"null value in a column\n<cut>{goes_on}"
    )
    assert masked(explanation) == "<cut>"


def test_a_line_of_text_carries_the_requests_id() -> None:
    begin_request("abc-1")

    line = TextFormatter().format(record("hello %s", "kamala@example.com"))

    assert line.endswith("INFO apps.payments [abc-1] hello <e-mail>")


def test_a_line_of_json_has_its_parts_and_a_masked_exception() -> None:
    begin_request("abc-2")
    try:
        raise RuntimeError("no mail to kamala@example.com")
    except RuntimeError as error:
        line = json.loads(JsonFormatter().format(record("it broke", failed=error)))

    assert set(line) == {"at", "level", "logger", "request_id", "message", "exception"}
    assert (line["level"], line["logger"], line["request_id"]) == ("INFO", "apps.payments", "abc-2")
    assert "RuntimeError: no mail to <e-mail>" in line["exception"]
    assert "exception" not in json.loads(JsonFormatter().format(record("fine")))


def test_a_request_is_one_line_without_its_query(api: APIClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="apps.common.middleware"):
        api.get("/healthz/?token=secret")
        api.get("/nowhere%0AERROR forged/")

    lines = [entry.getMessage() for entry in caplog.records if entry.name == "apps.common.middleware"]
    assert lines[0].startswith("GET /healthz/ 200 ")
    assert lines[1].startswith("GET /nowhere%0AERROR%20forged/ 404 ")
    assert not any("secret" in line or "\n" in line for line in lines)


def test_requests_are_not_logged_where_nobody_listens(
    api: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="apps.common.middleware"):
        api.get("/healthz/")

    assert "healthz" not in caplog.text


def test_single_loggers_can_be_set(tmp_path: object) -> None:
    settings = logging_settings(level="INFO", levels={"apps.payments": "DEBUG"}, file="", format_name="json")

    assert settings["loggers"]["apps.payments"] == {"level": "DEBUG"}
    assert list(settings["handlers"]) == ["console"]
    assert settings["handlers"]["console"]["formatter"] == "json"
