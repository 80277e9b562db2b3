"""What looks or sounds the same in one spelling, so that a search finds it.

`folded` forgives case, accents, joiners and curly apostrophes. `sounded` forgives the script too, and the
many ways in which people spell Nepali in Latin letters: सफाइ, सफाई, safai and saphai are one.
"""

import re
import unicodedata

from apps.common.text import JOINERS
from apps.common.transliteration import in_latin

_APOSTROPHES = "'`\u00b4\u02bc\u2018\u2019\uff07"
_LEFT_OUT = str.maketrans("", "", JOINERS + "\u00ad\u200b\ufeff" + _APOSTROPHES)
# Signs that a search may be about. All others part words.
_SIGNS = "%_&@#+"
_CONSONANT = "[bcdfgjklmnpqrstvxyz]h?"
_SPELLINGS = [
    (re.compile(pattern), plain)
    for pattern, plain in (
        ("chh|ch", "C"),
        ("ph", "f"),
        ("ksh|x", "ks"),
        ("sh", "s"),
        ("gy|gny|dny", "gy"),
        ("c|q", "k"),
        ("C", "ch"),
        ("z", "j"),
        ("[vw]", "b"),
        ("ee|ea|ii", "i"),
        ("oo|ou|uu", "u"),
        ("(?<=[b-df-hj-np-tv-z])y(?![aeiou])", "i"),
        ("n(?=[pbm])", "m"),
        (r"([a-z])\1+", r"\1"),
        # A short vowel between two open syllables is spoken by nobody: kap(a)da.
        (f"([aeiou]{_CONSONANT})a(?={_CONSONANT}[aeiou])(?!y)", r"\1"),
        (r"(?<=[a-z])a\b", ""),
    )
]


def folded(text: str) -> str:
    """Return words in lower case, parted by single spaces, without accents, apostrophes and punctuation."""
    text = unicodedata.normalize("NFKC", text.translate(_LEFT_OUT)).casefold()
    return " ".join("".join(map(_plain, unicodedata.normalize("NFD", text))).split())


def _plain(char: str) -> str:
    category = unicodedata.category(char)[0]
    if category == "M":
        # Vowel signs of Devanagari are letters in all but name.
        return char if unicodedata.combining(char) in (0, 9) else ""
    return char if category in "LNS" or char in _SIGNS else " "


def sounded(text: str) -> str:
    """Return words by their sound, in Latin letters where the script is Devanagari."""
    latin = folded(in_latin(text))
    for pattern, plain in _SPELLINGS:
        latin = pattern.sub(plain, latin)
    return " ".join(latin.split())
