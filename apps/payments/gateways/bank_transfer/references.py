"""A bank's number of a transfer, however somebody has typed it. Pure."""

from collections.abc import Mapping

from rest_framework.exceptions import ValidationError

# Spaces and dashes stand for readability: each statement prints them elsewhere.
_DASHES = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}"
_LEFT_OUT: Mapping[int, None] = dict.fromkeys(map(ord, _DASHES))


def same_reference(text: str) -> str:
    """Return a reference as it is compared and stored: upper case, without spaces and dashes."""
    return "".join(text.split()).translate(_LEFT_OUT).upper()


def reference_on_statement(text: str) -> str:
    """As `same_reference`. Raises ValidationError on `bank_reference` where nothing is left."""
    reference = same_reference(text)
    if not reference:
        raise ValidationError({"bank_reference": ["A reference has letters or digits."]})
    return reference
