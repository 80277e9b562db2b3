"""Whole bookings paid with Khalti, over HTTP, against the sandbox: from the first step to the booking."""

from typing import Any

from rest_framework.test import APIClient

from apps.bookings.tests.steps import Wizard
from apps.payments.models import Payment
from apps.payments.tests.fixtures import PAISA, Sandbox, error_of, pidx_of
from apps.slots.models import Reservation
from apps.slots.tests.factories import BookableServiceFactory

PROCESS = "/api/payments/process-khalti-payment/"


def initiate(wizard: Wizard) -> Any:
    return wizard.client.post("/api/payments/initiate/", {"booking_id": wizard.booking_id})


def go_back(api: APIClient, location: str) -> str:
    """Follow Khalti's redirect as a browser does; return where it is sent, without the payment's id."""
    answer = api.get(location.removeprefix("http://127.0.0.1:8000"), headers={"Accept": "text/html"})
    return str(answer.headers["Location"]).partition("&payment=")[0]


def test_five_steps_and_khalti_make_a_confirmed_booking(
    wizard: Wizard, api: APIClient, sandbox: Sandbox
) -> None:
    wizard.walk_to("payment", method="khalti")
    assert error_of(wizard.confirm()) == (409, "payment_required")

    location = sandbox.decides(pidx_of(initiate(wizard)))
    result = f"http://127.0.0.1:3000/booking/{wizard.booking_id}/result?status=completed"
    assert go_back(api, location) == result

    state = wizard.confirm().json()
    assert (state["next_step"], state["progress"]) == (None, 100)
    booking = wizard.client.get(f"/api/bookings/{wizard.booking_id}/").json()
    assert (booking["status"], booking["payment_status"]) == ("confirmed", "completed")
    assert (booking["payment_method"], booking["total_amount"]) == ("khalti", "1500.00")
    assert Reservation.objects.get().expires_at is None
    history = wizard.client.get(f"/api/bookings/{wizard.booking_id}/history/").json()
    assert [move["to_status"] for move in history][-1] == "confirmed"


def test_the_older_widget_makes_a_confirmed_booking(wizard: Wizard, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    body = {"booking_id": wizard.booking_id, "token": sandbox.token(), "amount": PAISA}
    answer = wizard.client.post(PROCESS, body).json()
    assert (answer["payment"]["status"], answer["booking"]["status"]) == ("completed", "confirmed")
    assert wizard.confirm().status_code == 200


def test_the_browser_that_comes_back_can_process_the_pidx_itself(wizard: Wizard, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    pidx = pidx_of(initiate(wizard))
    sandbox.decides(pidx)
    answer = wizard.client.post(PROCESS, {"booking_id": wizard.booking_id, "pidx": pidx}).json()
    assert (answer["payment"]["status"], answer["booking"]["status"]) == ("completed", "confirmed")


def test_a_payer_who_cancels_can_pay_again(wizard: Wizard, api: APIClient, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    first = pidx_of(initiate(wizard))
    assert go_back(api, sandbox.decides(first, "cancel")).endswith("status=failed")
    second = pidx_of(initiate(wizard))
    assert second != first
    assert go_back(api, sandbox.decides(second)).endswith("status=completed")
    assert wizard.booking.status == "confirmed"


def test_a_payer_whose_money_is_pending_waits(wizard: Wizard, api: APIClient, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    pidx = pidx_of(initiate(wizard))
    assert go_back(api, sandbox.decides(pidx, "pending")).endswith("status=pending")
    assert error_of(initiate(wizard)) == (409, "payment_in_progress")
    sandbox.says(pidx, "Completed")
    assert error_of(initiate(wizard)) == (409, "already_paid")
    assert wizard.booking.status == "confirmed"


def test_another_time_at_the_same_price_needs_a_new_link(wizard: Wizard, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    first = pidx_of(initiate(wizard))
    assert wizard.choose_time("12:00").status_code == 200
    assert Payment.objects.get().status == "superseded"
    second = pidx_of(initiate(wizard))
    assert second != first
    sandbox.decides(second)
    body = {"booking_id": wizard.booking_id, "pidx": second}
    assert wizard.client.post(PROCESS, body).json()["booking"]["booking_time"] == "12:00:00"


def test_another_service_closes_the_link(wizard: Wizard, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    initiate(wizard)
    assert wizard.choose_service(BookableServiceFactory().pk).status_code == 200
    assert Payment.objects.get().status == "superseded"
    assert error_of(initiate(wizard)) == (409, "step_out_of_order")


def test_a_draft_that_is_thrown_away_closes_the_link(wizard: Wizard, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    initiate(wizard)
    assert wizard.drop().status_code == 204
    assert Payment.objects.get().status == "superseded"
    assert initiate(wizard).status_code == 404


def test_a_khalti_that_is_down_loses_neither_draft_nor_time(wizard: Wizard, sandbox: Sandbox) -> None:
    wizard.walk_to("payment", method="khalti")
    sandbox.fault("initiate", "error_502")
    assert error_of(initiate(wizard)) == (503, "gateway_unavailable")
    assert wizard.state().json()["hold_expires_at"] is not None
    assert initiate(wizard).status_code == 201
