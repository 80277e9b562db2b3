"""A double click makes one draft."""

import pytest

from apps.accounts.models import User
from apps.bookings.conftest import ClientOf
from apps.bookings.models import Booking
from apps.bookings.tests.factories import in_days
from apps.bookings.tests.steps import DETAILS, Wizard, error_of
from apps.bookings.tests.threads import at_once
from apps.services.models import Service
from apps.slots.tests.factories import BookableServiceFactory

KEY = {"Idempotency-Key": "a-click"}


def test_the_same_key_makes_one_draft(wizard: Wizard) -> None:
    wizard.headers = KEY

    first = wizard.choose_service()
    wizard.booking_id = 0
    second = wizard.choose_service()

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Booking.objects.count() == 1


def test_the_same_key_with_another_service_is_refused(wizard: Wizard) -> None:
    wizard.headers = KEY
    wizard.choose_service()
    wizard.booking_id = 0

    answer = wizard.choose_service(BookableServiceFactory().pk)

    assert error_of(answer)[:2] == (422, "idempotency_key_reused")
    assert Booking.objects.count() == 1


def test_a_refused_try_frees_the_key(wizard: Wizard, service: Service) -> None:
    wizard.headers = KEY
    Service.objects.update(status="paused")
    assert wizard.choose_service().status_code == 400
    Service.objects.update(status="active")

    assert wizard.choose_service().status_code == 201


def test_a_key_is_one_customers(wizard: Wizard, client_of: ClientOf, suresh: User) -> None:
    wizard.headers = KEY
    wizard.choose_service()

    other = Wizard(client_of(suresh), wizard.service_id, headers=KEY)

    assert other.choose_service().status_code == 201
    assert Booking.objects.count() == 2


def test_later_steps_do_not_mind_the_key(wizard: Wizard) -> None:
    wizard.headers = KEY
    wizard.walk_to("payment")

    assert wizard.choose_time("14:00").json()["booking"]["booking_time"] == "14:00:00"


def test_without_a_key_every_call_makes_a_draft(wizard: Wizard) -> None:
    wizard.choose_service()
    wizard.booking_id = 0
    wizard.choose_service()

    assert Booking.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_has_its_length(wizard: Wizard, key: str) -> None:
    wizard.headers = {"Idempotency-Key": key}

    assert wizard.choose_service().status_code == 400
    assert not Booking.objects.exists()


def test_a_booking_in_one_call_is_made_once(wizard: Wizard) -> None:
    body = {
        "service": wizard.service_id,
        "booking_date": str(in_days(3)),
        "booking_time": "10:00",
        **DETAILS,
    }

    answers = [wizard.client.post("/api/bookings/", body, headers=KEY) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Booking.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_make_one_draft(wizard: Wizard) -> None:
    clicks = [Wizard(wizard.client, wizard.service_id, headers=KEY) for _ in range(8)]

    answers = at_once([click.choose_service for click in clicks])

    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["booking_id"] for answer in answers}) == 1
    assert Booking.objects.count() == 1
