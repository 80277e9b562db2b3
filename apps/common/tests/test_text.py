"""The one rule for what people type."""

import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.text import MOST_ACCENTS, UnfitText, cleaned, first_name, pasted, printable

MARKS = {
    "zero-width space": "\u200b",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "word joiner": "\u2060",
    "left-to-right mark": "\u200e",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "invisible letter": "\U000e0041",
    "grapheme joiner": "\u034f",
    "hangul filler": "\u3164",
    "variation selector": "\ufe0f",
    "annotation": "\ufff9",
}
KEPT = {
    "family": "👩‍👩‍👧",
    "profession with a skin": "👩🏽‍🔬",
    "burning heart": "❤️‍🔥",
    "keycap": "1️⃣",
    "flag of Nepal": "🇳🇵",
    "flag of Scotland": "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "text style": "☎︎ 01",
    "joiner in a conjunct": "क्‍षितिज",
    "non-joiner in a word": "श्री‌मान",
    "Persian": "می‌خواهم",
}


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)
def test_invisible_marks_go_wherever_they_stand(mark: str) -> None:
    assert cleaned(f"{mark}Ram {mark}{mark}Th{mark}apa{mark}") == "Ram Thapa"
    assert cleaned(f"{mark}राम{mark}") == "राम"
    assert cleaned(mark) == ""


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_does_something_between_its_neighbours_stays(text: str) -> None:
    assert cleaned(text) == unicodedata.normalize("NFC", text)
    assert cleaned(f"a {text} b") == unicodedata.normalize("NFC", f"a {text} b")


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
@pytest.mark.parametrize("text", ["{}राम", "राम{}", "राम {} थापा", "R{}am", "राम{}.", "{}"])
def test_joiners_stay_inside_words_of_joining_scripts_only(text: str, joiner: str) -> None:
    assert cleaned(text.format(joiner)) == text.format("").strip()


@pytest.mark.parametrize(
    "text", ["\u200b", "\u3164", "\u2800", "\u0301", "\u093e\u093f", " \u00a0\u3000", "\ue000", "\U0001d159"]
)
def test_what_shows_nothing_is_empty(text: str) -> None:
    assert cleaned(text) == cleaned(text, lines=True) == ""


@pytest.mark.parametrize(
    "text", ["\x00", "\x07", "\x1b[0m", "\x7f", "\x9b", "\ud800", "\ufffe", "\U0001ffff"]
)
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(UnfitText):
        cleaned(f"a{text}b")


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_breaks_become_line_feeds_where_lines_are_wanted(line_break: str) -> None:
    assert cleaned(f"one{line_break}two", lines=True) == "one\ntwo"
    assert cleaned(f"one{line_break}two") == "one two"


def test_every_kind_of_space_is_a_plain_one() -> None:
    assert cleaned("a\tb\u00a0c\u3000d\u202fe") == "a b c d e"


def test_text_is_composed() -> None:
    assert cleaned("Cafe\u0301") == "Café"
    assert cleaned("e\u200b\u0301") == "é"


def test_a_letter_carries_only_so_many_accents() -> None:
    assert cleaned("a" + "\u0327" * MOST_ACCENTS)
    with pytest.raises(UnfitText):
        cleaned("a" + "\u0327\u0301" * 1_000_000)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_cleaning_again_changes_nothing(text: str) -> None:
    for lines in (False, True):
        with suppress(UnfitText):
            once = cleaned(text, lines=lines)
            assert cleaned(once, lines=lines) == once
            assert unicodedata.is_normalized("NFC", once)


def test_what_is_pasted_loses_every_mark() -> None:
    assert pasted("\u202a\uff52\uff41\uff4d\uff20example.com\u202c\u200b") == "ram@example.com"
    assert pasted("ra\u200dm") == "ram"


def test_stored_text_is_made_printable_without_a_word() -> None:
    assert printable("a\x00b\x0bc\td\ud800") == "ab\nc\td"


@pytest.mark.parametrize(
    ("full_name", "shown"),
    [
        ("Ram Thapa", "Ram"),
        ("Ram\u00a0Thapa", "Ram"),
        ("Ram\tThapa", "Ram"),
        ("Ram\u3000Thapa", "Ram"),
        ("Ram\u200bThapa", "Ram"),
        ("Ram\u2800Thapa", "Ram"),
        ("Ram.Thapa", "Ram"),
        ("Ram_Thapa", "Ram"),
        ("Ram-Thapa", "Ram"),
        ("Ram1Thapa", "Ram"),
        ("Ram·Thapa", "Ram"),
        ("Ram\nThapa", "Ram"),
        ("राम थापा", "राम"),
        ("क्‍षितिज थापा", "क्‍षितिज"),
        ("Thapa, Ram", "T."),
        ("RamThapa", "Ram"),
        ("रामबहादुरथापामगरगोरखा", "र."),
        ("\u0301Ram Thapa", "Ram"),
        ("Sita", "Sita"),
        ("🙂 7", ""),
        ("", ""),
    ],
)
def test_strangers_see_no_last_name(full_name: str, shown: str) -> None:
    assert first_name(full_name) == shown
