"""The language that somebody reads: what their browser asks for, whatever a login prefers."""

from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

ENGLISH, NEPALI = "en", "ne"


def language_of(request: HttpRequest) -> str:
    """Return the first language of `Accept-Language` that we have; English where there is none."""
    for asked, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if asked == "*":
            break
        try:
            return get_supported_language_variant(asked)
        except LookupError:
            continue
    return ENGLISH
