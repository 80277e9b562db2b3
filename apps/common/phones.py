"""Nepali phone numbers, as libphonenumber knows them; stored and shown in E.164."""

import re

import phonenumbers

from apps.common.text import pasted

REGION = "NP"
LONGEST_INPUT = 32
# libphonenumber digs a number out of any text; what people type as a phone has nothing else in it.
_TYPED_BY_PEOPLE = re.compile(r"\+?[\d\s().-]+")
# Hyphens, dashes and the minus sign: chats make a number unbreakable with them.
_DASH = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


class InvalidPhone(ValueError):
    """Not a phone number of Nepal."""


def normalised_phone(text: str) -> str:
    """Return a number with or without `+977` in E.164, as `+9779841234567`. Raises InvalidPhone.

    Marks, dashes and spaces that came along when it was pasted do no harm.
    """
    text = _DASH.sub("-", pasted(text))
    if len(text) > LONGEST_INPUT or not _TYPED_BY_PEOPLE.fullmatch(text):
        raise InvalidPhone("Enter a phone number of Nepal.")
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone("Enter a phone number of Nepal.") from error
    if not phonenumbers.is_valid_number_for_region(number, REGION):
        raise InvalidPhone("Enter a phone number of Nepal.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
