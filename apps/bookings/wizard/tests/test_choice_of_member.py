"""Who comes: the member who was asked for, else one whom the customer prefers."""

from typing import Any

from apps.accounts.models import User
from apps.bookings.tests.factories import booked
from apps.bookings.tests.steps import Wizard, error_of
from apps.services.models import Service, StaffMember
from apps.services.tests.factories import StaffFactory
from apps.slots.models import Reservation
from apps.slots.tests.factories import works


def add_member(service: Service, **options: Any) -> StaffMember:
    member = works(StaffFactory(provider=service.provider, **options))
    member.services.add(service)
    return member


def test_the_wanted_member_is_taken(wizard: Wizard, service: Service) -> None:
    wanted = add_member(service)

    answer = wizard.walk_to("service_selection").choose_time(staff=wanted.pk)

    assert answer.json()["booking"]["staff"] == wanted.pk
    assert answer.json()["wanted_staff"] == wanted.pk


def test_a_member_nobody_asked_for_is_not_called_wanted(wizard: Wizard) -> None:
    answer = wizard.walk_to("service_selection").choose_time()

    assert answer.json()["booking"]["staff"] is not None
    assert answer.json()["wanted_staff"] is None


def test_another_member_of_the_same_time_moves_the_hold(wizard: Wizard, service: Service) -> None:
    wanted = add_member(service)
    wizard.walk_to("datetime_selection")
    assert wizard.booking.staff != wanted

    assert wizard.choose_time(staff=wanted.pk).status_code == 200
    assert wizard.booking.staff == wanted
    assert Reservation.objects.get().staff == wanted


def test_a_wanted_member_who_is_busy_is_not_replaced(wizard: Wizard, suresh: User, service: Service) -> None:
    busy = booked(suresh, service, at="10:00").staff
    assert busy is not None
    add_member(service)
    wizard.walk_to("service_selection")

    assert error_of(wizard.choose_time(staff=busy.pk))[1] == "slot_unavailable"


def test_a_member_of_another_service_is_bad_input(wizard: Wizard) -> None:
    stranger = works(StaffFactory())
    wizard.walk_to("service_selection")

    assert error_of(wizard.choose_time(staff=stranger.pk)) == (400, "does_not_exist", "staff")
    assert error_of(wizard.choose_time(staff=987_654)) == (400, "does_not_exist", "staff")


def test_a_preferred_gender_chooses_the_member(wizard: Wizard, service: Service) -> None:
    woman = add_member(service, gender="female")

    answer = wizard.walk_to("service_selection").choose_time(preferred_provider_gender="female")

    assert answer.json()["booking"]["staff"] == woman.pk
    assert answer.json()["booking"]["preferred_provider_gender"] == "female"


def test_a_preference_that_nobody_meets_is_unavailable(wizard: Wizard, service: Service) -> None:
    wizard.walk_to("service_selection")

    answer = wizard.choose_time(preferred_provider_gender="female")

    assert error_of(answer)[1] == "slot_unavailable"
    assert answer.json()["alternatives"] == []


def test_a_member_against_the_preference_is_unavailable(wizard: Wizard, service: Service) -> None:
    man = add_member(service, gender="male")
    add_member(service, gender="female")
    wizard.walk_to("service_selection")

    answer = wizard.choose_time(staff=man.pk, preferred_provider_gender="female")

    assert error_of(answer)[1] == "slot_unavailable"
    assert answer.json()["alternatives"] == []
