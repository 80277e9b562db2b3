"""What many customers do at the same moment, over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from apps.accounts.models import Role, User
from apps.bookings.tests.factories import in_days
from apps.bookings.wizard.actions import wizard_start
from apps.payments.actions.methods import default_payment_methods_create
from apps.services.models import Service
from apps.slots.models import Reservation
from tests.servers import Answer, Server, at_once

CREATE_STEP = "/api/booking-wizard/create-step/"
BOOKINGS = "/api/bookings/"
DETAILS = {"address": "Jhamsikhel, blue gate", "city": "kathmandu", "phone": "9841234567"}
LAST_STEPS: list[dict[str, Any]] = [
    {"booking_step": "details_input", **DETAILS},
    {"booking_step": "payment", "payment_method": "cash"},
    {"booking_step": "confirmation"},
]


def ten_o_clock() -> dict[str, str]:
    return {"booking_date": in_days(3).isoformat(), "booking_time": "10:00:00"}


@dataclass(frozen=True)
class Customer:
    """Somebody with a login at a server."""

    user: User
    server: Server

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Answer:
        return self.server.post(path, body, as_user=self.user, **headers)

    def take(self, service: Service) -> Callable[[], Answer]:
        """Make a draft; return the call that takes ten o'clock for it."""
        draft = wizard_start(customer=self.user, service_id=service.pk)
        step = {"booking_step": "datetime_selection", "booking_id": draft.pk, **ten_o_clock()}
        return lambda: self.post(CREATE_STEP, step)

    def book(self, service: Service, **headers: str) -> Callable[[], Answer]:
        """Return the one call that books ten o'clock."""
        body = {"service": service.pk, **ten_o_clock(), **DETAILS}
        return lambda: self.post(BOOKINGS, body, **headers)

    def finish(self, booking_id: int) -> Answer:
        """Do the steps after the time, paying in cash; return the last one's answer."""
        return [self.post(CREATE_STEP, {"booking_id": booking_id, **step}) for step in LAST_STEPS][-1]


def customers_of(server: Server, number: int) -> list[Customer]:
    default_payment_methods_create()
    users = User.objects.bulk_create(
        User(email=f"customer{count}@example.com", full_name=f"Customer {count}", role=Role.CUSTOMER)
        for count in range(number)
    )
    return [Customer(user, server) for user in users]


def race_through_the_wizard(customers: list[Customer], services: list[Service]) -> int:
    """Let all take ten o'clock, of the services in turn, and the winners finish; return how many won.

    Whoever was late was told so, the winners' reservations are firm, and no member is in two places.
    """
    calls = [customer.take(services[number % len(services)]) for number, customer in enumerate(customers)]
    answers = at_once(calls)
    late = refused(answers)
    for customer, answer in zip(customers, answers, strict=True):
        if answer not in late:
            assert customer.finish(answer.body["booking_id"]).body["booking"]["status"] == "pending"
    firm = Reservation.objects.filter(expires_at=None).count()
    assert firm == Reservation.objects.count() == len(customers) - len(late)
    assert_nobody_is_in_two_places()
    return firm


def refused(answers: list[Answer]) -> list[Answer]:
    """Return those that are no success; each must say that the slot is gone, and name others."""
    late = [answer for answer in answers if answer.status not in (200, 201)]
    for answer in late:
        assert (answer.status, answer.code) == (409, "slot_unavailable"), answer.body
        assert 1 <= len(answer.body["alternatives"]) <= 5
    return late


def assert_nobody_is_in_two_places() -> None:
    for one, other in combinations(Reservation.objects.all(), 2):
        apart = one.ends_at <= other.starts_at or other.ends_at <= one.starts_at
        assert apart or one.staff_id != other.staff_id or one.slot_id == other.slot_id
