"""The wizard over HTTP, for tests: a body for each step, and what to look at afterwards."""

from dataclasses import dataclass, field
from typing import Any

from rest_framework.test import APIClient

from apps.bookings.models import Booking, BookingEvent, BookingSeries, Occurrence
from apps.bookings.tests.factories import in_days
from apps.slots.models import Reservation

CREATE_STEP = "/api/booking-wizard/create-step/"
DETAILS = {"address": "Jhamsikhel, blue gate", "city": "Kathmandu", "phone": "9841234567"}
# Four bookings, a week apart.
WEEKLY = {"is_recurring": True, "recurring_frequency": "weekly", "recurring_count": 4}
STEPS = ["service_selection", "datetime_selection", "details_input", "payment", "confirmation"]


@dataclass
class Wizard:
    """One customer's way through the five steps. Each step answers the response."""

    client: APIClient
    service_id: int
    booking_id: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def step(self, name: str, **body: Any) -> Any:
        named = {"booking_id": self.booking_id} if self.booking_id else {}
        return self.client.post(
            CREATE_STEP, {"booking_step": name, **named, **body}, headers=self.headers or None
        )

    def choose_service(self, service_id: int | None = None) -> Any:
        answer = self.step("service_selection", service=service_id or self.service_id)
        if answer.status_code == 201:
            self.booking_id = answer.json()["booking_id"]
        return answer

    def choose_time(self, at: str = "10:00", *, days: int = 3, **more: Any) -> Any:
        day = in_days(days).isoformat()
        return self.step("datetime_selection", **{"booking_date": day, "booking_time": at, **more})

    def enter_details(self, **more: Any) -> Any:
        return self.step("details_input", **{**DETAILS, **more})

    def recur(self, **more: Any) -> Any:
        """Enter details of four weekly bookings, or of another series."""
        return self.enter_details(**{**WEEKLY, **more})

    def choose_payment(self, method: str = "cash") -> Any:
        return self.step("payment", payment_method=method)

    def confirm(self) -> Any:
        return self.step("confirmation")

    def walk_to(self, last: str, *, method: str = "cash", at: str = "10:00", days: int = 3) -> "Wizard":
        """Do every step up to and including the named one."""
        calls = [
            self.choose_service,
            lambda: self.choose_time(at, days=days),
            self.enter_details,
            lambda: self.choose_payment(method),
            self.confirm,
        ]
        for call in calls[: STEPS.index(last) + 1]:
            answer = call()
            assert answer.status_code in (200, 201), answer.json()
        return self

    def state(self) -> Any:
        return self.client.get(f"/api/booking-wizard/{self.booking_id}/")

    def drop(self) -> Any:
        return self.client.delete(f"/api/booking-wizard/{self.booking_id}/")

    @property
    def booking(self) -> Booking:
        return Booking.objects.get(pk=self.booking_id)


def everything() -> list[Any]:
    """Return all that a booking consists of, to show that a refused request changed nothing."""
    tables = (Booking, BookingEvent, BookingSeries, Occurrence, Reservation)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def available(answer: Any) -> list[bool]:
    """Return which bookings of a series an answer says are to be had, the first one included."""
    assert answer.status_code in (200, 201), answer.json()
    return [occurrence["available"] for occurrence in answer.json()["occurrences"]]


def error_of(answer: Any) -> tuple[int, str, str | None]:
    """Return status, code and field of an error answer with one error."""
    body = answer.json()
    (error,) = body["errors"]
    assert body["type"] in ("validation_error", "client_error")
    return answer.status_code, error["code"], error["attr"]
