"""The third step: where to go, whom to call, and who should come."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard, error_of, everything
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import CityFactory, StaffFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import works


@pytest.fixture
def woman(service: Service) -> StaffMember:
    """A second member, who comes after the first one in everything but her gender."""
    member = works(StaffFactory(provider=service.provider, gender="female"))
    member.services.add(service)
    return member


def test_it_keeps_address_city_and_phone(wizard: Wizard) -> None:
    answer = wizard.walk_to("datetime_selection").enter_details(special_instructions="Ring twice.")

    assert answer.status_code == 200
    assert answer.json()["next_step"] == "payment"
    assert answer.json()["progress"] == 60
    booking = wizard.state().json()["booking"]
    assert booking["address"] == "Jhamsikhel, blue gate"
    assert booking["city"] == "Kathmandu"
    assert booking["phone"] == "+9779841234567"
    assert booking["special_instructions"] == "Ring twice."


@pytest.mark.parametrize("named", ["Bhaktapur", "BHAKTAPUR", "bhaktapur-city", " Bhaktapur "])
def test_a_city_goes_by_name_or_slug_in_any_case(wizard: Wizard, service: Service, named: str) -> None:
    service.cities.add(CityFactory(name="Bhaktapur", slug="bhaktapur-city"))

    answer = wizard.walk_to("datetime_selection").enter_details(city=named)

    assert answer.json()["booking"]["city"] == "Bhaktapur"


def test_a_city_that_the_service_does_not_serve_is_refused(wizard: Wizard) -> None:
    CityFactory(slug="pokhara")
    wizard.walk_to("datetime_selection")

    assert error_of(wizard.enter_details(city="Pokhara")) == (400, "does_not_exist", "city")
    assert error_of(wizard.enter_details(city="Atlantis")) == (400, "does_not_exist", "city")


@pytest.mark.parametrize("phone", ["+1 202 555 0123", "12345", "9841", "call me", ""])
def test_only_phones_of_nepal_will_do(wizard: Wizard, phone: str) -> None:
    wizard.walk_to("datetime_selection")

    status, _, field = error_of(wizard.enter_details(phone=phone))
    assert (status, field) == (400, "phone")


@pytest.mark.parametrize("missing", ["address", "city", "phone"])
def test_each_of_them_is_needed(wizard: Wizard, missing: str) -> None:
    wizard.walk_to("datetime_selection")
    body = {"address": "Patan", "city": "kathmandu", "phone": "9841234567"}
    del body[missing]
    before = everything()

    assert error_of(wizard.step("details_input", **body)) == (400, "required", missing)
    assert everything() == before


def test_a_held_member_who_meets_the_preference_stays(wizard: Wizard, woman: StaffMember) -> None:
    wizard.walk_to("service_selection").choose_time(staff=woman.pk)

    assert wizard.enter_details(preferred_provider_gender="female").status_code == 200
    assert wizard.booking.staff == woman


def test_a_preference_moves_the_hold_to_one_who_meets_it(wizard: Wizard, woman: StaffMember) -> None:
    wizard.walk_to("datetime_selection")
    before = wizard.state().json()
    assert before["booking"]["staff"] != woman.pk

    answer = wizard.enter_details(preferred_provider_gender="female")

    assert answer.status_code == 200
    after = wizard.state().json()
    assert after["booking"]["staff"] == woman.pk
    assert after["booking"]["booking_slot"] != before["booking"]["booking_slot"]
    assert after["booking"]["starts_at"] == before["booking"]["starts_at"]
    assert after["hold_expires_at"] == before["hold_expires_at"]
    assert Reservation.objects.get().staff == woman


def test_a_preference_that_nobody_free_meets_changes_nothing(
    wizard: Wizard, woman: StaffMember, suresh: User, service: Service
) -> None:
    wizard.walk_to("datetime_selection", at="10:00")
    booked(suresh, service, at="10:00")
    before = everything()

    answer = wizard.enter_details(preferred_provider_gender="female")

    assert error_of(answer)[:2] == (409, "slot_unavailable")
    assert answer.json()["alternatives"][0]["start_time"] == "11:00:00"
    assert everything() == before


@pytest.mark.parametrize(
    "body",
    [
        {"preferred_provider_gender": "unicorn"},
        {"special_instructions": "x" * 2001},
        {"address": "x" * 256},
        {"address": "   "},
    ],
)
def test_bad_details_are_refused(wizard: Wizard, body: dict[str, Any]) -> None:
    wizard.walk_to("datetime_selection")
    before = everything()

    assert wizard.enter_details(**body).status_code == 400
    assert everything() == before


def test_a_booking_that_does_not_recur_may_say_so(wizard: Wizard) -> None:
    assert wizard.walk_to("datetime_selection").enter_details(is_recurring=False).status_code == 200


def test_they_may_be_entered_again(wizard: Wizard) -> None:
    wizard.walk_to("details_input")

    answer = wizard.enter_details(address="Patan Durbar Square")

    assert answer.json()["booking"]["address"] == "Patan Durbar Square"


def test_it_takes_few_queries(wizard: Wizard, woman: StaffMember, django_assert_max_num_queries: Any) -> None:
    wizard.walk_to("datetime_selection")

    with django_assert_max_num_queries(19):  # and one to log in
        assert wizard.enter_details(preferred_provider_gender="female").status_code == 200
