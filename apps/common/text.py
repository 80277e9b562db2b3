"""Text as people type and paste it, brought into the one shape in which it is stored.

Dropped quietly, because nobody sees what they paste: direction marks, zero-width spaces, soft hyphens and the
like. Refused in words: control characters and what is no character at all. Kept: whatever shows.
"""

import re
import unicodedata
from functools import partial
from itertools import dropwhile

JOINERS = "\u200c\u200d"
_EMOJI_SELECTORS = "\ufe0e\ufe0f"
_KEYCAP = "\u20e3"
_NO_SYMBOLS_BUT_EMOJI = "\u203c\u2049\u2139\u3030"
# Unicode's Default_Ignorable_Code_Point, and the marks of annotations.
_MARKS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# A black flag and its invisible letters: the flag of Scotland, for example.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f"
_MARK_RUN = re.compile(f"[{_MARKS}]+")
_MARK_RUN_OR_FLAG = re.compile(f"(?P<flag>{_FLAG})|[{_MARKS}]+")
_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_CONTROL = "\x00-\x09\x0b-\x1f\x7f-\x9f"
# Surrogates and noncharacters: XML, and so every spreadsheet, breaks on some of them.
_NO_CHARACTER = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_UNFIT = re.compile(f"[{_CONTROL}{_NO_CHARACTER}]")
_BREAKS_FILES = re.compile(f"(?!\t)[{_CONTROL}{_NO_CHARACTER}]")
# They have a glyph without ink.
_BLANK = "\u2800\U0001d159"
# The first script in which joiners do anything comes after Latin, Greek, Cyrillic and Armenian.
_FIRST_JOINING = "\u0590"
# Unicode's limit for streams. To normalise takes the square of the marks on one letter.
MOST_ACCENTS = 30
_CAPITAL_INSIDE = re.compile("(?<=[a-z])(?=[A-Z])")
# No e-mail and no phone is as long as that.
_LONGEST_PASTED = 1000


class UnfitText(ValueError):
    """Text that nobody can have typed. Its words are for people."""


def cleaned(text: str, *, lines: bool = False) -> str:
    """Return text as it is stored: NFC, trimmed; empty where nothing of it shows.

    `lines`: breaks stay, as line feeds; else they become spaces. Raises UnfitText.
    """
    text = _SPACE.sub(" ", _LINE_BREAK.sub("\n" if lines else " ", text))
    if _UNFIT.search(text):
        raise UnfitText("Control characters are not allowed.")
    if not text.isascii():
        _require_few_accents(text)
        text = unicodedata.normalize("NFC", _MARK_RUN_OR_FLAG.sub(_what_stays, text))
    text = text.strip()
    return text if any(map(_shows, text)) else ""


def pasted(text: str) -> str:
    """Return an e-mail or a phone number without the marks of what it was pasted from, in its plainest form.

    Full-width letters and digits become usual ones. What is too long for either comes back as it was.
    """
    if text.isascii() or len(text) > _LONGEST_PASTED:
        return text.strip()
    return unicodedata.normalize("NFKC", _MARK_RUN.sub("", text)).strip()


def printable(text: str) -> str:
    """Return stored text without what breaks files made of it, whoever wrote it there."""
    return _BREAKS_FILES.sub("", _LINE_BREAK.sub("\n", text))


def first_name(full_name: str, *, longest: int = 20) -> str:
    """Return what strangers may see of a name: never the last one.

    That is the first word, whatever parts it from the next, be it a capital letter. Where a comma says that
    the last name may come first, or where one word is long enough for two, it is an initial. Empty for a name
    without letters.
    """
    words = _words(full_name)
    if not words:
        return ""
    if len(words[0]) > longest or re.search("[,\u060c\uff0c\u3001]", full_name):
        return f"{words[0][0]}."
    return words[0]


def _words(text: str) -> list[str]:
    text = _CAPITAL_INSIDE.sub(" ", text)
    letters = "".join(char if _kind(char) in "LM" or char in JOINERS else " " for char in text)
    words = ("".join(dropwhile(lambda char: _kind(char) != "L", word)) for word in letters.split())
    return [word for word in words if word]


def _kind(char: str) -> str:
    """Return the first letter of Unicode's category: L letter, M mark, N number, P punctuation, S symbol.

    Characters that Unicode has added meanwhile are mostly emoji, so they count as symbols.
    """
    category = unicodedata.category(char)
    return "S" if category == "Cn" else category[0]


def _shows(char: str) -> bool:
    return _kind(char) in "LNPS" and char not in _BLANK


def _what_stays(run: "re.Match[str]") -> str:
    """Return what of a run of invisible marks does something between its neighbours."""
    if run["flag"]:
        return run["flag"]
    marks, text = run[0], run.string
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if not before:
        return ""
    first_of = partial(_first_of, marks)
    stays = first_of(_EMOJI_SELECTORS) if _takes_selector(before, after) else ""
    if not after:
        return stays
    if _kind(before) + _kind(after) in ("LL", "LM", "ML", "MM"):
        return stays + (first_of(JOINERS) if min(before, after) >= _FIRST_JOINING else "")
    if _kind(before) in "SM" and _kind(after) == "S":
        return stays + first_of("\u200d")
    return stays


def _first_of(text: str, wanted: str) -> str:
    return next((char for char in text if char in wanted), "")


def _takes_selector(before: str, after: str) -> bool:
    if after == _KEYCAP:
        return before in "0123456789#*"
    return _kind(before) == "S" or before in _NO_SYMBOLS_BUT_EMOJI


def _require_few_accents(text: str) -> None:
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run > MOST_ACCENTS:
            raise UnfitText("Too many marks stand on one letter.")
