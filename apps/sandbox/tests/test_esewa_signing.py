"""The vectors that eSewa publishes, and some of our own computed the same way."""

import base64
import json
from decimal import Decimal

import pytest

from apps.sandbox.esewa.amounts import redirect_text, rupees
from apps.sandbox.esewa.redirect import SIGNED_FIELD_NAMES
from apps.sandbox.esewa.signing import signature, signature_is_valid

# Published in mukezhz/pay-np: a genuine answer of eSewa's test system for Rs 133.
GENUINE_DATA = (
    "eyJ0cmFuc2FjdGlvbl9jb2RlIjoiMDAwNlRZMyIsInN0YXR1cyI6IkNPTVBMRVRFIiwidG90YWxfYW1vdW50IjoiMTMzLjAiLCJ0cmFuc2FjdGlv"
    "bl91dWlkIjoiMTIzNDU2Nzg5MCIsInByb2R1Y3RfY29kZSI6IkVQQVlURVNUIiwic2lnbmVkX2ZpZWxkX25hbWVzIjoidHJhbnNhY3Rpb25fY29k"
    "ZSxzdGF0dXMsdG90YWxfYW1vdW50LHRyYW5zYWN0aW9uX3V1aWQscHJvZHVjdF9jb2RlLHNpZ25lZF9maWVsZF9uYW1lcyIsInNpZ25hdHVyZSI6"
    "Ik1GRWNNWi8zMFdWZXphblZaSEg0SDFuSVY4cEd3eXpaeGdndGt5ZTJWWHc9In0="
)


def success_message(code: str, amount: str, uuid: str) -> str:
    return (
        f"transaction_code={code},status=COMPLETE,total_amount={amount},transaction_uuid={uuid},"
        f"product_code=EPAYTEST,signed_field_names={SIGNED_FIELD_NAMES}"
    )


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (
            "total_amount=110,transaction_uuid=241028,product_code=EPAYTEST",
            "i94zsd3oXF6ZsSr/kGqT4sSzYQzjj1W/waxjWyRwaME=",
        ),
        (
            "total_amount=100,transaction_uuid=11-201-13,product_code=EPAYTEST",
            "5DZywcrTKD0gia/rsSMcrRHmJl+4Tbol6S+lWgdJ94E=",
        ),
        (
            "total_amount=99.5,transaction_uuid=bk-7-1,product_code=EPAYTEST",
            "AuC3AWasfikprQrp3YGrA2FMeU2ipaF6oZmvLRGoe6U=",
        ),
        (
            success_message("000AWEO", "1000.0", "250610-162413"),
            "62GcfZTmVkzhtUeh+QJ1AqiJrjoWWGof3U+eTPTZ7fA=",
        ),
        (
            success_message("000AWEO", "1000", "250610-162413"),
            "L/qUIEhgWonoiBE5fPGBfSndglUjaapYTsNVWVS7PDA=",
        ),
        (success_message("000TEST", "1,000.0", "bk-7-1"), "MDcKYANK32dVWv3I+MoS0bpoJH56ns1UsOkpB2jChME="),
    ],
)
def test_the_published_signatures_reproduce(message: str, expected: str) -> None:
    assert signature(message) == expected


def test_a_genuine_answer_verifies() -> None:
    assert signature_is_valid(json.loads(base64.b64decode(GENUINE_DATA)))


def test_a_changed_answer_does_not_verify() -> None:
    payload = json.loads(base64.b64decode(GENUINE_DATA))
    assert not signature_is_valid({**payload, "total_amount": "133"})


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1000", "1000.0"),
        ("400.00", "400.0"),
        ("99.50", "99.5"),
        ("0.01", "0.01"),
        ("999999.99", "999999.99"),
    ],
)
def test_an_amount_is_printed_with_at_least_one_decimal(amount: str, text: str) -> None:
    assert redirect_text(Decimal(amount)) == text


@pytest.mark.parametrize("text", ["", "1,000.0", "-1", "1e3", "1.234", "NaN", " 1", "1.", "१"])
def test_only_plain_decimals_are_amounts(text: str) -> None:
    assert rupees(text) is None
