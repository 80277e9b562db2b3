"""What errors say in Nepali. English stands where they are raised."""

import re
from functools import cache

from apps.common.language import NEPALI
from apps.common.wording.codes import CODES
from apps.common.wording.framework import FRAMEWORK
from apps.common.wording.sentences import SENTENCES

PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


def in_language(language: str, code: str, detail: str) -> str:
    """Return the sentence of an error in a language.

    What has no words of its own there says what its code means, and stays in English where that has none.
    """
    if language != NEPALI:
        return detail
    return _translated(detail) or CODES.get(code, detail)


def _translated(detail: str) -> str:
    known = SENTENCES.get(detail) or FRAMEWORK.get(detail)
    if known:
        return known
    for pattern, nepali in _patterns():
        if match := pattern.fullmatch(detail):
            return nepali.format(**match.groupdict())
    return ""


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the sentences that have values in them, as patterns of the English ones."""
    return [
        (re.compile(PLACEHOLDER.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), nepali)
        for english, nepali in {**SENTENCES, **FRAMEWORK}.items()
        if "{" in english
    ]
