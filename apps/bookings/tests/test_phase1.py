"""The short story of a booking, over HTTP: five steps, a booking, and cash."""

from collections.abc import Callable
from datetime import datetime

import time_machine
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.bookings.tests.factories import in_days
from apps.payments.models import PaymentMethod
from apps.services.models import Service

Login = Callable[[User], APIClient]
STEP = "/api/booking-wizard/create-step/"


def test_a_booking_paid_in_cash(
    api: APIClient,
    login: Login,
    kamala: User,
    bishnu: User,
    service: Service,
    methods: dict[str, PaymentMethod],
) -> None:
    customer, day = login(kamala), str(in_days(3))
    shown = api.get(
        "/api/booking-slots/available-slots/", {"service_id": str(service.pk), "date": day}
    ).json()
    first = shown[0]["start_time"]

    answer = customer.post(STEP, {"booking_step": "service_selection", "service": service.pk})
    assert answer.status_code == 201
    booking_id = answer.json()["booking_id"]
    for progress, step in (
        (40, {"booking_step": "datetime_selection", "booking_date": day, "booking_time": first}),
        (
            60,
            {
                "booking_step": "details_input",
                "address": "Jhamsikhel, blue gate",
                "city": "Kathmandu",
                "phone": "9841234567",
            },
        ),
        (80, {"booking_step": "payment", "payment_method": "cash"}),
        (100, {"booking_step": "confirmation"}),
    ):
        answer = customer.post(STEP, {"booking_id": booking_id, **step})
        assert (answer.status_code, answer.json()["progress"]) == (200, progress)
    made = answer.json()["booking"]
    assert (made["status"], made["total_amount"]) == ("pending", "1500.00")

    with time_machine.travel(datetime.fromisoformat(made["starts_at"])):
        provider = login(bishnu)
        with time_machine.travel(datetime.fromisoformat(made["created_at"])):
            accept(login(bishnu), booking_id)
        answer = provider.patch(f"/api/bookings/{booking_id}/update-status/", {"status": "in_progress"})
        assert answer.json()["status"] == "in_progress"
    with time_machine.travel(datetime.fromisoformat(made["ends_at"])):
        answer = login(bishnu).patch(f"/api/bookings/{booking_id}/update-status/", {"status": "completed"})
        assert answer.json()["status"] == "completed"

    done = customer.get(f"/api/bookings/{booking_id}/").json()
    assert (done["status"], done["payment_status"]) == ("completed", "completed")
    history = customer.get(f"/api/bookings/{booking_id}/history/").json()
    assert [line["to_status"] for line in history] == [
        "draft",
        "pending",
        "confirmed",
        "in_progress",
        "completed",
    ]


def accept(provider: APIClient, booking_id: int) -> None:
    (request,) = provider.get("/api/bookings/", {"status": "pending"}).json()["results"]
    assert request["id"] == booking_id
    answer = provider.patch(f"/api/bookings/{booking_id}/update-status/", {"status": "confirmed"})
    assert answer.status_code == 200


def test_a_booking_that_is_cancelled(
    login: Login, kamala: User, suresh: User, service: Service, methods: dict[str, PaymentMethod]
) -> None:
    body = {
        "service": service.pk,
        "booking_date": str(in_days(3)),
        "booking_time": "10:00:00",
        "address": "Jhamsikhel, blue gate",
        "city": "Kathmandu",
        "phone": "9841234567",
    }
    customer, other = login(kamala), login(suresh)
    made = customer.post("/api/bookings/", body).json()
    assert other.post("/api/bookings/", body).json()["errors"][0]["code"] == "slot_unavailable"

    answer = customer.post(f"/api/bookings/{made['id']}/cancel/", {"reason": "It rains."})

    assert answer.json()["status"] == "cancelled"
    assert other.post("/api/bookings/", body).status_code == 201
