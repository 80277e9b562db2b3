from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import ValidationError

from apps.common.api.fields import PhoneField
from apps.common.phones import InvalidPhone, normalised_phone


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9841234567", "+9779841234567"),
        ("+9779841234567", "+9779841234567"),
        ("9779841234567", "+9779841234567"),
        ("009779841234567", "+9779841234567"),
        ("+977 984-123 4567", "+9779841234567"),
        (" 9841234567 ", "+9779841234567"),
        ("९८४१२३४५६७", "+9779841234567"),
        ("01-4123456", "+97714123456"),
        ("+977 (1) 4123456", "+97714123456"),
    ],
)
def test_a_nepali_number_is_stored_in_e164(typed: str, stored: str) -> None:
    assert normalised_phone(typed) == stored
    assert normalised_phone(stored) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "12345",
        "984123456",
        "98412345678",
        "+14155552671",
        "+919876543210",
        "call 9841234567",
        "9841234567 ext 5",
        "9841234567;ext=5",
        "+",
        "+977",
        "98412\x0034567",
        "9" * 1000,
        "tel:+9779841234567",
    ],
)
def test_anything_else_is_none(typed: str) -> None:
    with pytest.raises(InvalidPhone):
        normalised_phone(typed)


@given(st.text())
def test_no_text_breaks_it(typed: str) -> None:
    with suppress(InvalidPhone):
        assert normalised_phone(typed).startswith("+977")


@pytest.mark.parametrize("value", [None, True, [], {}, "", "1", "\ud800"])
def test_the_field_refuses_what_is_no_phone(value: object) -> None:
    with pytest.raises(ValidationError):
        PhoneField().run_validation(value)


def test_the_field_takes_a_number_as_well_as_a_text() -> None:
    assert PhoneField().run_validation(9841234567) == "+9779841234567"
