"""The story of the demo: somebody registers, finds an electrician, books, and pays with Khalti."""

import secrets
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from scripts.demo_client import Client, Unexpected

SEARCH = "electrician"
STEP = "/api/booking-wizard/create-step/"


class StoryFailed(Exception):
    """The story didn't end with a confirmed booking."""


class Form(HTMLParser):
    """The first form of a page: where it goes, and its hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form" and not self.action:
            self.action = found.get("action", "")
        if tag == "input" and found.get("type") == "hidden":
            self.fields[found["name"]] = found.get("value", "")


def play(address: str) -> None:
    """Print the whole story. Raises StoryFailed with a clear line."""
    client = Client(address)
    try:
        register(client)
        service = find_service(client)
        day, at = find_time(client, service)
        booking_id = book(client, service, day, at)
        pay(client, booking_id)
        booking = confirm(client, booking_id)
    except Unexpected as problem:
        raise StoryFailed(str(problem)) from problem
    title("The booking is confirmed")
    print(
        f"    {booking['reference']}: {booking['service_details']['title']} by"
        f" {booking['staff_details']['full_name']}, {booking['starts_at']},"
        f" Rs {booking['total_amount']} paid with {booking['payment_method']}",
        flush=True,
    )


def title(text: str) -> None:
    print(f"\n{text}", flush=True)


def register(client: Client) -> None:
    title("Somebody registers")
    body = {
        "email": f"visitor-{secrets.token_hex(4)}@example.com",
        "password": secrets.token_urlsafe(16),
        "full_name": "Maya Pradhan",
        "phone": "9841234567",
        "role": "customer",
    }
    client.token = client.post("/api/auth/register/", body, status=201)["access"]


def find_service(client: Client) -> dict[str, Any]:
    title(f"and looks for an {SEARCH}")
    found = client.get("/api/services/", search=SEARCH)["results"]
    if not found:
        raise StoryFailed(f"no service matches {SEARCH!r}")
    service: dict[str, Any] = found[0]
    return service


def find_time(client: Client, service: dict[str, Any]) -> tuple[str, str]:
    title("When is somebody free?")
    today = datetime.now(UTC).date()
    for day in (today, today.replace(day=1) + timedelta(days=32)):
        dates = client.get(
            "/api/booking-slots/available-dates/", service_id=service["id"], month=f"{day:%Y-%m}"
        )
        free = next((found["date"] for found in dates if found["available_slots"]), None)
        if free:
            slots = client.get("/api/booking-slots/available-slots/", service_id=service["id"], date=free)
            return free, slots[len(slots) // 2]["start_time"]
    raise StoryFailed("nobody is free in this month and the next")


def book(client: Client, service: dict[str, Any], day: str, at: str) -> int:
    title("Step 1: the service")
    body = {"booking_step": "service_selection", "service": service["id"]}
    key = {"Idempotency-Key": secrets.token_hex(8)}
    booking_id: int = client.post(STEP, body, status=201, **key)["booking_id"]
    draft = {"booking_id": booking_id}
    title("Step 2: the time, which is held from now on")
    client.post(
        STEP, {"booking_step": "datetime_selection", **draft, "booking_date": day, "booking_time": at}
    )
    title("Step 3: where to, and whom to call")
    details = {"address": "Jhamsikhel, blue gate", "city": "Lalitpur", "phone": "9841234567"}
    client.post(STEP, {"booking_step": "details_input", **draft, **details})
    title("Step 4: how to pay")
    client.post(STEP, {"booking_step": "payment", **draft, "payment_method": "khalti"})
    return booking_id


def pay(client: Client, booking_id: int) -> None:
    title("Khalti opens a payment")
    key = {"Idempotency-Key": secrets.token_hex(8)}
    opened = client.post("/api/payments/initiate/", {"booking_id": booking_id}, status=201, **key)
    pay_page = opened["action"]["url"]
    title("The browser goes to Khalti's page, and the customer pays there")
    form = Form(client.page(pay_page))
    return_address = client.submit(urljoin(pay_page, form.action), {**form.fields, "decision": "pay"})
    title("Khalti sends the browser back, and the marketplace asks Khalti itself")
    result = client.follow(return_address)
    if parse_qs(urlsplit(result).query).get("status") != ["completed"]:
        raise StoryFailed(f"the payment did not complete: {result}")


def confirm(client: Client, booking_id: int) -> dict[str, Any]:
    title("Step 5: the confirmation")
    client.post(STEP, {"booking_step": "confirmation", "booking_id": booking_id})
    title("What became of it")
    booking: dict[str, Any] = client.get(f"/api/bookings/{booking_id}/")
    if (booking["status"], booking["payment_status"]) != ("confirmed", "completed"):
        raise StoryFailed(f"the booking is {booking['status']}, its payment {booking['payment_status']}")
    return booking
