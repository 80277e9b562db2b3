"""`data` as eSewa prints it: what its signature covers, and what it doesn't."""

import base64
import json
from typing import Any

import pytest

from apps.payments.gateways.esewa.gateway import signature
from apps.payments.gateways.esewa.redirect import signed_redirect

NAMES = "transaction_code,status,total_amount,transaction_uuid,product_code,signed_field_names"
DOCUMENTED = {
    "transaction_code": "000AWEO",
    "status": "COMPLETE",
    "total_amount": "1000.0",
    "transaction_uuid": "250610-162413",
    "product_code": "EPAYTEST",
    "signed_field_names": NAMES,
    "signature": "62GcfZTmVkzhtUeh+QJ1AqiJrjoWWGof3U+eTPTZ7fA=",
}
WITH_COMMA = {
    "transaction_code": "000TEST",
    "status": "COMPLETE",
    "total_amount": "1,000.0",
    "transaction_uuid": "bk-7-1",
    "product_code": "EPAYTEST",
    "signed_field_names": NAMES,
    "signature": "MDcKYANK32dVWv3I+MoS0bpoJH56ns1UsOkpB2jChME=",
}
# Rs 133, as eSewa's test system sent it to somebody.
GENUINE = (
    "eyJ0cmFuc2FjdGlvbl9jb2RlIjoiMDAwNlRZMyIsInN0YXR1cyI6IkNPTVBMRVRFIiwidG90YWxfYW1vdW50IjoiMTMzLjAiLCJ0cmFuc2FjdGlv"
    "bl91dWlkIjoiMTIzNDU2Nzg5MCIsInByb2R1Y3RfY29kZSI6IkVQQVlURVNUIiwic2lnbmVkX2ZpZWxkX25hbWVzIjoidHJhbnNhY3Rpb25fY29k"
    "ZSxzdGF0dXMsdG90YWxfYW1vdW50LHRyYW5zYWN0aW9uX3V1aWQscHJvZHVjdF9jb2RlLHNpZ25lZF9maWVsZF9uYW1lcyIsInNpZ25hdHVyZSI6"
    "Ik1GRWNNWi8zMFdWZXphblZaSEg0SDFuSVY4cEd3eXpaeGdndGt5ZTJWWHc9In0="
)


def encoded(content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content, separators=(",", ":"))
    return base64.b64encode(text.encode()).decode()


def signed(**fields: str) -> dict[str, str]:
    """Return fields with a signature over those that `signed_field_names` names."""
    return {**fields, "signature": signature(fields, tuple(fields["signed_field_names"].split(",")))}


def test_the_documented_redirect_is_taken() -> None:
    redirect = signed_redirect(encoded(DOCUMENTED))
    assert redirect is not None
    assert redirect.says_paid
    assert redirect.is_of("250610-162413")
    assert redirect.total_amount == "1000.0"


def test_a_genuine_one_of_the_test_system_is_taken() -> None:
    redirect = signed_redirect(GENUINE)
    assert redirect is not None
    assert (redirect.transaction_uuid, redirect.total_amount) == ("1234567890", "133.0")


def test_an_amount_with_a_thousands_comma_is_taken_as_printed() -> None:
    redirect = signed_redirect(encoded(WITH_COMMA))
    assert redirect is not None
    assert redirect.total_amount == "1,000.0"


def test_a_bare_number_keeps_its_spelling() -> None:
    text = json.dumps(DOCUMENTED).replace('"1000.0"', "1000.0")
    assert signed_redirect(encoded(text)) is not None


def test_another_spelling_of_the_same_amount_is_not_what_was_signed() -> None:
    assert signed_redirect(encoded({**DOCUMENTED, "total_amount": "1000"})) is None
    other = {
        **DOCUMENTED,
        "total_amount": "1000",
        "signature": "L/qUIEhgWonoiBE5fPGBfSndglUjaapYTsNVWVS7PDA=",
    }
    assert signed_redirect(encoded(other)) is not None


@pytest.mark.parametrize(
    "sent",
    [
        lambda text: text.rstrip("="),
        lambda text: text.replace("+", " ").replace("/", "_"),
        lambda text: text.replace("+", "-").replace("/", "_").rstrip("="),
    ],
    ids=["without padding", "space for plus", "for addresses"],
)
def test_base64_comes_in_several_spellings(sent: Any) -> None:
    # The odd signs are there so that the base64 has a plus and a slash.
    text = encoded(signed(**{**DOCUMENTED, "transaction_code": ">>>???~~~"}))
    assert "+" in text
    assert "/" in text
    assert signed_redirect(sent(text)) is not None


@pytest.mark.parametrize(
    "change",
    [
        {"status": "PENDING"},
        {"transaction_uuid": "250610-162414"},
        {"product_code": "OTHER"},
        {"total_amount": "1.0"},
        {"signature": ""},
        {"signature": "é"},
        {"signature": None},
        {"signed_field_names": NAMES.removesuffix(",signed_field_names")},
        {"signed_field_names": ""},
        {"signed_field_names": None},
        {"signed_field_names": NAMES + ",more"},
        {"status": ["COMPLETE"]},
        {"status": "\ud800"},
    ],
)
def test_whatever_was_changed_is_refused(change: dict[str, Any]) -> None:
    assert signed_redirect(encoded({**DOCUMENTED, **change})) is None


@pytest.mark.parametrize("name", ["status", "total_amount", "transaction_uuid", "product_code"])
def test_a_signature_that_leaves_out_what_matters_is_refused(name: str) -> None:
    names = ",".join(other for other in NAMES.split(",") if other != name)
    assert signed_redirect(encoded(signed(**{**DOCUMENTED, "signed_field_names": names}))) is None


def test_the_forms_own_signature_says_nothing_of_a_payment() -> None:
    form = signed(
        total_amount="110",
        transaction_uuid="241028",
        product_code="EPAYTEST",
        signed_field_names="total_amount,transaction_uuid,product_code",
    )
    assert signed_redirect(encoded({**form, "status": "COMPLETE"})) is None


@pytest.mark.parametrize(
    "data",
    [
        "",
        "=",
        "====",
        "a",
        "%%%",
        "é",
        "\x00",
        "bm90IGpzb24",
        encoded("[]"),
        encoded("1"),
        encoded("[" * 3000),
    ],
)
def test_nonsense_is_refused(data: str) -> None:
    assert signed_redirect(data) is None


def test_what_is_far_too_long_is_not_looked_at() -> None:
    assert signed_redirect(encoded(signed(**DOCUMENTED, more="x" * 5000))) is None
