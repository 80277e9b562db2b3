"""Words as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.folding import folded, sounded
from apps.common.transliteration import in_latin

SAME = [
    "सफाइ सफाई safai saphai Safaai",
    "बिजुली बिजुलि bijuli bijulee",
    "योग yoga yog",
    "धरान dharan",
    "घर ghar",
    "कपडा kapada kapda",
    "सरसफाइ sarsafai sarasafai",
    "मर्मत marmat",
    "पोखरा pokhara pokhra",
    "नेपाल nepal",
    "सेवा sewa seva",
    "विद्यालय vidyalaya bidyalaya",
    "बजार bazaar bazar bajar",
    "क्लिनिङ cleaning",
    "फोटो photo foto",
    "शिक्षा shiksha siksha",
    "ज्ञान gyan",
    "पिज्जा pizza",
    "कृषि krishi",
    "पानी pani paani",
    "सिलाई silai",
    "मालिस malis malish",
    "ललितपुर lalitpur",
    "विवाह bibah vivah",
    "घरको gharko",
    "women's womens women’s WOMEN\u02bcS",
    "café cafe cafe\u0301",
    "क्‍षितिज क्षितिज kshitij",
]


@pytest.mark.parametrize("words", SAME)
def test_words_that_sound_the_same_are_one(words: str) -> None:
    assert len({sounded(word) for word in words.split()}) == 1


def test_words_that_differ_stay_apart() -> None:
    words = ["सफाइ", "घर", "गर", "दान", "धान", "काम", "खाम", "yoga", "nepal", "bijuli", "pani", "cleaning"]
    assert len({sounded(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("घर सफाइ", "ghar safai"),
        ("ललितपुर २०८३", "lalitpur 2083"),
        ("मर्मत", "marmat"),
        ("केन्द्र", "kendra"),
        ("Yoga योग!", "Yoga yog!"),
        ("कंप्युटर", "kampyutar"),
        ("ड़ फ़", "ra fa"),
    ],
)
def test_devanagari_is_spelt_as_people_type_it(text: str, spelt: str) -> None:
    assert in_latin(text) == spelt


def test_signs_that_a_search_may_be_about_stay() -> None:
    assert folded("50% off — tea & “snacks”, a_b") == "50% off tea & snacks a_b"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert sounded(text) == sounded(text).strip()
    assert folded(folded(text)) == folded(text)
