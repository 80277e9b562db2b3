"""Errors in the reader's language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.errors import STATUS_OF_CODE
from apps.common.language import language_of
from apps.common.wording import in_language
from apps.common.wording.codes import CODES
from apps.common.wording.framework import FRAMEWORK
from apps.common.wording.sentences import SENTENCES

NAMES = re.compile(r"\{\w+\}")
TABLES = {**SENTENCES, **FRAMEWORK}


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("ne", "ne"),
        ("ne-NP,ne;q=0.9,en;q=0.8", "ne"),
        ("en-GB,en;q=0.9,ne;q=0.8", "en"),
        ("hi-IN,ne;q=0.5", "ne"),
        ("en;q=0.2,ne;q=0.7", "ne"),
        ("fr", "en"),
        ("*", "en"),
        (";;;=,", "en"),
        ("x" * 5000, "en"),
    ],
)
def test_the_language_is_the_first_that_we_have(rf: RequestFactory, asked: str, language: str) -> None:
    assert language_of(rf.get("/", headers={"Accept-Language": asked})) == language


def test_every_domain_code_has_nepali_words() -> None:
    assert CODES.keys() == STATUS_OF_CODE.keys()


@pytest.mark.parametrize("english", list(TABLES))
def test_a_translation_has_the_values_of_its_sentence(english: str) -> None:
    assert set(NAMES.findall(TABLES[english])) <= set(NAMES.findall(english))
    assert re.search("[\u0900-\u097f]", TABLES[english])


def texts() -> Iterator[str]:
    """Return the texts in the code, with `{}` where a value stands."""
    for file in Path(settings.BASE_DIR, "apps").rglob("*.py"):
        if "tests" in file.parts or "wording" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.JoinedStr):
                yield "".join(
                    str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_what_is_translated_is_what_the_code_says() -> None:
    said = set(texts())
    assert [english for english in SENTENCES if NAMES.sub("{}", english) not in said] == []


def test_values_stand_in_the_translated_sentence() -> None:
    told = in_language("ne", "slot_unavailable", "2 of 5 bookings can't be booked at this time.")
    assert told == "यस समयमा 5 मध्ये 2 भेट बुक गर्न मिल्दैन।"


def test_a_sentence_without_a_translation_says_what_its_code_means() -> None:
    assert in_language("ne", "already_paid", "Something new.") == CODES["already_paid"]
    assert in_language("ne", "some_code", "Something new.") == "Something new."


def details(answer: Any) -> list[str]:
    return [error["detail"] for error in answer.json()["errors"]]


def test_a_form_with_gaps_is_refused_in_the_language_asked_for(api: APIClient, db: None) -> None:
    body = {"email": "not an address", "password": "12345", "full_name": "", "role": "customer"}
    for asked, is_nepali in (("ne", True), ("en", False)):
        answer = api.post("/api/auth/register/", body, headers={"Accept-Language": asked})
        assert answer.status_code == 400
        assert details(answer)
        assert all(bool(re.search("[\u0900-\u097f]", told)) is is_nepali for told in details(answer))
        assert "Accept-Language" in answer["Vary"]


def test_a_wrong_password_is_told_in_nepali(api: APIClient, kamala: User) -> None:
    body = {"email": kamala.email, "password": "wrong"}
    answer = api.post("/api/auth/login/", body, headers={"Accept-Language": "ne"})

    assert (answer.status_code, details(answer)) == (401, ["इमेल वा पासवर्ड मिलेन।"])


def test_an_unknown_address_is_told_in_nepali(api: APIClient) -> None:
    assert details(api.get("/api/nowhere/", headers={"Accept-Language": "ne"})) == ["भेटिएन।"]


def test_the_admin_stays_in_english(client: Client, db: None) -> None:
    page = client.get("/admin/login/", headers={"Accept-Language": "ne"}).content.decode()

    assert '<html lang="en"' in page.replace("'", '"') or 'lang="en' in page
    assert "पासवर्ड" not in page
