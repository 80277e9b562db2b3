"""Devanagari in Latin letters, about as people in Nepal type it: for readable addresses, and for search."""

import re
import unicodedata


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


_VIRAMA = "\u094d"
_NUKTA = "\u093c"
_CONSONANTS = _table(
    "क k ख kh ग g घ gh ङ ng च ch छ chh ज j झ jh ञ n ट t ठ th ड d ढ dh ण n त t थ th द d ध dh न n"
    " प p फ f ब b भ bh म m य y र r ल l व v श sh ष sh स s ह h ळ l"
)
_WITH_NUKTA = {"ज": "z", "ड": "r", "ढ": "rh", "फ": "f", "क": "q", "ख": "kh", "ग": "g", "य": "y"}
_VOWELS = _table("अ a आ a इ i ई i उ u ऊ u ऋ ri ए e ऐ ai ओ o औ au ऍ e ऑ o ऄ a ऎ e ऒ o")
_VOWEL_SIGNS = _table("ा a ि i ी i ु u ू u ृ ri े e ै ai ो o ौ au ॅ e ॉ o ॆ e ॊ o")
# Anusvara and chandrabindu sound as the consonant that follows wants it.
_NASALS = "\u0901\u0902"
_LABIALS = "पफबभम"
_SPECIAL = (("ज्ञ", "ग्य"), ("ॐ", "ओम"))
_SCHWA = "@"
# Between two open syllables it is spoken by nobody: lalit(a)pur.
_SILENT = re.compile(f"([aeiou{_SCHWA}][bcdfgj-np-tvwxz]h?){_SCHWA}(?=[bcdfgj-np-tvwxz]h?[aeiou{_SCHWA}])")
_WORD = re.compile("[\u0900-\u0963\u0971-\u097f\u200c\u200d]+")


def in_latin(text: str) -> str:
    """Return text with its Devanagari in Latin letters, as `ghar safai` for `घर सफाइ`; the rest as it is."""
    text = unicodedata.normalize("NFC", text)
    for conjunct, spoken in _SPECIAL:
        text = text.replace(conjunct, spoken)
    text = text.replace("।", ".").replace("॥", ".")
    digits = {ord("०") + number: str(number) for number in range(10)}
    return _WORD.sub(lambda word: _spelt(word[0]), text.translate(digits))


def _spelt(word: str) -> str:
    word = re.sub("[\u200c\u200d]", "", word)
    letters: list[str] = []
    for position, char in enumerate(word):
        after = word[position + 1 : position + 2]
        if char in _CONSONANTS:
            is_marked = after == _NUKTA
            letters.append(_WITH_NUKTA.get(char, _CONSONANTS[char]) if is_marked else _CONSONANTS[char])
            letters.append(_inherent_vowel(word[:position], word[position + 1 + is_marked :]))
        elif char in _NASALS:
            letters.append("m" if after and after in _LABIALS else "n")
        else:
            letters.append(_VOWELS.get(char) or _VOWEL_SIGNS.get(char) or "")
    return _SILENT.sub(r"\1", "".join(letters)).replace(_SCHWA, "a")


def _inherent_vowel(before: str, after: str) -> str:
    """Return the vowel that a consonant has unless something else is said; at the end it is seldom spoken."""
    if after[:1] == _VIRAMA or after[:1] in _VOWEL_SIGNS:
        return ""
    is_spoken = after.strip("\u0903\u093d") or before.endswith(_VIRAMA) or not before
    return _SCHWA if is_spoken else ""
