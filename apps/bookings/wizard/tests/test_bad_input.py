"""Whatever is sent to the wizard: the error shape of the contract, and nothing changed."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from apps.bookings.tests.factories import in_days
from apps.bookings.tests.steps import CREATE_STEP, DETAILS, STEPS, Wizard, error_of, everything

HUGE_ID = 10**29
BAD_IDS: list[Any] = [
    "",
    "abc",
    "1; DROP TABLE",
    -1,
    2**63,
    HUGE_ID,
    str(HUGE_ID),
    1.5,
    True,
    [],
    {},
    [1],
    {"id": 1},
]
BAD_TEXTS: list[Any] = [None, [], {}, ["text"], True, "", "   ", "with a \x00 in it", "x" * 5000]
BAD_DATES: list[Any] = [
    None,
    "",
    "tomorrow",
    "2026-13-01",
    "2026-02-30",
    "01.12.2026",
    20261201,
    [],
    {},
    True,
]
BAD_TIMES: list[Any] = [None, "", "noon", "25:00", "10:60", "24:00:00", 10, [], {}, True, "-1:00"]
NO_JSON = [b"", b"{", b"[1, 2", b"nonsense", b'{"a": NaN}', b'{"a": "\xed\xa0\x80"}', b"\xff\xfe{}"]
NO_OBJECTS = [b'"text"', b"5", b"null", b"true", b"[]", b"[{}]"]
BAD_GENDERS: list[Any] = ["", "woman", 1, [], {}, ["male"]]
BAD_INSTRUCTIONS: list[Any] = [None, [], {}, True, "with a \x00 in it", "x" * 5000]
FAR_DATES = ["0001-01-01", "1969-12-31", "2020-02-29", "9999-12-31"]


@pytest.fixture
def walked(wizard: Wizard) -> Wizard:
    """A draft at its payment step: any step may be done."""
    return wizard.walk_to("payment")


def assert_refused(answer: Any, statuses: tuple[int, ...] = (400,)) -> None:
    assert answer.status_code in statuses, answer.content
    body = answer.json()
    assert body["type"] in ("validation_error", "client_error")
    assert body["errors"]
    for error in body["errors"]:
        assert sorted(error) == ["attr", "code", "detail"]


@pytest.mark.parametrize("step", [None, "", "payed", "completed", "PAYMENT", 1, True, [], {}, ["payment"]])
def test_an_unknown_step(walked: Wizard, step: Any) -> None:
    before = everything()

    answer = walked.client.post(CREATE_STEP, {"booking_step": step, "booking_id": walked.booking_id})

    assert error_of(answer)[::2] == (400, "booking_step")
    assert everything() == before


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_later_step_names_its_draft(walked: Wizard, step: str) -> None:
    before = everything()

    for body in ({}, {"booking_id": None}):
        answer = walked.client.post(CREATE_STEP, {"booking_step": step, **body})
        assert error_of(answer) == (400, "required", "booking_id")
    assert everything() == before


@pytest.mark.parametrize("step", STEPS)
def test_bad_ids_of_a_draft(walked: Wizard, step: str) -> None:
    before = everything()

    for booking_id in BAD_IDS:
        answer = walked.client.post(CREATE_STEP, {"booking_step": step, "booking_id": booking_id})
        assert error_of(answer)[::2] == (400, "booking_id"), booking_id
    assert everything() == before


@pytest.mark.parametrize("method", ["get", "delete"])
@pytest.mark.parametrize("booking_id", [0, 987_654, 2**63, HUGE_ID, "abc", "-1", "1.5", "%00"])
def test_bad_ids_in_the_path(walked: Wizard, method: str, booking_id: Any) -> None:
    answer = getattr(walked.client, method)(f"/api/booking-wizard/{booking_id}/")

    assert_refused(answer, (404,))


def test_bad_services(walked: Wizard) -> None:
    before = everything()

    for service in (*BAD_IDS, None):
        assert error_of(walked.step("service_selection", service=service))[::2] == (400, "service"), service
    assert everything() == before


def test_bad_dates_and_times(walked: Wizard) -> None:
    before = everything()

    for day in BAD_DATES:
        answer = walked.choose_time(booking_date=day)
        assert error_of(answer)[::2] == (400, "booking_date"), day
    for at in BAD_TIMES:
        answer = walked.choose_time(booking_time=at)
        assert error_of(answer)[::2] == (400, "booking_time"), at
    assert everything() == before


def test_dates_out_of_reach(walked: Wizard) -> None:
    before = everything()

    for day in (*FAR_DATES, str(in_days(-1)), str(in_days(61))):
        assert error_of(walked.choose_time(booking_date=day))[:2] == (409, "slot_unavailable"), day
    assert everything() == before


def test_bad_members_and_preferences(walked: Wizard) -> None:
    before = everything()

    for staff in BAD_IDS:
        assert error_of(walked.choose_time("14:00", staff=staff))[::2] == (400, "staff"), staff
    for gender in BAD_GENDERS:
        answer = walked.choose_time("14:00", preferred_provider_gender=gender)
        assert error_of(answer)[::2] == (400, "preferred_provider_gender"), gender
    assert everything() == before


@pytest.mark.parametrize("field", ["address", "city", "phone"])
def test_bad_details(walked: Wizard, field: str) -> None:
    before = everything()

    for text in BAD_TEXTS:
        answer = walked.enter_details(**{field: text})
        assert_refused(answer)
        assert answer.json()["errors"][0]["attr"] == field
    assert everything() == before


def test_bad_instructions(walked: Wizard) -> None:
    before = everything()

    for text in BAD_INSTRUCTIONS:
        answer = walked.enter_details(special_instructions=text)
        assert error_of(answer)[::2] == (400, "special_instructions"), text
    assert everything() == before


@pytest.mark.parametrize("text", [*NO_JSON, *NO_OBJECTS])
def test_what_is_no_json_object(walked: Wizard, text: bytes) -> None:
    before = everything()

    for url in (CREATE_STEP, "/api/bookings/", "/api/booking-wizard/calculate-price/"):
        answer = walked.client.post(url, text, content_type="application/json")
        assert_refused(answer)
    assert everything() == before


def test_a_body_of_another_kind(walked: Wizard) -> None:
    answer = walked.client.post(CREATE_STEP, "booking_step=payment", content_type="text/plain")

    assert_refused(answer, (415,))


def test_a_huge_body(walked: Wizard) -> None:
    before = everything()

    assert_refused(walked.enter_details(special_instructions="x" * 3_000_000), (413,))
    assert everything() == before


def test_a_bottomless_body(walked: Wizard) -> None:
    nested = "[" * 100_000 + "]" * 100_000
    body = '{"booking_step": "payment", "payment_method": ' + nested + "}"

    answer = walked.client.generic("POST", CREATE_STEP, body, content_type="application/json")

    assert_refused(answer)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_another_method(walked: Wizard, method: str) -> None:
    assert_refused(getattr(walked.client, method)(CREATE_STEP), (405,))


def test_text_of_all_the_world_is_kept(walked: Wizard) -> None:
    address = "काठमाडौं, झम्सिखेल 🏠 'quotes' \"and\" <b>tags</b> % \\ ; --"

    assert walked.enter_details(address=address).json()["booking"]["address"] == address


def test_unknown_fields_are_ignored(walked: Wizard) -> None:
    assert walked.enter_details(colour="blue", nested={"deep": [1]}).status_code == 200


def test_the_body_of_an_anonymous_caller_is_not_looked_at(api: APIClient, db: None) -> None:
    assert api.post(CREATE_STEP, {"booking_step": "nonsense", **DETAILS}).status_code == 401
